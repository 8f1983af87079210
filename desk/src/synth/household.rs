//! Households first, then the people in them: the groups overlap through one hidden income.

use anzhi::day::Day;

use super::facts::{Facts, Poverty};
use super::person::Person;
use super::places::Place;
use super::random::Rng;
use super::table::{Row, put};

/// Where a folder takes place and what its people may wish for.
pub(super) struct Setting<'a> {
    /// The tables.
    pub facts: &'a Facts,
    /// The seed of every stream.
    pub seed: &'a str,
    /// The day of the run.
    pub date: Day,
    /// First letters of every id.
    pub prefix: &'a str,
    /// The character that marks names.
    pub mark: &'a str,
    /// Share of rural households, per mille.
    pub rural: u32,
    /// Townships where most people live.
    pub centre: &'a [String],
    /// A middling wage, yuan a month.
    pub wage: u32,
    /// Where people live.
    pub homes: Vec<Home>,
    /// Places outside, where a few are still registered.
    pub elsewhere: Vec<Place>,
    /// The openings of the market, for referrals and refusals.
    pub market: Vec<Offer>,
    /// The public-welfare posts.
    pub welfare: Vec<Offer>,
}

/// An opening that people may have been referred to.
pub(super) struct Offer {
    /// Its id.
    pub id: String,
    /// The day on which it began, as text that sorts.
    pub from: String,
}

impl Offer {
    /// The offer in this row.
    pub(super) fn of(row: &Row) -> Self {
        let cell = |field: &str| row.get(field).cloned().unwrap_or_default();
        Self { id: cell("id"), from: cell("from") }
    }
}

/// A place to live.
pub(super) struct Home {
    /// The unit of the division.
    pub place: Place,
    /// How the tables call it.
    pub label: String,
    /// How many live there beside the others; `None` = by the kind of place.
    pub weight: Option<u32>,
}

/// A household with the members who look for work.
pub(super) struct Household {
    /// Its id.
    pub id: String,
    /// Row of [`Setting::homes`].
    pub home: usize,
    /// 农业户口.
    pub rural: bool,
    /// Members in all.
    pub size: u32,
    /// Members who hold a certificate.
    pub holders: u32,
    /// Members who work.
    pub workers: u32,
    /// The statuses that hold.
    pub groups: Groups,
    /// Members who take part.
    pub people: Vec<Person>,
}

/// Statuses of a household that hold in truth; the tables may not know all of them.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "five independent statuses")]
pub(super) struct Groups {
    pub low_income: bool,
    pub marginal: bool,
    pub watched: bool,
    pub zero_employment: bool,
    pub aged_carer: bool,
}

impl Household {
    /// The household with this number.
    pub(super) fn draw(setting: &Setting, number: u32) -> Self {
        let mut rng = Rng::of(setting.seed, "household", u64::from(number));
        let shares = &setting.facts.population.household;
        let rural = rng.chance(setting.rural);
        let home = setting.draw_home(&mut rng, rural);
        let size = 1 + u32::try_from(rng.weighted(&shares.size)).unwrap_or(0);
        let holders = holders(&mut rng, setting, size);
        let seekers = 1 + (1..holders).filter(|_| rng.chance(shares.also_seeks)).count();
        let people: Vec<Person> =
            (0..seekers).map(|_| Person::disabled(&mut rng, setting.facts, setting.date)).collect();
        let others = (holders..size).filter(|_| rng.chance(shares.others_employed)).count();
        let workers = others + people.iter().filter(|person| person.employed).count();
        let mut household = Self {
            id: format!("{}-H{number:04}", setting.prefix),
            home,
            rural,
            size,
            holders,
            workers: u32::try_from(workers).unwrap_or(0),
            groups: Groups::default(),
            people,
        };
        household.groups = household.draw_groups(&mut rng, setting.facts);
        household.add_family_member(&mut rng, setting, u32::try_from(others).unwrap_or(0));
        household
    }

    fn draw_groups(&self, rng: &mut Rng, facts: &Facts) -> Groups {
        let shares = &facts.population.income;
        let income = self.income(rng, shares);
        let low_income = income < shares.low_income;
        let carer_age = self.people.iter().any(|person| (25..=48).contains(&person.age));
        Groups {
            low_income,
            marginal: !low_income && income < shares.marginal,
            watched: self.rural && income < shares.watched && rng.chance(shares.watched_share),
            zero_employment: self.workers == 0,
            aged_carer: self.size > 1 && carer_age && rng.chance(facts.population.group.aged_carer),
        }
    }

    /// The hidden income: 0 is the poorest of a thousand households, moved by what makes a household poor.
    fn income(&self, rng: &mut Rng, shares: &Poverty) -> i32 {
        let severe = self.people.iter().any(|person| person.level <= 2);
        let when = |moves: bool, by: i32| if moves { by } else { 0 };
        i32::try_from(rng.below(1000)).unwrap_or(0)
            + when(severe, shares.severe)
            + when(self.holders > 1, shares.several_disabled)
            + when(self.workers == 0, shares.nobody_works)
            + shares.each_worker * i32::try_from(self.workers).unwrap_or(0)
    }

    fn add_family_member(&mut self, rng: &mut Rng, setting: &Setting, workers: u32) {
        let meant = self.groups.watched || self.groups.zero_employment;
        let somebody = self.size > self.holders + workers;
        if meant && somebody && rng.chance(setting.facts.population.group.family_member) {
            self.people.push(Person::family_member(rng, setting.facts, setting.date));
        }
    }

    /// The row of the sheet 家庭: some cells are empty because nobody asked.
    pub(super) fn row(&self, setting: &Setting) -> Row {
        let mut rng = Rng::of(setting.seed, &self.id, 1);
        let mut row = Row::new();
        put(&mut row, "id", &self.id);
        let groups = self.groups;
        for (field, holds, source) in [
            ("low_income", groups.low_income, "民政局"),
            ("marginal", groups.marginal, "民政局"),
            ("watched", groups.watched, "农业农村局"),
            ("aged_carer", groups.aged_carer, "乡镇（街道）残联"),
        ] {
            if !rng.chance(setting.facts.population.empty.status) {
                put_status(&mut rng, &mut row, setting.date, (field, holds, source));
            }
        }
        self.put_zero_employment(&mut rng, setting, &mut row);
        self.put_members(&mut rng, setting, &mut row);
        row
    }

    /// Nobody works: stated by an office or left to be derived. Somebody works: denied or left empty.
    fn put_zero_employment(&self, rng: &mut Rng, setting: &Setting, row: &mut Row) {
        let recognised = rng.chance(setting.facts.population.income.recognised_zero);
        if self.groups.zero_employment {
            if recognised {
                let status = ("zero_employment", true, "人力资源和社会保障局");
                put_status(rng, row, setting.date, status);
            }
        } else if !rng.chance(setting.facts.population.empty.status) {
            put(row, "zero_employment", "否");
        }
    }

    fn put_members(&self, rng: &mut Rng, setting: &Setting, row: &mut Row) {
        for (field, count) in
            [("members", self.size), ("disabled_members", self.holders), ("employed_members", self.workers)]
        {
            if !rng.chance(setting.facts.population.empty.members) {
                put(row, field, count);
            }
        }
    }
}

impl Setting<'_> {
    fn draw_home(&self, rng: &mut Rng, rural: bool) -> usize {
        let weights: Vec<u32> = self
            .homes
            .iter()
            .map(|home| home.weight.unwrap_or_else(|| home.place.weight(rural, self.centre)))
            .collect();
        rng.weighted(&weights)
    }
}

/// How many hold a certificate: 12.4 % of all households have two or more, and one person alone cannot.
fn holders(rng: &mut Rng, setting: &Setting, size: u32) -> u32 {
    let shares = &setting.facts.population.household;
    let alone = shares.size.first().copied().unwrap_or(0);
    let all: u32 = shares.size.iter().sum();
    let several = shares.several_disabled * all / all.saturating_sub(alone).max(1);
    if size < 2 || !rng.chance(several) {
        return 1;
    }
    if size > 2 && rng.chance(shares.three_or_more) { 3 } else { 2 }
}

/// A recognised status with the day it began, the office, and sometimes the day it ends (or has ended).
fn put_status(rng: &mut Rng, row: &mut Row, date: Day, (field, holds, source): (&str, bool, &str)) {
    put(row, field, if holds { "是" } else { "否" });
    if !holds {
        return;
    }
    let began = i32::try_from(rng.between(2, 40)).unwrap_or(2);
    let until = match rng.weighted(&[600, 370, 30]) {
        0 => None,
        1 => date.plus_months(i32::try_from(rng.between(1, 12)).unwrap_or(1)),
        _ => date.plus_months(-1),
    };
    if let Some(from) = date.plus_months(-began) {
        put(row, &format!("{field}_from"), from);
    }
    if let Some(until) = until {
        put(row, &format!("{field}_until"), until);
    }
    put(row, &format!("{field}_source"), source);
}
