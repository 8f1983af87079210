//! Small documents drawn at random, with every fact now and then unknown, and every rule now and then in the way.

use anzhi::ids::{CandidateId, RegionCode};
use anzhi::input::{
    Accepted, AgeLimits, CandidateRecord, CertificateRecord, Constituents, Demand, EmployerRecord,
    HouseholdRecord, OpeningRecord, Position, Recognition, ReferralRecord, RegionLevel, RegionRecord,
    ReserveRecord, SkillDemand, SkillLevel, SkillRecord, Status,
};
use anzhi::words::{
    Category, Channel, Education, Employment, Form, Group, Hukou, Item, Levels, OpeningKind, PersonKind,
    ReferralOutcome, Sex, Willingness,
};
use anzhi::{Day, Document};

/// A sequence of numbers that depends on its seed alone (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    pub fn small(&mut self, end: u64) -> u8 {
        u8::try_from(self.below(end)).unwrap()
    }

    /// Yes, so many times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    /// A fact that is known so many times in a hundred.
    fn known<T>(&mut self, percent: u64, fact: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| fact(self))
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = usize::try_from(self.below(at as u64 + 1)).unwrap();
            list.swap(at, other);
        }
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The day of every match drawn here.
pub fn on() -> Day {
    day("2024-06-30")
}

const TOWNS: &[&str] = &["431227101", "431227103", "431227106", "431227107", "500231001"];
const SKILLS: &[&str] = &["cleaning", "cleaning-hotel", "cleaning-street", "driving", "typing"];
const OCCUPATIONS: &[&str] = &["4-09-08-01", "4-09-08-02", "4-09-01-01", "5-02-03-01", "L-01"];

pub fn document(seed: u64, people: u64, posts: u64) -> Document {
    let mut dice = Dice(seed);
    let mut document = Document::empty();
    document.regions = regions();
    document.skills = skills();
    let households = people / 2 + 1;
    document.households = (0..households).map(|row| household(&mut dice, row)).collect();
    document.employers = vec![EmployerRecord::unstated("E0".into())];
    document.openings = (0..posts).map(|row| opening(&mut dice, row)).collect();
    document.candidates = (0..people).map(|row| candidate(&mut dice, row, households, posts)).collect();
    document.referrals = (0..people).map(|_| referral(&mut dice, people, posts)).collect();
    document
}

fn regions() -> Vec<RegionRecord> {
    let region = |code: &str, parent: Option<&str>, level, at: Option<(f64, f64)>| RegionRecord {
        code: RegionCode::from(code),
        name: code.to_owned(),
        parent: parent.map(RegionCode::from),
        level,
        position: at.map(|(lat, lng)| Position { lat, lng }),
    };
    let county = Some("431227");
    vec![
        region("43", None, RegionLevel::Province, None),
        region("4312", Some("43"), RegionLevel::City, None),
        region("431227", Some("4312"), RegionLevel::County, Some((27.352_673, 109.174_932))),
        region("431227101", county, RegionLevel::Township, Some((27.378_89, 109.277_78))),
        region("431227103", county, RegionLevel::Township, None),
        region("431227106", county, RegionLevel::Township, Some((27.195_28, 109.268_61))),
        region("431227107", county, RegionLevel::Township, Some((27.373_59, 109.133_76))),
        region("500231", None, RegionLevel::County, None),
        region("500231001", Some("500231"), RegionLevel::Township, Some((30.333_55, 107.345_45))),
    ]
}

fn skills() -> Vec<SkillRecord> {
    let skill = |id: &str, broader: &[&str], related: &[&str]| SkillRecord {
        id: id.into(),
        name: id.to_owned(),
        broader: broader.iter().map(|id| (*id).into()).collect(),
        related: related.iter().map(|id| (*id).into()).collect(),
    };
    vec![
        skill("cleaning", &[], &[]),
        skill("cleaning-hotel", &["cleaning"], &["typing"]),
        skill("cleaning-street", &["cleaning"], &[]),
        skill("driving", &[], &["cleaning-street"]),
        skill("typing", &[], &[]),
    ]
}

fn status(dice: &mut Dice) -> Status {
    let holds = dice.known(80, |dice| dice.chance(40));
    let from = dice.known(30, |dice| dice.of(&[day("2023-01-01"), day("2024-06-30"), day("2024-07-01")]));
    let until = dice.known(20, |dice| dice.of(&[day("2024-06-29"), day("2024-07-31"), day("2025-01-01")]));
    let until = until.filter(|until| from.is_none_or(|from| from <= *until));
    Status::new(holds, Recognition { from, until, source: None })
}

fn household(dice: &mut Dice, row: u64) -> HouseholdRecord {
    HouseholdRecord {
        id: format!("H{row}").into(),
        low_income: status(dice),
        marginal: status(dice),
        watched: status(dice),
        zero_employment: status(dice),
        aged_carer: status(dice),
        members: dice.known(60, |dice| 2 + u16::from(dice.small(4))),
        disabled_members: dice.known(60, |dice| u16::from(dice.small(3))),
        employed_members: dice.known(40, |dice| u16::from(dice.small(2))),
    }
}

fn certificate(dice: &mut Dice) -> CertificateRecord {
    let category = dice.of(Category::ALL);
    let parts = [Category::Visual, Category::Hearing, Category::Physical];
    let constituents = if category == Category::Multiple && dice.chance(70) {
        [dice.of(&parts), dice.of(&[Category::Speech, Category::Mental])].into()
    } else {
        Constituents::new()
    };
    let valid_until =
        dice.known(90, |dice| dice.of(&[day("2024-06-29"), day("2024-06-30"), day("2030-01-01")]));
    CertificateRecord { category, level: 1 + dice.small(4), constituents, valid_until }
}

fn candidate(dice: &mut Dice, row: u64, households: u64, posts: u64) -> CandidateRecord {
    let kind = if dice.chance(85) { PersonKind::Disabled } else { PersonKind::FamilyMember };
    let mut record = CandidateRecord::unknown(CandidateId::from(format!("C{row:03}")), kind);
    record.birth = dice.known(92, |dice| {
        let year = i16::try_from(1958 + dice.below(52)).unwrap();
        Day::new(
            year,
            1 + i8::try_from(dice.below(12)).unwrap(),
            30.min(1 + i8::try_from(dice.below(28)).unwrap()),
        )
        .unwrap()
    });
    record.sex = dice.known(92, |dice| dice.of(Sex::ALL));
    record.certificate = dice.known(93, certificate).filter(|_| kind == PersonKind::Disabled);
    record.household = dice.known(90, |dice| format!("H{}", dice.below(households)).into());
    record.registered = dice.known(90, |dice| dice.of(TOWNS).into());
    record.residence = dice.known(80, |dice| dice.of(TOWNS).into());
    record.hukou = dice.known(90, |dice| dice.of(Hukou::ALL));
    record.position = dice.known(40, |dice| {
        let step = |dice: &mut Dice| f64::from(dice.small(200)) / 1000.0;
        Position { lat: 27.2 + step(dice), lng: 109.1 + step(dice) }
    });
    record.education = dice.known(85, |dice| dice.of(Education::ALL));
    record.graduated =
        dice.known(15, |dice| dice.of(&[day("2020-06-30"), day("2022-06-30"), day("2024-06-01")]));
    record.employment =
        dice.known(93, |dice| if dice.chance(85) { Employment::Unemployed } else { Employment::Employed });
    record.unemployed_since =
        dice.known(70, |dice| dice.of(&[day("2023-06-30"), day("2023-07-01"), day("2024-06-01")]));
    record.willingness = dice
        .known(93, |dice| if dice.chance(92) { dice.of(&Willingness::ALL[..3]) } else { Willingness::None });
    record.hard_to_employ = dice.known(80, |dice| dice.chance(85));
    record.skills = (0..dice.below(3))
        .map(|_| SkillLevel { skill: dice.of(SKILLS).into(), level: 1 + dice.small(5) })
        .collect();
    record.licences = (0..dice.below(3)).map(|_| dice.of(&["驾驶证", "盲人医疗按摩"]).into()).collect();
    record.occupations = (0..dice.below(4)).map(|_| dice.of(OCCUPATIONS).into()).collect();
    record.wage_wish = dice.known(70, |dice| u32::try_from(dice.below(40) * 100).unwrap());
    record.forms = (0..dice.below(3)).map(|_| dice.of(Form::ALL)).collect();
    record.max_commute_km = dice.known(60, |dice| u32::from(dice.small(30)));
    record.refused = (0..dice.below(2)).map(|_| format!("O{:02}", dice.below(posts.max(1))).into()).collect();
    record.welfare_placements = dice.known(90, |dice| dice.small(3));
    record.welfare_months = dice.known(90, |dice| dice.of(&[0, 12, 35, 36, 48]));
    record.capacities = (0..dice.below(20)).map(|_| (dice.of(Item::ALL), dice.small(5))).collect();
    record
}

fn opening(dice: &mut Dice, row: u64) -> OpeningRecord {
    let kind = dice.of(&[
        OpeningKind::UrbanWelfare,
        OpeningKind::RuralWelfare,
        OpeningKind::Market,
        OpeningKind::Assisted,
    ]);
    let mut record =
        OpeningRecord::unstated(format!("O{row:02}").into(), "E0".into(), kind, 1 + u32::from(dice.small(3)));
    record.place = dice.known(92, |dice| dice.of(&TOWNS[..4]).into());
    record.home_based = dice.chance(8);
    record.accepts = dice.known(50, |dice| {
        let accepted = |dice: &mut Dice| {
            let levels = [&[1, 2, 3, 4][..], &[3, 4], &[4], &[1, 2]];
            Accepted { category: dice.of(Category::ALL), levels: Levels::of(dice.of(&levels)).unwrap() }
        };
        (0..=dice.below(5)).map(|_| accepted(dice)).collect()
    });
    record.occupation = dice.known(80, |dice| dice.of(OCCUPATIONS).into());
    record.skills = (0..dice.below(3))
        .map(|_| SkillDemand {
            skill: dice.of(SKILLS).into(),
            level: 1 + dice.small(5),
            weight: 1 + dice.small(5),
        })
        .collect();
    record.licences = if dice.chance(15) { vec!["驾驶证".into()] } else { Vec::new() };
    record.education = dice.known(25, |dice| dice.of(&Education::ALL[..5]));
    record.age = AgeLimits {
        min_male: dice.known(20, |_| 18),
        max_male: dice.known(20, |dice| 45 + dice.small(15)),
        min_female: dice.known(20, |_| 20),
        max_female: dice.known(20, |dice| 40 + dice.small(15)),
    };
    record.wage_min = dice.known(70, |dice| u32::try_from(dice.below(30) * 100).unwrap());
    record.form = dice.known(70, |dice| dice.of(Form::ALL));
    let aids = ["text-chat", "vibrating-alarm", "screen-reader", "job-coach", "sit-stand-stool"];
    record.accommodations = (0..dice.below(4)).map(|_| dice.of(&aids).into()).collect();
    record.demands = (0..dice.below(4)).map(|_| demand(dice)).collect();
    record.from = dice.known(20, |dice| dice.of(&[day("2024-06-30"), day("2024-07-01")]));
    record.until = dice.known(20, |dice| dice.of(&[day("2024-06-29"), day("2024-12-31")]));
    if kind.is_welfare() && dice.chance(30) {
        record.reserves =
            vec![ReserveRecord { group: dice.of(&[Group::LowIncome, Group::Severe]), seats: 1 }];
    }
    record
}

fn demand(dice: &mut Dice) -> Demand {
    Demand {
        item: dice.of(Item::ALL),
        level: dice.small(4),
        safety: dice.chance(15),
        marginal: dice.chance(20),
        suggested: dice.chance(20),
    }
}

fn referral(dice: &mut Dice, people: u64, posts: u64) -> ReferralRecord {
    ReferralRecord {
        candidate: format!("C{:03}", dice.below(people.clamp(1, 6))).into(),
        opening: dice.known(50, |dice| format!("O{:02}", dice.below(posts.max(1))).into()),
        date: dice.of(&[
            day("2024-01-10"),
            day("2024-02-10"),
            day("2024-03-10"),
            day("2024-06-30"),
            day("2024-07-01"),
        ]),
        channel: dice.known(90, |dice| if dice.chance(85) { Channel::Market } else { Channel::Welfare }),
        outcome: dice.known(90, |dice| {
            if dice.chance(70) { ReferralOutcome::NotHired } else { dice.of(ReferralOutcome::ALL) }
        }),
    }
}
