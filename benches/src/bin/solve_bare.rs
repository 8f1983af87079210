//! Solves a bare instance and prints one JSON line: `solve_bare NAME|FILE [--people N] [--runs N] [--threads T] [--seed S]
//! [--lottery] [--stable]`. A file is the binary form of `docs/bare.md`, as `bare NAME --out FILE` writes it; its line names its stem.
//!
//! Times are of the best run: wall-clock and processor seconds of the solve with its certificate (which it has verified),
//! those processor seconds that the lottery and the tie rule took (on one thread, of the same run),
//! and wall-clock seconds of one more check of the certificate alone. With `--lottery` the lots are shuffled; otherwise they follow the rows.
//! With `--stable` the people are placed by deferred acceptance instead, and the pairs that would block are sought.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use anzhi::assign::{AssignOptions, Phase, Progress, Watch, solve_with};
use anzhi::instance::{Instance, InstanceParts};
use anzhi::plan::Lottery;
use anzhi::stable::{blocking_pairs, stable};
use anzhi_benches::bare::Family;
use anzhi_benches::{peak_megabytes, work_seconds};
use anzhi_desk::bare::read_binary;
use anzhi_desk::messages::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| {
        let at = asked.iter().position(|it| it == flag)?;
        asked.get(at + 1).cloned()
    };
    let name = asked.first().ok_or("name an instance or a file")?;
    let runs: u32 = value("--runs").map_or(Ok(1), |runs| runs.parse())?;
    let threads: usize = value("--threads").map_or(Ok(1), |threads| threads.parse())?;
    let seed: u64 = value("--seed").map_or(Ok(anzhi_benches::SEED), |seed| seed.parse())?;
    let people = value("--people").map(|people| people.parse()).transpose()?;
    let shuffled = asked.iter().any(|it| it == "--lottery");
    let file = Path::new(name);
    let (name, parts) = if file.is_file() {
        (file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), of_file(file, shuffled)?)
    } else {
        let family = Family::named(name).ok_or("neither a file nor a family")?;
        (name.clone(), people.map_or(family, |people| family.sized(people)).draw(seed).into_parts(shuffled))
    };
    let instance = Instance::new(parts)?;
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    if asked.iter().any(|it| it == "--stable") {
        return place_stably(&name, &instance, runs);
    }
    let mut best = (f64::INFINITY, f64::INFINITY);
    let (mut least, mut lottery) = (f64::INFINITY, 0.0);
    let mut answer = None;
    for _ in 0..runs {
        drop(answer.take());
        let (start, cpu) = (Instant::now(), work_seconds());
        let clock = Mutex::new(Clock { since: cpu, phase: Phase::Optimum, lottery: 0.0 });
        let tell = |progress: Progress| {
            if let Ok(mut clock) = clock.lock() {
                clock.turn(progress.phase);
            }
            ControlFlow::Continue(())
        };
        let solution = solve_with(&instance, &AssignOptions::default(), Watch::default().telling(&tell))?;
        best.0 = best.0.min(start.elapsed().as_secs_f64());
        let spent = work_seconds() - cpu;
        if spent < least {
            least = spent;
            lottery = clock.into_inner().map_or(0.0, |clock| clock.lottery);
        }
        let start = Instant::now();
        solution.certificate().verify(&instance, solution.placements())?;
        best.1 = best.1.min(start.elapsed().as_secs_f64());
        answer = Some(solution);
    }
    let solution = answer.ok_or("at least one run")?;
    let (objective, work) = (solution.objective(), solution.work());
    let peak = peak_megabytes().unwrap_or(0);
    println!(
        "{{\"instance\":\"{name}\",\"placed_per_tier\":{:?},\"reserved_filled\":{},\"score\":{},\"solve_seconds\":{:.4},\"cpu_seconds\":{least:.4},\"lottery_seconds\":{lottery:.4},\"check_seconds\":{:.4},\"peak_mb\":{peak},\"work\":{{\"parts\":{},\"searches\":{},\"settled\":{},\"steps\":{},\"bids\":{}}}}}",
        objective.placed_per_tier,
        objective.reserved_filled,
        objective.score,
        best.0,
        best.1,
        work.parts,
        work.searches,
        work.settled,
        work.steps,
        work.bids,
    );
    Ok(())
}

/// The stable alternative instead, with the check for blocking pairs.
fn place_stably(name: &str, instance: &Instance, runs: u32) -> Result<(), Box<dyn std::error::Error>> {
    let (mut least, mut check) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..runs {
        let start = work_seconds();
        let found = stable(instance)?;
        least = least.min(work_seconds() - start);
        let start = work_seconds();
        if !blocking_pairs(instance, found.placements())?.is_empty() {
            return Err("a blocking pair".into());
        }
        check = check.min(work_seconds() - start);
    }
    let peak = peak_megabytes().unwrap_or(0);
    println!(
        "{{\"instance\":\"{name}\",\"stable_cpu_seconds\":{least:.4},\"check_seconds\":{check:.4},\"peak_mb\":{peak}}}"
    );
    Ok(())
}

/// Whose time it is.
struct Clock {
    since: f64,
    phase: Phase,
    lottery: f64,
}

impl Clock {
    fn turn(&mut self, phase: Phase) {
        let now = work_seconds();
        if self.phase == Phase::Lottery {
            self.lottery += now - self.since;
        }
        (self.since, self.phase) = (now, phase);
    }
}

/// The numbers of a binary file.
fn of_file(path: &Path, shuffled: bool) -> Result<InstanceParts, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path)?;
    let parts = read_binary(&bytes, &Lottery::new(None)?);
    let mut parts = parts.map_err(|fault| fault.say(Language::En))?;
    if !shuffled {
        for (lot, person) in (0..).zip(&mut parts.candidates) {
            person.lot = lot;
        }
    }
    Ok(parts)
}
