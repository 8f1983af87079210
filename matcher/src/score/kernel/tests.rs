//! The kernel against the rules and the audit, pair by pair, and its lists against lists made by hand.

#[path = "../../../tests/it/support.rs"]
#[allow(dead_code, clippy::float_arithmetic, reason = "shared with the tests of whole stages")]
pub(crate) mod support;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use self::support::{Dice, day, document, on};
use super::bits::Bits;
use super::census::NearMisses;
use super::list::{Way, Work};
use super::stops::Stop;
use super::tile::{Said, Tile};
use super::{CandidateIx, Kernel};
use crate::audit;
use crate::catalogue;
use crate::ids::OpeningIx;
use crate::input::{CandidateRecord, Document};
use crate::policy::{Beneficiaries, LegalAge, Policy, RuleSpec, Weights};
use crate::problem::Problem;
use crate::rules::{Answer, Judge};
use crate::score::{Ranked, Scored, Ties};
use crate::words::{Channel, Criterion, Group, RuleKind, Sex, Standing};

/// A policy with rules left out, asked of other openings and with other limits, and with weights, tiers and definitions
/// drawn anew.
pub(crate) fn policy(dice: &mut Dice) -> Policy {
    let names = ["xinhuang", "zhongshan", "panjin", "dianjiang", "jizhou", "general"];
    let mut policy = Policy::builtin(dice.of(&names)).unwrap();
    policy.rules.retain(|_| !dice.chance(15));
    for rule in &mut policy.rules {
        rule.welfare_only ^= dice.chance(20);
        limits(dice, &mut rule.spec);
    }
    if dice.chance(30) {
        policy.jurisdiction = None;
    }
    let mut weights = [0; 7];
    (0..100).for_each(|_| weights[usize::from(dice.small(7))] += 1);
    policy.weights = Weights(weights);
    policy.commute_scale_km.value = dice.of(&[1, 5, 20, 60]);
    tiers(dice, &mut policy);
    policy
}

fn limits(dice: &mut Dice, spec: &mut RuleSpec) {
    match spec {
        RuleSpec::Territory(territory) => {
            (territory.registered, territory.residence) =
                dice.of(&[(true, true), (true, false), (false, true)]);
            territory.rural_for_rural = dice.chance(50);
        }
        RuleSpec::WorkingAge { min_years, retirement } => {
            *min_years = dice.of(&[16, 18, 25]);
            if dice.chance(60) {
                *retirement = (0..=dice.below(5)).map(|_| legal_age(dice)).collect();
            }
        }
        RuleSpec::RepeatPlacement { max_placements, max_months, severe_again } => {
            *max_placements = dice.of(&[None, Some(1), Some(2)]);
            *max_months = dice.of(&[None, Some(12), Some(36)]);
            *severe_again = dice.chance(50);
        }
        _ => {}
    }
}

/// A line of a table of retirement; now and then two of one sex begin on different days, or none is in force.
fn legal_age(dice: &mut Dice) -> LegalAge {
    LegalAge {
        from: dice.of(&[day("1978-06-02"), day("2020-01-01"), day("2024-06-30"), day("2024-07-01")]),
        sex: dice.of(Sex::ALL),
        years: 45 + dice.small(18),
        delay_from: dice.of(&[None, Some(day("1960-03-01")), Some(day("1965-01-15"))]),
        step_months: u16::from(dice.small(5)) + 1,
        max_delay_months: dice.of(&[0, 3, 36]),
    }
}

/// None, some of those that there are, in another order, and entries of any group.
fn tiers(dice: &mut Dice, policy: &mut Policy) {
    if dice.chance(10) {
        policy.tiers = None;
    }
    if let Some(tiers) = &mut policy.tiers {
        dice.shuffle(tiers);
        tiers.retain(|_| !dice.chance(20));
        for entry in tiers.iter_mut().flat_map(|tier| &mut tier.entries) {
            entry.registered_unemployed ^= dice.chance(30);
            if dice.chance(40) {
                entry.group = dice.of(Group::ALL);
                entry.beneficiaries = dice.of(&Beneficiaries::ALL);
            }
        }
    }
    let definitions = &mut policy.definitions;
    if let Some(failed) = &mut definitions.failed_referrals {
        failed.value.times = 1 + dice.small(3);
        failed.value.channel = dice.of(Channel::ALL);
        failed.value.failed.retain(|_| !dice.chance(30));
        failed.value.reset.retain(|_| !dice.chance(30));
    }
    for months in [&mut definitions.long_unemployed_months, &mut definitions.graduate_months] {
        if let Some(months) = months {
            months.value = dice.of(&[1, 6, 12, 24]);
        }
        if dice.chance(15) {
            *months = None;
        }
    }
}

impl Kernel {
    fn new(judge: &Judge<'_>) -> Self {
        Self::ranked_by(judge, CandidateIx::get)
    }
}

fn problem(seed: u64, people: u64, posts: u64) -> Problem {
    let policy = policy(&mut Dice(!seed));
    let mut document = document(seed, people, posts);
    unsettle(&mut Dice(seed ^ 0x5EED), &mut document);
    Problem::new(document, policy, on()).unwrap()
}

/// Takes away facts, the more of them the greater a share drawn for the whole document, and exchanges what openings offer
/// for anything of the table.
fn unsettle(dice: &mut Dice, document: &mut Document) {
    let share = dice.of(&[0, 0, 10, 40]);
    for person in &mut document.candidates {
        for take in FACTS {
            if dice.chance(share) {
                take(person);
            }
        }
        let known: BTreeMap<_, _> = person.capacities.iter().filter(|_| !dice.chance(share)).collect();
        person.capacities = known.into();
    }
    let aids = catalogue::accommodations();
    for opening in &mut document.openings {
        if dice.chance(50) {
            let mut offered = Vec::new();
            for _ in 0..dice.below(6) {
                let aid = &aids[usize::try_from(dice.below(aids.len() as u64)).unwrap()];
                offered.push(aid.id.as_str().into());
            }
            opening.accommodations = offered;
        }
        if dice.chance(share) {
            opening.accepts = None;
            opening.place = None;
        }
    }
}

const FACTS: [fn(&mut CandidateRecord); 12] = [
    |it| it.birth = None,
    |it| it.sex = None,
    |it| it.certificate = None,
    |it| it.household = None,
    |it| it.residence = None,
    |it| it.registered = None,
    |it| it.position = None,
    |it| it.education = None,
    |it| it.employment = None,
    |it| it.unemployed_since = None,
    |it| it.licences = Box::default(),
    |it| it.welfare_months = None,
];

impl Tile {
    /// What one rule says of an opening's people, the commute aside; yes where there is no such condition.
    pub(super) fn said_by(&self, kernel: &Kernel, stop: &Stop, rule: RuleKind) -> Said {
        let own = &kernel.conditions.own[usize::from(stop.own)].rules;
        let pair = kernel.pair_rules(kernel.pair_steps(stop));
        let condition = pair.chain(own.iter().copied()).find(|(kind, _)| *kind == rule);
        match rule {
            RuleKind::OpeningDates if stop.is_closed => Said { no: self.full, ..Said::default() },
            RuleKind::Function => self.function(kernel, stop),
            RuleKind::Refusal => Said { no: self.refused(stop), ..Said::default() },
            _ => condition.map_or_else(Said::default, |(_, at)| self.said[at as usize]),
        }
    }
}

/// Compares every lane of a tile with the rules, the points and the audit at every opening.
fn compare(kernel: &Kernel, judge: &Judge<'_>, scored: &Scored<'_>, tile: &Tile) -> [u64; 3] {
    let mut seen = [0; 3];
    for cell in kernel.visits(tile) {
        let (reach, most) = tile.reach_and_most(kernel, cell);
        assert_eq!(tile.reach(cell), reach);
        for (opening, stop) in cell.openings.iter().zip(kernel.stops_of(cell)) {
            assert_eq!(*opening, stop.opening);
            let sorted = tile.sort(kernel, stop, &reach);
            let travelled = tile.travel(&stop.place, reach, reach.open);
            for (lane, person) in tile.people.iter().enumerate() {
                let plain = audit::pair(judge.problem, *person, *opening).unwrap();
                let standing = match (sorted.eligible.has(lane), sorted.unresolved.has(lane)) {
                    (true, false) => Standing::Eligible,
                    (false, true) => Standing::Unresolved,
                    _ => Standing::Barred,
                };
                let name = format!("{person:?} at {opening:?}: {plain:?}");
                assert_eq!(standing, plain.standing, "{name}");
                seen[standing.index()] += 1;
                let standings = judge.standings(*person, *opening);
                for rule in RuleKind::ALL.iter().filter(|rule| **rule != RuleKind::Commute) {
                    let said = tile.said_by(kernel, stop, *rule);
                    assert_eq!(said.no.has(lane), plain.failing.contains(rule), "{name} {rule}");
                    let lacks = said.unknown.has(lane);
                    assert_eq!(lacks, standings.unknown().any(|it| it == *rule), "{name} {rule}");
                }
                let commute = judge.standings(*person, *opening).answer(RuleKind::Commute);
                assert_eq!(travelled.far.has(lane), plain.failing.contains(&RuleKind::Commute), "{name}");
                assert_eq!(travelled.unknown.has(lane), commute == Answer::Unknown, "{name}");
                let points = tile.points(kernel, stop, lane, Bits::NONE).unwrap();
                assert_eq!(points, scored.breakdown_at(*person, *opening).points()[1], "{name}");
                let is_far = tile.points(kernel, stop, lane, reach.open & tile.homes.exact).is_none();
                assert!(!is_far || plain.failing.contains(&RuleKind::Commute), "{name}");
                let commute = kernel.worth(Criterion::Commute, points);
                let earned = tile.priority[lane] + commute;
                let listed = plain.standing != Standing::Barred;
                assert!(!listed || earned <= most[lane], "{name} earns more than {}", most[lane]);
                let weight = kernel.worth(Criterion::Skills, 1);
                let skills = kernel.credits.worth(&stop.skills, &tile.credits, lane / 64, weight)[lane % 64];
                let graded = stop.grades.iter().map(|grade| tile.grades[*grade as usize][lane]);
                let score = graded.sum::<i16>() + skills + tile.priority[lane] + commute;
                assert_eq!(u32::try_from(score).unwrap(), plain.shortlist_score, "{name}");
            }
        }
    }
    seen
}

#[test]
fn the_kernel_says_what_the_rules_and_the_audit_say() {
    let mut seen = [0; 3];
    for seed in 0..150 {
        let problem = problem(seed, 30, 12);
        let scored = problem.score();
        let judge = &scored.judge;
        let kernel = Kernel::new(judge);
        let mut tile = Tile::new(&kernel);
        for people in kernel.people.chunks([512, 64, 7, 1][usize::try_from(seed % 4).unwrap()]) {
            tile.fill(&kernel, judge, people);
            for (total, more) in seen.iter_mut().zip(compare(&kernel, judge, &scored, &tile)) {
                *total += more;
            }
        }
    }
    for standing in Standing::ALL {
        assert!(seen[standing.index()] > 1000, "the documents drawn are too uniform: {seen:?}");
    }
}

/// Thousands of tiny pools, each under a policy of its own; `ANZHI_ORACLE=20000` for that many.
#[test]
fn under_any_policy_the_kernel_says_what_the_audit_says() {
    let cases = std::env::var("ANZHI_ORACLE").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000);
    let (mut seen, mut failed, mut lacked) = ([0; 3], [0; 16], [0; 16]);
    for seed in 10_000..10_000 + cases {
        let problem = problem(seed, 7, 4);
        let scored = problem.score();
        let kernel = Kernel::new(&scored.judge);
        let mut tile = Tile::new(&kernel);
        tile.fill(&kernel, &scored.judge, &kernel.people);
        for (total, more) in seen.iter_mut().zip(compare(&kernel, &scored.judge, &scored, &tile)) {
            *total += more;
        }
        for (row, _) in problem.candidates().iter().enumerate() {
            let standings = scored.standings(CandidateIx::new(row), OpeningIx::new(0));
            standings.failing().for_each(|rule| failed[rule.index()] += 1);
            standings.unknown().for_each(|rule| lacked[rule.index()] += 1);
        }
    }
    assert!(seen.iter().all(|pairs| *pairs > cases / 2), "the pools drawn are too uniform: {seen:?}");
    let never = RuleKind::ALL.iter().filter(|rule| failed[rule.index()] < 20).collect::<Vec<_>>();
    assert!(never.is_empty(), "hardly ever in the way: {never:?} of {failed:?}");
    let certain = [RuleKind::OpeningDates, RuleKind::Refusal];
    let never = RuleKind::ALL.iter().filter(|rule| !certain.contains(rule) && lacked[rule.index()] < 20);
    assert_eq!(never.count(), 0, "hardly ever lacking a datum: {lacked:?}");
}

/// The pairs of a standing that `keep` picks, sorted by hand.
fn by_hand<K: Ord>(
    scored: &Scored<'_>,
    standing: Standing,
    keep: impl Fn(CandidateIx, OpeningIx) -> bool,
    key: impl Fn(&Ranked) -> K,
) -> Vec<Ranked> {
    let mut pairs = Vec::new();
    for candidate in scored.judge.columns.persons.rows() {
        for opening in scored.judge.columns.posts.rows().filter(|opening| keep(candidate, *opening)) {
            if scored.standings(candidate, opening).standing() == standing {
                let score = scored.breakdown_at(candidate, opening).shortlist_score();
                pairs.push(Ranked { candidate, opening, score });
            }
        }
    }
    pairs.sort_by_key(key);
    pairs
}

#[test]
fn lists_are_those_made_by_hand_whatever_the_way() {
    for seed in 0..40 {
        let problem = problem(seed, 60, 25);
        let scored = problem.score();
        let kernel = Kernel::new(&scored.judge);
        for most in [0, 1, 3, 1000] {
            let (lists, _) = kernel.shortlists(&scored.judge, most, Way::USUAL);
            for bounds in [true, false] {
                for tile in [512, 64, 13, 1] {
                    let other = kernel.shortlists(&scored.judge, most, Way { tile, bounds }).0;
                    assert_eq!(lists, other, "{seed} {most} {tile} {bounds}");
                }
            }
            let standings = [Standing::Eligible, Standing::Unresolved];
            for opening in scored.judge.columns.posts.rows() {
                for (list, standing) in lists.opening(opening).iter().zip(standings) {
                    let days = |row| scored.days_unemployed(row);
                    let key = |it: &Ranked| (Reverse(it.score), Reverse(days(it.candidate)), it.candidate);
                    let mut hand = by_hand(&scored, standing, |_, at| at == opening, key);
                    hand.truncate(most);
                    assert_eq!(*list, hand, "{seed} {opening:?}");
                }
            }
            for candidate in scored.judge.columns.persons.rows() {
                for (list, standing) in lists.candidate(candidate).iter().zip(standings) {
                    let key = |it: &Ranked| (Reverse(it.score), it.opening);
                    let mut hand = by_hand(&scored, standing, |who, _| who == candidate, key);
                    hand.truncate(most);
                    assert_eq!(*list, hand, "{seed} {candidate:?}");
                }
            }
        }
    }
}

#[test]
fn lists_by_a_salted_digest_are_those_made_by_hand() {
    let ties = Ties::new(Some("published")).unwrap();
    let mut moved = 0;
    for seed in 0..40 {
        let problem = problem(seed, 90, 8);
        let (by_id, by_digest) = (problem.score(), problem.score().with_ties(&ties));
        for most in [3, usize::MAX] {
            let (plain, lists) = (by_id.shortlists(most), by_digest.shortlists(most));
            for record in problem.openings() {
                let row = problem.opening_row(&record.id).unwrap();
                let found = lists.of_opening(row);
                assert_eq!(Some(&found), by_digest.shortlist(&record.id, most).as_ref(), "{seed} {row:?}");
                for list in [&found.eligible, &found.unresolved] {
                    let before = |one: &Ranked, next: &Ranked| {
                        let [one, next] = [one, next].map(|it| (it.score, it.candidate));
                        audit::stands_before(&problem, ties.salt(), one, next).unwrap()
                    };
                    assert!(list.is_sorted_by(before), "{seed} {row:?}: {list:?}");
                }
                moved += usize::from(found != plain.of_opening(row));
                if most == usize::MAX {
                    let sorted = |mut list: Vec<Ranked>| {
                        list.sort_by_key(|it| it.candidate);
                        list
                    };
                    assert_eq!(sorted(found.eligible), sorted(plain.of_opening(row).eligible), "{seed}");
                }
            }
            for row in by_id.judge.columns.persons.rows() {
                assert_eq!(lists.of_candidate(row), plain.of_candidate(row), "{seed} {row:?}");
            }
        }
    }
    assert!(moved > 50, "hardly anybody is anybody's equal: {moved}");
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn lists_counts_and_pairs_are_the_same_on_any_number_of_threads() {
    for seed in 0..25 {
        let problem = problem(seed, 200, 20);
        let scored = problem.score();
        let kernel = Kernel::new(&scored.judge);
        let all: Vec<_> = scored.judge.columns.posts.rows().collect();
        let answers = |size| {
            let way = Way { tile: size, ..Way::USUAL };
            let lists = kernel.shortlists(&scored.judge, 4, way).0;
            let counts = kernel.counts(&scored.judge, size, &|| {});
            (lists, counts, kernel.pairs(&scored.judge, &all, size))
        };
        let one = on_threads(1, || answers(512));
        for (threads, size) in [(1, 16), (2, 512), (2, 31), (7, 512), (7, 5)] {
            assert_eq!(one, on_threads(threads, || answers(size)), "{seed} {threads} {size}");
        }
    }
}

#[test]
fn counts_and_pairs_are_those_made_by_hand() {
    for seed in 0..60 {
        let problem = problem(seed, 50, 20);
        let scored = problem.score();
        let (persons, posts) = (&scored.judge.columns.persons, &scored.judge.columns.posts);
        let mut all: Vec<_> = posts.rows().collect();
        all.reverse();
        let pairs = scored.pairs(&all);
        for (opening, pairs) in all.iter().zip(pairs) {
            let standing = |row| scored.standings(row, *opening).standing();
            let of = |wanted| persons.rows().filter(|row| standing(*row) == wanted).collect::<Vec<_>>();
            assert_eq!(pairs.eligible, of(Standing::Eligible), "{seed}");
            assert_eq!(pairs.unresolved, of(Standing::Unresolved), "{seed}");
            let numbers = Standing::ALL.iter().map(|it| of(*it).len() as u64).collect::<Vec<_>>();
            assert_eq!(scored.numbers_at(*opening).as_slice(), numbers, "{seed}");
            let says_no = |rule| {
                let failing = |row| scored.standings(row, *opening).failing().any(|it| it == rule);
                (rule, persons.rows().filter(|row| failing(*row)).count() as u64)
            };
            let failing: Vec<_> = RuleKind::ALL.iter().map(|it| says_no(*it)).filter(|it| it.1 > 0).collect();
            assert_eq!(scored.failing_at(*opening).collect::<Vec<_>>(), failing, "{seed}");
        }
        for row in persons.rows() {
            let best = |welfare: bool| {
                let rows = posts.iter().filter(|(_, post)| !welfare || post.kind.is_welfare());
                let standings = rows.map(|(opening, _)| scored.standings(row, opening).standing());
                standings.min().unwrap_or(Standing::Barred)
            };
            let chances = scored.chances_of(row);
            assert_eq!((chances.anywhere, chances.at_posts), (best(false), best(true)), "{seed}");
        }
    }
}

#[test]
fn the_census_is_the_one_made_by_hand() {
    let mut seen = [0; 16];
    for seed in 0..60 {
        let problem = problem(seed, 50, 20);
        let scored = problem.score();
        let census = scored.census();
        let mut openings = vec![NearMisses::default(); problem.openings().len()];
        let mut candidates = vec![NearMisses::default(); problem.candidates().len()];
        for candidate in scored.judge.columns.persons.rows() {
            for opening in scored.judge.columns.posts.rows() {
                let plain = audit::pair(&problem, candidate, opening).unwrap();
                let [rule] = plain.failing.as_slice() else {
                    continue;
                };
                seen[rule.index()] += 1;
                for misses in [&mut openings[opening.get()], &mut candidates[candidate.get()]] {
                    misses.count(*rule, plain.unknown.is_empty());
                }
            }
        }
        assert_eq!(census.openings.as_slice(), openings, "{seed}");
        assert_eq!(census.candidates.as_slice(), candidates, "{seed}");
        let kernel = Kernel::new(&scored.judge);
        assert_eq!(census, on_threads(7, || kernel.census(&scored.judge, 9)), "{seed}");
    }
    let never: Vec<_> = RuleKind::ALL.iter().filter(|rule| seen[rule.index()] == 0).collect();
    assert!(never.is_empty(), "nobody failed these alone: {never:?}");
}

#[test]
fn advice_is_the_same_whatever_the_tiles() {
    let mut named = 0;
    for seed in 0..60 {
        let problem = problem(seed, 70, 20);
        let scored = problem.score();
        let (kernel, judge) = (Kernel::new(&scored.judge), &scored.judge);
        let advice = on_threads(1, || kernel.advice(judge, 512));
        assert_eq!(advice.census, scored.census(), "{seed}");
        for size in [64, 9, 1] {
            assert_eq!(advice, on_threads(7, || kernel.advice(judge, size)), "{seed} {size}");
        }
        let lists = advice.openings.as_slice().iter().chain(advice.candidates.as_slice());
        named += lists.map(Vec::len).sum::<usize>();
    }
    assert!(named > 1000, "hardly anything would help: {named}");
}

#[test]
fn work_is_counted_exactly() {
    let problem = Problem::new(document(7, 1200, 150), Policy::builtin("general").unwrap(), on()).unwrap();
    let scored = problem.score();
    let kernel = Kernel::new(&scored.judge);
    let work = |bounds| on_threads(1, || kernel.shortlists(&scored.judge, 2, Way { tile: 512, bounds }).1);
    let bounded = Work { visits: 300, alive: 31_593, scored: 10_746, appends: 9_728 };
    assert_eq!(work(true), bounded);
    assert_eq!(work(false), Work { scored: bounded.alive, ..bounded });
}
