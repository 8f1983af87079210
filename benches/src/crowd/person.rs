//! The record of a candidate: what the person is, as far as somebody wrote it down.

use anzhi::Day;
use anzhi::ids::SkillId;
use anzhi::input::{CandidateRecord, CertificateRecord, ReferralRecord, SkillLevel};
use anzhi::text::ShortText;
use anzhi::words::{
    Channel, Education, Employment, Form, Hukou, OpeningKind, PersonKind, ReferralOutcome, Willingness,
};

use super::draw::Stream;
use super::home::{Home, Seeker, id as household_id};
use super::shares::{COMMUTES, DIVISION_ONLY, NO_WISH, REFERRED, REFUSES, UNKNOWN, WAGE};
use super::trade::Trade;
use super::{Setting, body, opening};
use crate::Dice;

/// What a person has learned and looks for, in the making.
#[derive(Default)]
struct Trained {
    skills: Vec<SkillLevel>,
    licences: Vec<ShortText>,
    occupations: Vec<ShortText>,
}

/// A candidate in the making.
pub(super) struct Draft<'a> {
    pub(super) setting: &'a Setting,
    pub(super) home: &'a Home<'a>,
    pub(super) seeker: &'a Seeker,
    pub(super) row: u32,
}

impl Draft<'_> {
    pub(super) fn draw(&self) -> (CandidateRecord, Vec<ReferralRecord>) {
        let mut dice = Stream::Person.dice(self.setting.crowd.seed, self.row);
        let kind = if self.seeker.family { PersonKind::FamilyMember } else { PersonKind::Disabled };
        let mut record = CandidateRecord::unknown(format!("P{:07}", self.row).into(), kind);
        record.synthetic = true;
        let education = self.education(&mut dice);
        self.put_identity(&mut dice, &mut record);
        self.put_places(&mut dice, &mut record);
        self.put_work(&mut dice, &mut record);
        record.education = (!dice.chance(UNKNOWN)).then_some(education);
        self.put_trades(&mut dice, &mut record, education);
        self.put_wishes(&mut dice, &mut record, education);
        let able = body::capacities(&mut dice, &self.setting.tables.priors, self.seeker);
        record.capacities = able.into();
        let referrals = self.history(&mut dice, &mut record);
        (record, referrals)
    }

    fn put_identity(&self, dice: &mut Dice, record: &mut CandidateRecord) {
        let (seeker, known) = (self.seeker, |dice: &mut Dice| !dice.chance(UNKNOWN / 3));
        record.birth = known(dice).then_some(seeker.birth);
        record.sex = known(dice).then_some(seeker.sex);
        record.household = known(dice).then(|| household_id(self.home.number).into());
        if !seeker.family && known(dice) {
            record.certificate = self.certificate(dice);
        }
    }

    fn certificate(&self, dice: &mut Dice) -> Option<CertificateRecord> {
        let population = &self.setting.tables.population;
        let named = self.seeker.class == 7 && !dice.chance(population.multiple.unknown);
        let classes = self.seeker.classes.iter().filter(|_| named);
        let expired = dice.chance(population.work.expired);
        let months = if expired { -between(dice, 1, 18) } else { between(dice, 2, 118) };
        Some(CertificateRecord {
            category: body::category(self.seeker.class)?,
            level: self.seeker.level,
            constituents: classes.filter_map(|(class, _)| body::category(*class)).collect(),
            valid_until: self.setting.on.plus_months(months).filter(|_| !dice.chance(UNKNOWN)),
        })
    }

    fn put_places(&self, dice: &mut Dice, record: &mut CandidateRecord) {
        let spot = &self.home.spot;
        let village = dice.chance(300).then(|| dice.pick(&spot.town.villages)).flatten();
        let elsewhere = dice.chance(60).then(|| self.setting.map.home(dice).town.code.clone());
        record.residence = match dice.weighted([1000 - 2 * UNKNOWN, UNKNOWN, UNKNOWN].into_iter()) {
            0 => Some(village.unwrap_or(&spot.town.code).clone()),
            1 => Some(spot.town.county.clone()),
            _ => None,
        };
        let registered = elsewhere.unwrap_or_else(|| spot.town.code.clone());
        record.registered = (!dice.chance(UNKNOWN)).then_some(registered);
        record.hukou = Some(if self.home.rural { Hukou::Rural } else { Hukou::Urban });
        let known = record.residence.is_some() && !dice.chance(DIVISION_ONLY[0]);
        record.position = known.then(|| spot.point.position());
    }

    fn education(&self, dice: &mut Dice) -> Education {
        let shares = &self.setting.tables.population.education;
        let drawn = dice.weighted(if self.home.rural { shares.rural } else { shares.urban }.into_iter());
        let raised = drawn + usize::from(self.seeker.age < shares.step_up_below_age);
        Education::ALL.get(raised).copied().unwrap_or(Education::Bachelor)
    }

    fn put_work(&self, dice: &mut Dice, record: &mut CandidateRecord) {
        let (work, employed) = (&self.setting.tables.population.work, self.seeker.employed);
        let state = if employed { Employment::Employed } else { Employment::Unemployed };
        record.employment = (!dice.chance(UNKNOWN)).then_some(state);
        if !employed && dice.chance(work.registered) {
            let most = work.longest_months.min(self.seeker.age.saturating_sub(16) * 12);
            let months = dice.skewed(most + 1);
            let since = self.setting.on.plus_months(-i32::try_from(months).unwrap_or(0));
            let days = between(dice, 1, 28);
            record.unemployed_since = since.and_then(|since: Day| since.plus_days(-days));
        }
        record.willingness = (!dice.chance(UNKNOWN)).then(|| {
            let none = self.setting.shares.unwilling;
            let drawn = dice.weighted([520, 480 - none, none].into_iter());
            [Willingness::Strong, Willingness::Average, Willingness::None][drawn]
        });
        record.hard_to_employ = (!dice.chance(UNKNOWN)).then(|| dice.chance(work.hard_to_employ));
        if !dice.chance(UNKNOWN) {
            let times = dice.weighted(work.placements.iter().copied());
            let months = if times == 0 { 0 } else { dice.between(2, 60) };
            record.welfare_placements = u8::try_from(times).ok();
            record.welfare_months = u16::try_from(months).ok();
        }
    }

    /// Wanted trades, the skills that go with them and a few of the commonest others, and licences.
    fn put_trades(&self, dice: &mut Dice, record: &mut CandidateRecord, education: Education) {
        let tables = &self.setting.tables;
        let likes = |trade: &Trade| self.likes(trade, education);
        let mut trained = Trained::default();
        for _ in 0..dice.between(1, 3) {
            let drawn = dice.weighted(tables.trades.iter().map(likes));
            let Some(trade) = tables.trades.get(drawn) else { continue };
            if !trained.occupations.contains(&trade.occupation) {
                trained.occupations.push(trade.occupation.clone());
                trained.learn(dice, trade);
            }
        }
        if dice.chance(NO_WISH) {
            trained.occupations.clear();
        }
        let end = u32::try_from(tables.skills.len()).unwrap_or(0);
        let further = dice.below(3);
        for _ in 0..further {
            let skill = tables.skills.get(dice.skewed(end) as usize);
            if let Some(skill) = skill.filter(|skill| !trained.has(skill)) {
                trained.skills.push(SkillLevel { skill: skill.clone(), level: level(dice, 1) });
            }
        }
        if dice.chance(150) {
            let end = u32::try_from(tables.licences.len()).unwrap_or(0);
            let licence = tables.licences.get(dice.skewed(end) as usize);
            trained.hold(licence);
        }
        let Trained { skills, licences, occupations } = trained;
        (record.skills, record.licences, record.occupations) =
            (skills.into(), licences.into(), occupations.into());
    }

    /// How much a person is drawn to a kind of work: four times as much where people of the class often are, and not
    /// at all where more schooling is asked than a step above their own.
    fn likes(&self, trade: &Trade, education: Education) -> u32 {
        let drawn = self.seeker.classes.iter().any(|(class, _)| trade.fits.contains(class));
        if trade.education.index() > education.index() + 1 {
            0
        } else {
            trade.weight * if drawn { 4 } else { 1 }
        }
    }

    fn put_wishes(&self, dice: &mut Dice, record: &mut CandidateRecord, education: Education) {
        let shares = &self.setting.shares;
        let schooling = [80, 85, 95, 105, 120, 135, 150][education.index()];
        let wish = WAGE * dice.between(60, 95) / 100 * schooling / 100;
        record.wage_wish = (!dice.chance(NO_WISH)).then_some(wish / 100 * 100);
        if !dice.chance(NO_WISH) {
            record.forms =
                FORMS[dice.weighted([430, 240, 110, 100, 70, 50].into_iter())].iter().copied().collect();
        }
        if dice.chance(shares.commute) {
            record.max_commute_km = Some(COMMUTES[dice.weighted(shares.commutes.into_iter())]);
        }
    }

    /// Earlier referrals, and openings that the person refuses by name.
    fn history(&self, dice: &mut Dice, record: &mut CandidateRecord) -> Vec<ReferralRecord> {
        let openings = self.setting.crowd.size.openings;
        if dice.chance(REFUSES) {
            record.refused = [opening::id(dice.below(openings)).into()].into();
        }
        let count = if dice.chance(REFERRED) { dice.between(1, 3) } else { 0 };
        let mut referral = |_| ReferralRecord {
            candidate: record.id.clone(),
            opening: dice.chance(560).then(|| opening::id(dice.below(openings)).into()),
            date: self.setting.on.plus_days(-between(dice, 3, 560)).unwrap_or(self.setting.on),
            channel: Some(if dice.chance(900) { Channel::Market } else { Channel::Welfare }),
            outcome: dice.pick(&OUTCOMES).copied(),
        };
        (0..count).map(&mut referral).collect()
    }
}

const FORMS: [&[Form]; 6] = [
    &[Form::FullTime],
    &[Form::FullTime, Form::PartTime],
    &[Form::PartTime],
    &[Form::PartTime, Form::Home],
    &[Form::Home, Form::Flexible],
    &[Form::FullTime, Form::Temporary],
];
/// Each as often as it stands here.
const OUTCOMES: [ReferralOutcome; 6] = [
    ReferralOutcome::Hired,
    ReferralOutcome::NotHired,
    ReferralOutcome::NotHired,
    ReferralOutcome::NotHired,
    ReferralOutcome::Declined,
    ReferralOutcome::Pending,
];

impl Trained {
    fn has(&self, skill: &SkillId) -> bool {
        self.skills.iter().any(|held| held.skill == *skill)
    }

    /// Most of the skills that a kind of work wants, near the level it wants, and often the licences.
    fn learn(&mut self, dice: &mut Dice, trade: &Trade) {
        for (skill, wanted, _) in &trade.skills {
            if !self.has(skill) && dice.chance(750) {
                self.skills.push(SkillLevel { skill: skill.clone(), level: level(dice, *wanted) });
            }
        }
        if trade.kind != OpeningKind::HomeBased && dice.chance(550) {
            self.hold(&trade.licences);
        }
    }

    fn hold<'a>(&mut self, licences: impl IntoIterator<Item = &'a ShortText>) {
        for licence in licences {
            if !self.licences.contains(licence) {
                self.licences.push(licence.clone());
            }
        }
    }
}

fn level(dice: &mut Dice, near: u8) -> u8 {
    (near + [0, 1, 2][dice.weighted([650, 260, 90].into_iter())]).min(5)
}

fn between(dice: &mut Dice, first: u32, last: u32) -> i32 {
    i32::try_from(dice.between(first, last)).unwrap_or(0)
}
