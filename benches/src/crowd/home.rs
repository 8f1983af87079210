//! A household: where it lives, what is recognised, and who of it looks for work.

use anzhi::Day;
use anzhi::input::{HouseholdRecord, Recognition, Status};
use anzhi::words::Sex;

use super::Setting;
use super::draw::Stream;
use super::places::Spot;
use super::shares::UNKNOWN;
use crate::Dice;

/// Somebody who looks for work, as they are, whatever is written down.
pub(super) struct Seeker {
    /// A member of the household without certificate.
    pub(super) family: bool,
    pub(super) sex: Sex,
    pub(super) age: u32,
    pub(super) birth: Day,
    /// Digit of the certificate's class, 1 to 7.
    pub(super) class: u8,
    pub(super) level: u8,
    /// The classes themselves: two where the certificate is of class 7.
    pub(super) classes: Vec<(u8, u8)>,
    pub(super) employed: bool,
}

/// A household with those who look for work.
pub(super) struct Home<'a> {
    pub(super) number: u32,
    pub(super) spot: Spot<'a>,
    pub(super) rural: bool,
    pub(super) seekers: Vec<Seeker>,
    pub(super) record: HouseholdRecord,
}

/// Rural households, per mille.
const RURAL: u32 = 600;

impl<'a> Home<'a> {
    pub(super) fn draw(setting: &'a Setting, number: u32) -> Self {
        let mut dice = Stream::Household.dice(setting.crowd.seed, number);
        let shares = &setting.tables.population.household;
        let spot = setting.map.home(&mut dice);
        let rural = dice.chance(RURAL);
        let size = 1 + u32::try_from(dice.weighted(shares.size.iter().copied())).unwrap_or(0);
        let holders = if size > 1 && dice.chance(shares.several_disabled) { 2 } else { 1 };
        let seekers = if holders > 1 && dice.chance(shares.also_seeks) { 2 } else { 1 };
        let mut seekers: Vec<Seeker> = (0..seekers).map(|_| disabled(setting, &mut dice)).collect();
        let others = (holders..size).filter(|_| dice.chance(shares.others_employed)).count();
        let workers = others + seekers.iter().filter(|seeker| seeker.employed).count();
        let workers = u32::try_from(workers).unwrap_or(0);
        let counts = [size, holders, workers];
        let record = record(setting, &mut dice, number, counts, seekers.iter().any(|it| it.level <= 2));
        let meant = workers == 0 || record.low_income.holds == Some(true);
        if meant && size > holders + workers && dice.chance(setting.shares.family) {
            seekers.push(family_member(setting, &mut dice));
        }
        Self { number, spot, rural, seekers, record }
    }
}

/// One hidden income for each household, 0 the poorest of a thousand, so that the groups overlap as they do.
fn record(
    setting: &Setting,
    dice: &mut Dice,
    number: u32,
    [size, holders, workers]: [u32; 3],
    severe: bool,
) -> HouseholdRecord {
    let poverty = &setting.tables.population.income;
    let when = |moves: bool, by: i32| if moves { by } else { 0 };
    let income = i32::try_from(dice.below(1000)).unwrap_or(0)
        + when(severe, poverty.severe)
        + when(holders > 1, poverty.several_disabled)
        + when(workers == 0, poverty.nobody_works)
        + poverty.each_worker * i32::try_from(workers).unwrap_or(0);
    let mut record = HouseholdRecord::unknown(id(number).into());
    let low = income < poverty.low_income;
    record.low_income = status(setting, dice, low);
    record.marginal = status(setting, dice, !low && income < poverty.marginal);
    let watched = income < poverty.watched && dice.chance(400);
    record.watched = status(setting, dice, watched);
    let carer = size > 1 && dice.chance(100);
    record.aged_carer = status(setting, dice, carer);
    let mut count = |number: u32| (!dice.chance(UNKNOWN)).then(|| u16::try_from(number).unwrap_or(0));
    (record.members, record.disabled_members) = (count(size), count(holders));
    record.employed_members = count(workers);
    record
}

/// The id of a household.
pub(super) fn id(number: u32) -> String {
    format!("H{number:07}")
}

fn status(setting: &Setting, dice: &mut Dice, holds: bool) -> Status {
    if dice.chance(2 * UNKNOWN) {
        return Status::default();
    }
    let mut months = |first, last| i32::try_from(dice.between(first, last)).unwrap_or(0);
    let (from, until) = (setting.on.plus_months(-months(2, 40)), setting.on.plus_months(months(0, 24) - 1));
    let period = Recognition { from, until, source: None };
    Status::new(Some(holds), if holds { period } else { Recognition::UNSTATED })
}

fn disabled(setting: &Setting, dice: &mut Dice) -> Seeker {
    let population = &setting.tables.population;
    let at = dice.weighted(population.class.share.iter().copied());
    let class = u8::try_from(at + 1).unwrap_or(4);
    let level = if dice.chance(population.class.severe[at]) {
        if dice.chance(population.class.most_severe_of_severe[at]) { 1 } else { 2 }
    } else if dice.chance(population.class.third_of_mild[at]) {
        3
    } else {
        4
    };
    let classes = if class == 7 { constituents(setting, dice, level) } else { vec![(class, level)] };
    let employed = dice.chance(population.work.employed);
    Seeker { family: false, class, level, classes, employed, ..family_member(setting, dice) }
}

fn family_member(setting: &Setting, dice: &mut Dice) -> Seeker {
    let population = &setting.tables.population;
    let sex = if dice.chance(population.sex.men) { Sex::Male } else { Sex::Female };
    let ages = &population.age;
    let weights = if sex == Sex::Male { &ages.men } else { &ages.women };
    let band = dice.weighted(weights.iter().copied());
    let limit = |limits: &[u32]| limits.get(band).copied().unwrap_or(30);
    let age = dice.between(limit(&ages.from), limit(&ages.until));
    let months = i32::try_from(age * 12 + dice.below(12)).unwrap_or(0);
    let days = i32::try_from(dice.below(28)).unwrap_or(0);
    let birth = setting.on.plus_months(-months).and_then(|day| day.plus_days(-days));
    let birth = birth.unwrap_or(setting.on);
    Seeker { family: true, sex, age, birth, class: 0, level: 4, classes: Vec::new(), employed: false }
}

/// Two classes, the first at the level of the certificate, which is that of the more severe one.
fn constituents(setting: &Setting, dice: &mut Dice, level: u8) -> Vec<(u8, u8)> {
    let pairs = &setting.tables.population.multiple.pairs;
    let pair = dice.pick(pairs).map_or("24", String::as_str);
    let milder = u8::try_from(dice.between(u32::from(level), 4)).unwrap_or(4);
    pair.bytes().map(|digit| digit.wrapping_sub(b'0')).zip([level, milder]).collect()
}
