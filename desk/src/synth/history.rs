//! What happened before: referrals and services.

use anzhi::day::Day;

use super::household::{Offer, Setting};
use super::person::Person;
use super::random::Rng;
use super::table::{Row, put};

/// Outcomes in the order of the shares in `data/population.toml`.
const OUTCOMES: [&str; 5] = ["录用", "单位未录用", "本人拒绝", "试用期内解除", "待反馈"];
/// Channels in the order of the shares.
const CHANNELS: [&str; 3] = ["市场", "公益性岗位", "其他"];
/// Services in the order of the shares.
const SERVICES: [&str; 6] = ["信息比对", "能力评估", "需求登记", "就业服务", "职业培训", "跟踪回访"];

/// The referrals of one candidate, the oldest first, each on a day of its own.
pub(super) fn referrals(setting: &Setting, id: &str, person: &Person) -> Vec<Row> {
    let shares = &setting.facts.population.history;
    let mut rng = Rng::of(setting.seed, id, 3);
    if !rng.chance(shares.referred) {
        return Vec::new();
    }
    let failed = rng.chance(shares.failed_in_a_row);
    let count = rng.weighted(&shares.count) + if failed { 3 } else { 1 };
    let mut days: Vec<u32> = (0..count).map(|_| rng.between(3, 560)).collect();
    days.sort_unstable();
    days.dedup();
    days.reverse();
    let last = days.len();
    days.iter()
        .enumerate()
        .map(|(at, day)| {
            let mut row = referral(&mut rng, setting, id, *day);
            if failed && last - at <= 3 {
                put(&mut row, "channel", "市场");
                put(&mut row, "outcome", "单位未录用");
            }
            if at + 1 == last && person.employed {
                put(&mut row, "outcome", "录用");
            }
            row
        })
        .collect()
}

fn referral(rng: &mut Rng, setting: &Setting, id: &str, days_ago: u32) -> Row {
    let shares = &setting.facts.population.history;
    let mut row = Row::new();
    put(&mut row, "candidate", id);
    let channel = rng.weighted(&shares.channel);
    let openings = if channel == 1 { &setting.welfare } else { &setting.market };
    put_date(&mut row, setting.date, days_ago);
    if rng.chance(shares.named) && channel < 2 {
        let begun = |offer: &&Offer| row.get("date").is_some_and(|date| offer.from <= *date);
        let opening = rng.pick(openings).filter(begun).map_or(String::new(), |offer| offer.id.clone());
        put(&mut row, "opening", opening);
    }
    put(&mut row, "channel", CHANNELS[channel]);
    let outcome = match rng.weighted(&shares.outcome) {
        4 if days_ago > 60 => 1, // an answer that is still awaited is recent
        drawn => drawn,
    };
    put(&mut row, "outcome", OUTCOMES[outcome]);
    row
}

/// The services of one candidate within a year.
pub(super) fn services(setting: &Setting, id: &str) -> Vec<Row> {
    let shares = &setting.facts.population.history;
    let mut rng = Rng::of(setting.seed, id, 4);
    let mut rows = Vec::new();
    for (kind, share) in SERVICES.iter().zip(shares.services) {
        if rng.chance(share) {
            let mut row = Row::new();
            put(&mut row, "candidate", id);
            put(&mut row, "kind", kind);
            put_date(&mut row, setting.date, rng.between(2, 360));
            rows.push(row);
        }
    }
    rows
}

fn put_date(row: &mut Row, date: Day, days_ago: u32) {
    if let Some(day) = date.plus_days(-i32::try_from(days_ago).unwrap_or(0)) {
        put(row, "date", day);
    }
}
