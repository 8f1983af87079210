//! The kernel against the rules and the audit, pair by pair, and its lists against lists made by hand.

#[path = "../../../tests/it/support.rs"]
#[allow(dead_code, clippy::float_arithmetic, reason = "shared with the tests of whole stages")]
pub(crate) mod support;

use std::cmp::Reverse;

use self::support::{Dice, document, on};
use super::bits::Bits;
use super::census::NearMisses;
use super::list::{Way, Work};
use super::tile::{Said, Tile};
use super::{CandidateIx, Kernel};
use crate::audit;
use crate::ids::OpeningIx;
use crate::policy::{Policy, RuleSpec, Weights};
use crate::problem::Problem;
use crate::rules::Judge;
use crate::score::{Ranked, Scored};
use crate::words::{Criterion, RuleKind, Standing};

/// A policy with rules left out, asked of other openings, and with weights drawn anew.
pub(crate) fn policy(dice: &mut Dice) -> Policy {
    let names = ["xinhuang", "zhongshan", "panjin", "dianjiang", "jizhou", "general"];
    let mut policy = Policy::builtin(dice.of(&names)).unwrap();
    policy.rules.retain(|_| !dice.chance(15));
    for rule in &mut policy.rules {
        rule.welfare_only ^= dice.chance(20);
        if let RuleSpec::Territory(territory) = &mut rule.spec {
            (territory.registered, territory.residence) =
                dice.of(&[(true, true), (true, false), (false, true)]);
            territory.rural_for_rural = dice.chance(50);
        }
    }
    if dice.chance(30) {
        policy.jurisdiction = None;
    }
    let mut weights = [0; 7];
    (0..100).for_each(|_| weights[usize::from(dice.small(7))] += 1);
    policy.weights = Weights(weights);
    policy
}

fn problem(seed: u64, people: u64, posts: u64) -> Problem {
    let policy = policy(&mut Dice(!seed));
    Problem::new(document(seed, people, posts), policy, on()).unwrap()
}

impl Tile {
    /// What one rule says of an opening's people, the commute aside; yes where there is no such condition.
    pub(super) fn said_by(&self, kernel: &Kernel, opening: OpeningIx, rule: RuleKind) -> Said {
        let program = &kernel.programs[opening.get()];
        let own = &kernel.conditions.own[usize::from(program.welfare)].rules;
        let condition = program.steps.iter().chain(own).find(|(kind, _)| *kind == rule);
        match rule {
            RuleKind::OpeningDates if program.is_closed => Said { no: self.full, ..Said::default() },
            RuleKind::Function => self.function(program),
            RuleKind::Refusal if program.asks_refusal => {
                Said { no: self.refused(opening), ..Said::default() }
            }
            _ => condition.map_or_else(Said::default, |(_, at)| self.said[*at as usize]),
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
                    let said = tile.said_by(kernel, *opening, *rule);
                    assert_eq!(said.no.has(lane), plain.failing.contains(rule), "{name} {rule}");
                    let lacks = said.unknown.has(lane);
                    assert_eq!(lacks, standings.unknown().any(|it| it == *rule), "{name} {rule}");
                }
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
fn work_is_counted_exactly() {
    let problem = Problem::new(document(7, 1200, 150), Policy::builtin("general").unwrap(), on()).unwrap();
    let scored = problem.score();
    let kernel = Kernel::new(&scored.judge);
    let work = |bounds| on_threads(1, || kernel.shortlists(&scored.judge, 2, Way { tile: 512, bounds }).1);
    let bounded = Work { visits: 450, alive: 31_582, scored: 12_364, appends: 9_635 };
    assert_eq!(work(true), bounded);
    assert_eq!(work(false), Work { scored: bounded.alive, ..bounded });
}
