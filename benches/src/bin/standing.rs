//! Measures changes of a plan that stands and prints one JSON line for each sort: `standing NAME [--people N] [--changes N]
//! [--seed S]`.
//!
//! People of the instance withdraw and arrive again, one after the other, drawn by the seed; seats come and go; people are
//! pinned and let loose. Times are wall-clock microseconds of [`Standing::apply`] alone. At the end the plan is proved, and
//! its objective is compared with that of a fresh solve.

use std::time::Instant;

use anzhi::assign::{Arrival, AssignOptions, Change, Standing, solve};
use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::instance::Instance;
use anzhi_benches::Dice;
use anzhi_benches::bare::Family;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| asked.iter().position(|it| it == flag).and_then(|at| asked.get(at + 1));
    let name = asked.first().ok_or("name a family")?;
    let seed: u64 = value("--seed").map_or(Ok(anzhi_benches::SEED), |seed| seed.parse())?;
    let changes: u32 = value("--changes").map_or(Ok(500), |changes| changes.parse())?;
    let mut family = Family::named(name).ok_or("no such family")?;
    if let Some(people) = value("--people") {
        family = family.sized(people.parse()?);
    }
    let instance = Instance::new(family.draw(seed).into_parts(false))?;
    let solution = solve(&instance, &AssignOptions::default())?;
    let start = Instant::now();
    let mut run =
        Run { plan: Standing::new(&instance, &solution)?, dice: Dice::new(seed), times: Vec::new() };
    println!("{{\"instance\":\"{name}\",\"standing_seconds\":{:.4}}}", start.elapsed().as_secs_f64());
    run.people(&instance, changes)?;
    run.seats(&instance, changes)?;
    run.pins(&instance, changes)?;
    let start = Instant::now();
    let (changed, kept) = run.plan.solution()?;
    let proof = start.elapsed().as_secs_f64();
    let fresh = solve(&changed, &AssignOptions::default())?;
    let equal = fresh.objective() == kept.objective();
    println!("{{\"instance\":\"{name}\",\"proof_seconds\":{proof:.4},\"equal_to_a_fresh_solve\":{equal}}}");
    if equal { Ok(()) } else { Err("the objective differs from that of a fresh solve".into()) }
}

struct Run {
    plan: Standing,
    dice: Dice,
    times: Vec<Sample>,
}

/// A change: microseconds, nodes settled, steps looked at, placements changed.
type Sample = [f64; 4];

fn count(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

impl Run {
    fn apply(&mut self, change: Change) -> Result<(), Failure> {
        let before = self.plan.work();
        let start = Instant::now();
        let changed = self.plan.apply(change)?;
        let time = start.elapsed().as_secs_f64() * 1e6;
        let after = self.plan.work();
        let (settled, steps) = (after.settled - before.settled, after.steps - before.steps);
        self.times.push([time, count(settled), count(steps), count(changed.moved.len() as u64)]);
        Ok(())
    }

    fn report(&mut self, sort: &str) {
        let times = std::mem::take(&mut self.times);
        let of = |column: usize, percent: usize| {
            let mut list: Vec<f64> = times.iter().map(|sample| sample[column]).collect();
            list.sort_unstable_by(f64::total_cmp);
            list.get((list.len() * percent / 100).min(list.len().saturating_sub(1))).copied().unwrap_or(0.0)
        };
        println!(
            "{{\"change\":\"{sort}\",\"times\":{},\"median_us\":{:.1},\"p90_us\":{:.1},\"p99_us\":{:.1},\"max_us\":{:.1},\"median_settled\":{},\"median_steps\":{},\"median_moved\":{}}}",
            times.len(),
            of(0, 50),
            of(0, 90),
            of(0, 99),
            of(0, 100),
            of(1, 50),
            of(2, 50),
            of(3, 50),
        );
    }

    fn candidate(&mut self, instance: &Instance) -> CandidateIx {
        let end = u32::try_from(instance.candidates().len()).unwrap_or(u32::MAX);
        CandidateIx::new(self.dice.below(end) as usize)
    }

    /// Placed people withdraw, and as many like them arrive.
    fn people(&mut self, instance: &Instance, changes: u32) -> Result<(), Failure> {
        let mut gone = Vec::new();
        while gone.len() < changes as usize {
            let candidate = self.candidate(instance);
            if self.plan.place(candidate).is_some() && !gone.contains(&candidate) {
                self.apply(Change::Withdraw(candidate))?;
                gone.push(candidate);
            }
        }
        self.report("withdrawal of somebody placed");
        for candidate in gone {
            let numbers = instance.candidates()[candidate.get()];
            let pairs = instance.choices(candidate).iter();
            let lot = u32::try_from(self.plan.candidates())?;
            let pairs = pairs.map(|choice| (choice.opening(), choice.score())).collect();
            let (tier, household) = (numbers.tier, numbers.household);
            self.apply(Change::Arrive(Arrival { tier, household, lot, kinds: Vec::new(), pairs }))?;
        }
        self.report("arrival");
        Ok(())
    }

    fn seats(&mut self, instance: &Instance, changes: u32) -> Result<(), Failure> {
        let end = u32::try_from(instance.seats().len())?;
        let openings: Vec<OpeningIx> =
            (0..changes).map(|_| OpeningIx::new(self.dice.below(end) as usize)).collect();
        let mut seats = instance.seats().to_vec();
        for (sort, up) in [("one seat more", true), ("one seat less", false)] {
            for &opening in &openings {
                let now = &mut seats[opening.get()];
                *now = if up { *now + 1 } else { *now - 1 };
                let now = *now;
                self.apply(Change::Seats(opening, now))?;
            }
            self.report(sort);
        }
        Ok(())
    }

    /// People are pinned to the first opening that they may take, and let loose again.
    fn pins(&mut self, instance: &Instance, changes: u32) -> Result<(), Failure> {
        let mut pinned = Vec::new();
        while pinned.len() < changes as usize {
            let candidate = self.candidate(instance);
            let Some(choice) = instance.choices(candidate).first() else { continue };
            if !pinned.contains(&candidate) && self.apply(Change::Pin(candidate, choice.opening())).is_ok() {
                pinned.push(candidate);
            }
        }
        self.report("pin");
        for candidate in pinned {
            self.apply(Change::Unpin(candidate))?;
        }
        self.report("pin taken back");
        Ok(())
    }
}
