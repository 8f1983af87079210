//! Employers and their openings.

use anzhi::catalogue;
use anzhi::ids::{EmployerId, RegionCode};
use anzhi::input::{AgeLimits, Demand, EmployerRecord, OpeningRecord, ReserveRecord, SkillDemand};
use anzhi::words::{Education, EmployerKind, Group, Item, OpeningKind};

use super::Setting;
use super::draw::{Heap, Stream};
use super::places::Spot;
use super::shares::{DIVISION_ONLY, HOME_BASED, UNKNOWN, WAGE};
use super::trade::Trade;
use crate::Dice;

/// Openings of one employer on average.
const EACH: u32 = 3;
/// Limits of age as adverts print them: youngest, oldest man, oldest woman.
const AGES: [(u8, u8, u8); 5] = [(18, 45, 45), (18, 50, 50), (18, 55, 50), (16, 60, 55), (20, 40, 40)];
/// Items that work is mostly about: a duty outside them can more often be given to somebody else.
const ESSENTIAL: [Item; 6] = [Item::M1, Item::U2, Item::V1, Item::H1, Item::C1, Item::O2];

/// What openings are drawn from.
pub(super) struct Market<'a> {
    setting: &'a Setting,
    employers: u32,
    ordinary: Draws,
    home_based: Draws,
    welfare: Draws,
    adverts: Heap,
}

/// Trades of one sort.
struct Draws {
    rows: Vec<usize>,
    heap: Heap,
}

impl Draws {
    fn of(trades: &[Trade], wanted: impl Fn(OpeningKind) -> bool) -> Self {
        let rows: Vec<usize> = (0..trades.len()).filter(|row| wanted(trades[*row].kind)).collect();
        Self { heap: Heap::new(rows.iter().map(|row| trades[*row].weight)), rows }
    }
}

/// The id of an opening.
pub(super) fn id(row: u32) -> String {
    format!("O{row:06}")
}

fn employer_id(row: u32) -> EmployerId {
    format!("E{row:06}").into()
}

impl<'a> Market<'a> {
    pub(super) fn draw(setting: &'a Setting) -> (Vec<EmployerRecord>, Vec<OpeningRecord>) {
        let trades = &setting.tables.trades;
        let market = Self {
            setting,
            employers: (setting.crowd.size.openings / EACH).max(1),
            ordinary: Draws::of(trades, |kind| !kind.is_welfare() && kind != OpeningKind::HomeBased),
            home_based: Draws::of(trades, |kind| kind == OpeningKind::HomeBased),
            welfare: Draws::of(trades, OpeningKind::is_welfare),
            adverts: Heap::new(setting.tables.adverts.iter().map(|it| it.adverts)),
        };
        let employers = (0..market.employers).map(|row| market.employer(row)).collect();
        let openings = (0..setting.crowd.size.openings).map(|row| market.opening(row)).collect();
        (employers, openings)
    }

    fn employer(&self, row: u32) -> EmployerRecord {
        let mut dice = Stream::Employer.dice(self.setting.crowd.seed, row);
        let mut record = EmployerRecord::unstated(employer_id(row));
        record.kind = dice.pick(EmployerKind::ALL).copied();
        record.staff = Some(5 + dice.skewed(2_000));
        record
    }

    /// All openings of an employer stand in one place.
    fn place(&self, employer: u32) -> Spot<'_> {
        let mut dice = Stream::Employer.dice(!self.setting.crowd.seed, employer);
        self.setting.map.work(&mut dice)
    }

    fn opening(&self, row: u32) -> OpeningRecord {
        let mut dice = Stream::Opening.dice(self.setting.crowd.seed, row);
        let trade = self.trade(&mut dice);
        let employer = dice.skewed(self.employers);
        let mut record = OpeningRecord::unstated(id(row).into(), employer_id(employer), trade.kind, 1);
        record.title.clone_from(&trade.title);
        record.home_based = trade.kind == OpeningKind::HomeBased;
        self.put_place(&mut dice, &mut record, employer);
        self.put_seats(&mut dice, &mut record);
        self.put_accepts(&mut dice, &mut record, trade);
        self.put_conditions(&mut dice, &mut record, trade);
        self.put_skills(&mut dice, &mut record, trade);
        self.put_dates(&mut dice, &mut record);
        self.put_demands(&mut dice, &mut record, trade);
        put_accommodations(&mut dice, &mut record, trade);
        record.shrink_to_fit();
        record
    }

    fn trade(&self, dice: &mut Dice) -> &'a Trade {
        let welfare = self.setting.shares.welfare;
        let shares = [1000 - HOME_BASED - welfare, HOME_BASED, welfare];
        let draws = [&self.ordinary, &self.home_based, &self.welfare][dice.weighted(shares.into_iter())];
        let row = draws.rows.get(draws.heap.draw(dice)).copied().unwrap_or(0);
        &self.setting.tables.trades[row]
    }

    fn put_place(&self, dice: &mut Dice, record: &mut OpeningRecord, employer: u32) {
        let spot = self.place(employer);
        let village = dice.chance(150).then(|| dice.pick(&spot.town.villages)).flatten();
        let code = |code: &RegionCode| Some(code.clone());
        record.place = match dice.weighted([1000 - 2 * UNKNOWN, UNKNOWN, UNKNOWN].into_iter()) {
            0 => code(village.unwrap_or(&spot.town.code)),
            1 => code(&spot.town.county),
            _ => None,
        };
        if record.place.is_some() && !dice.chance(DIVISION_ONLY[1]) {
            record.position = Some(spot.point.position());
        }
    }

    fn put_seats(&self, dice: &mut Dice, record: &mut OpeningRecord) {
        let printed = &self.setting.tables.population.opening.seats;
        record.seats = printed.get(dice.weighted(printed.iter().map(|it| it[1]))).map_or(1, |it| it[0]);
        if record.kind.is_welfare() && record.seats > 1 && dice.chance(400) {
            record.reserves.push(ReserveRecord { group: Group::LowIncome, seats: 1 });
        }
    }

    fn put_accepts(&self, dice: &mut Dice, record: &mut OpeningRecord, trade: &Trade) {
        let (adverts, shares) = (&self.setting.tables.adverts, &self.setting.shares);
        if !dice.chance(shares.accepts) {
            return;
        }
        let drawn = adverts.get(self.adverts.draw(dice)).and_then(|it| it.accepts.clone());
        let everybody = dice.chance(shares.accepts_all);
        record.accepts = match &trade.accepts {
            _ if everybody => adverts.first().and_then(|it| it.accepts.clone()),
            Some(own) => Some(own.clone()),
            None => drawn,
        };
    }

    fn put_conditions(&self, dice: &mut Dice, record: &mut OpeningRecord, trade: &Trade) {
        let shares = &self.setting.shares;
        let stated = trade.education != Education::None && dice.chance(shares.education);
        record.education = stated.then_some(trade.education);
        if dice.chance(shares.ages) {
            let (youngest, man, woman) = *dice.pick(&AGES).unwrap_or(&AGES[0]);
            record.age = AgeLimits {
                min_male: Some(youngest),
                max_male: Some(man),
                min_female: Some(youngest),
                max_female: Some(woman),
            };
        }
        record.licences.clone_from(&trade.licences);
        record.occupation = Some(trade.occupation.clone()).filter(|_| !dice.chance(UNKNOWN));
        record.form = (!dice.chance(UNKNOWN)).then_some(trade.form);
        record.hours = Some(trade.hours);
        let (least, most) = trade.wage.unwrap_or((450, 500));
        let firm = dice.between(90, 112);
        let amount = |per_mille: u32| WAGE * per_mille / 1000 * firm / 100 / 50 * 50;
        if dice.chance(self.setting.tables.population.opening.wage_stated) {
            (record.wage_min, record.wage_max) = (Some(amount(least)), Some(amount(most)));
        }
    }

    /// What the trade wants, now and then a step more, and sometimes one of the commonest skills besides.
    fn put_skills(&self, dice: &mut Dice, record: &mut OpeningRecord, trade: &Trade) {
        let skills = &self.setting.tables.skills;
        for (skill, level, weight) in &trade.skills {
            if dice.chance(900) {
                let level = (level + u8::from(dice.chance(250))).min(5);
                record.skills.push(SkillDemand { skill: skill.clone(), level, weight: *weight });
            }
        }
        let end = u32::try_from(skills.len()).unwrap_or(0);
        let further = dice.chance(300).then(|| skills.get(dice.skewed(end) as usize)).flatten();
        if let Some(skill) = further.filter(|skill| record.skills.iter().all(|it| it.skill != **skill)) {
            let weight = u8::try_from(dice.between(1, 3)).unwrap_or(1);
            record.skills.push(SkillDemand { skill: skill.clone(), level: 1, weight });
        }
    }

    fn put_dates(&self, dice: &mut Dice, record: &mut OpeningRecord) {
        let closed = dice.chance(self.setting.tables.population.opening.closed);
        let mut days = |first, last| i32::try_from(dice.between(first, last)).unwrap_or(0);
        let (from, until) =
            if closed { (-days(120, 300), -days(1, 30)) } else { (-days(5, 330), days(10, 200)) };
        (record.from, record.until) = (self.setting.on.plus_days(from), self.setting.on.plus_days(until));
    }

    /// What the work asks: confirmed, with some duties reassignable, or as the table of usual posts suggests.
    fn put_demands(&self, dice: &mut Dice, record: &mut OpeningRecord, trade: &Trade) {
        let confirmed = dice.chance(self.setting.shares.confirmed);
        let drawn = trade.demands.iter().map(|usual| {
            let asked = self.confirmed(dice, *usual);
            if confirmed { asked } else { *usual }
        });
        record.demands.extend(drawn);
    }

    /// A duty as an employer confirms it: safety stands, the rest may be eased or given to somebody else.
    fn confirmed(&self, dice: &mut Dice, usual: Demand) -> Demand {
        let share = self.setting.shares.marginal / if ESSENTIAL.contains(&usual.item) { 3 } else { 1 };
        let given_away = usual.marginal || dice.chance(share);
        let eased = u8::from(!usual.safety && usual.level > 1 && dice.chance(300));
        let marginal = given_away && !usual.safety;
        Demand { level: usual.level - eased, marginal, suggested: false, ..usual }
    }
}

/// Up to three accommodations that act on something that the trade asks.
fn put_accommodations(dice: &mut Dice, record: &mut OpeningRecord, trade: &Trade) {
    let asked = |item: Item| trade.demands.iter().any(|demand| demand.level > 1 && demand.item == item);
    let acting = catalogue::accommodations().iter().filter(|it| it.closes.iter().any(|it| asked(it.item)));
    let mut offers: Vec<&str> = acting.map(|it| it.id.as_str()).collect();
    for _ in 0..dice.weighted([450, 300, 170, 80].into_iter()).min(offers.len()) {
        let end = u32::try_from(offers.len()).unwrap_or(1);
        record.accommodations.push(offers.swap_remove(dice.below(end) as usize).into());
    }
}
