//! Scores a synthetic population and prints one JSON line: `score SIZE VARIANT [--threads N] [--k 20] [--runs N] [--seed S]
//! [--until document|problem|census|advice] [--tables FOLDER] [--census] [--work]`.
//!
//! Timed is what a user of the crate waits for from a [`Problem`] in memory to the `k` best of every opening and of every
//! candidate: wall clock and seconds of the processors, the best of the runs. The checksums are those of
//! [`anzhi_benches::ranking`], of the eligible and of the unresolved lists, of openings and of candidates. `--until` stops
//! before the scoring, to see what the document and the problem hold; `--until advice` times, in place of the lists, the
//! census of near misses and the advice that is made of it. `--tables` writes the tables of [`anzhi_benches::facts`]
//! and scores nothing. `--census` times the census of near misses as well, of a problem that is compiled already; `--work` prints how much work
//! the lists were, the same numbers each time on one thread.

use std::path::Path;
use std::time::Instant;

use anzhi::Problem;
use anzhi::score::NearMisses;
use anzhi_benches::crowd::{Crowd, SIZES, Size, Variant};
use anzhi_benches::facts;
use anzhi_benches::ranking::{Side, Summary, sides};
use anzhi_benches::{peak_megabytes, resident_megabytes, work_seconds};

type Failure = Box<dyn std::error::Error>;

/// What is measured.
struct Wish {
    crowd: Crowd,
    threads: usize,
    count: usize,
    runs: u32,
    until: Option<String>,
    tables: Option<String>,
    census: bool,
    work: bool,
}

fn main() -> Result<(), Failure> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wish = wish(&asked)?;
    rayon::ThreadPoolBuilder::new().num_threads(wish.threads).use_current_thread().build_global()?;
    let before = resident_megabytes().unwrap_or(0);
    if wish.until.as_deref() == Some("document") {
        let start = Instant::now();
        let document = wish.crowd.document()?;
        report(&wish, "document", start.elapsed().as_secs_f64(), before);
        drop(document);
        return Ok(());
    }
    let start = Instant::now();
    let problem = wish.crowd.problem()?;
    report(&wish, "problem", start.elapsed().as_secs_f64(), before);
    if let Some(folder) = &wish.tables {
        facts::write(&problem, Path::new(folder))?;
    } else if wish.until.is_none() {
        score(&wish, &problem)?;
        if wish.census {
            census(&wish, &problem);
        }
        if wish.work {
            println!("{:?}", problem.score().shortlists_and_work(wish.count).1);
        }
    } else if wish.until.as_deref() == Some("advice") {
        advise(&wish, &problem);
    } else if wish.until.as_deref() == Some("census") {
        census(&wish, &problem);
    }
    Ok(())
}

fn wish(asked: &[String]) -> Result<Wish, Failure> {
    let value = |flag: &str| {
        let at = asked.iter().position(|it| it == flag)?;
        asked.get(at + 1).cloned()
    };
    let sizes = || SIZES.iter().map(|size| size.name).collect::<Vec<_>>().join(" ");
    let size = asked
        .first()
        .and_then(|name| Size::named(name))
        .ok_or_else(|| format!("which size: {}?", sizes()))?;
    let variant = asked.get(1).and_then(|name| Variant::named(name)).ok_or("tight or loose?")?;
    let seed = value("--seed").map_or(Ok(anzhi_benches::SEED), |seed| seed.parse())?;
    Ok(Wish {
        crowd: Crowd { size, variant, seed },
        threads: value("--threads").map_or(Ok(1), |threads| threads.parse())?,
        count: value("--k").map_or(Ok(20), |count| count.parse())?,
        runs: value("--runs").map_or(Ok(1), |runs| runs.parse())?,
        until: value("--until"),
        tables: value("--tables"),
        census: asked.iter().any(|it| it == "--census"),
        work: asked.iter().any(|it| it == "--work"),
    })
}

fn report(wish: &Wish, made: &str, seconds: f64, before: u64) {
    let held = resident_megabytes().unwrap_or(0).saturating_sub(before);
    println!(
        "{{\"size\":\"{}\",\"variant\":\"{}\",\"made\":\"{made}\",\"seconds\":{seconds:.2},\"held_mb\":{held},\"bytes_per_person\":{},\"peak_mb\":{}}}",
        wish.crowd.size.name,
        wish.crowd.variant.name(),
        held * 1024 * 1024 / u64::from(wish.crowd.size.people),
        peak_megabytes().unwrap_or(0),
    );
}

fn score(wish: &Wish, problem: &Problem) -> Result<(), Failure> {
    let (mut wall, mut work) = (f64::INFINITY, f64::INFINITY);
    let mut answer = None;
    for _ in 0..wish.runs.max(1) {
        drop(answer.take());
        let (start, cpu) = (Instant::now(), work_seconds());
        answer = Some(problem.score().shortlists(wish.count));
        wall = wall.min(start.elapsed().as_secs_f64());
        work = work.min(work_seconds() - cpu);
    }
    let [openings, candidates] = sides(problem, &answer.ok_or("no run")?);
    let size = wish.crowd.size;
    let pairs = f64::from(size.people) * f64::from(size.openings);
    println!(
        "{{\"peer\":\"anzhi\",\"size\":\"{}\",\"variant\":\"{}\",\"k\":{},\"threads\":{},\"seconds\":{wall:.5},\"cpu_seconds\":{work:.5},\"pairs_per_cpu_second\":{:.0},\"peak_mb\":{},\"openings\":{},\"candidates\":{}}}",
        size.name,
        wish.crowd.variant.name(),
        wish.count,
        wish.threads,
        pairs / work,
        peak_megabytes().unwrap_or(0),
        side(&openings),
        side(&candidates),
    );
    Ok(())
}

/// Each of the two by itself, from a problem made ready.
fn advise(wish: &Wish, problem: &Problem) {
    let (mut census, mut advice) = (f64::INFINITY, f64::INFINITY);
    let (mut misses, mut remedies) = (0, 0);
    for _ in 0..wish.runs.max(1) {
        let scored = problem.score();
        let start = Instant::now();
        let counted = scored.census();
        census = census.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let found = scored.advice();
        advice = advice.min(start.elapsed().as_secs_f64());
        let of = counted.openings.as_slice().iter().flat_map(NearMisses::iter);
        misses = of.map(|(_, miss)| u64::from(miss.eligible) + u64::from(miss.unresolved)).sum::<u64>();
        remedies = found.openings.as_slice().iter().map(Vec::len).sum();
    }
    println!(
        "{{\"size\":\"{}\",\"variant\":\"{}\",\"threads\":{},\"census_seconds\":{census:.4},\"near_misses\":{misses},\"advice_seconds\":{advice:.4},\"remedies\":{remedies},\"peak_mb\":{}}}",
        wish.crowd.size.name,
        wish.crowd.variant.name(),
        wish.threads,
        peak_megabytes().unwrap_or(0),
    );
}

fn side(side: &Side) -> String {
    let one = |name: &str, it: Summary| format!("\"{name}\":\"{:016x}\"", it.checksum);
    format!(
        "{{\"rows\":{},{},\"unresolved_rows\":{},{}}}",
        side.eligible.rows,
        one("eligible", side.eligible),
        side.unresolved.rows,
        one("unresolved", side.unresolved),
    )
}

/// Times the census of near misses by itself, and tells how many there are.
fn census(wish: &Wish, problem: &Problem) {
    let scored = problem.score();
    drop(scored.pairs(&[]));
    let (mut wall, mut misses) = (f64::INFINITY, 0);
    for _ in 0..wish.runs.max(1) {
        let start = Instant::now();
        let census = scored.census();
        wall = wall.min(start.elapsed().as_secs_f64());
        let all = census.openings.as_slice().iter().flat_map(anzhi::score::NearMisses::iter);
        misses = all.map(|(_, miss)| u64::from(miss.eligible) + u64::from(miss.unresolved)).sum::<u64>();
    }
    let (size, variant) = (wish.crowd.size.name, wish.crowd.variant.name());
    println!(
        "{{\"size\":\"{size}\",\"variant\":\"{variant}\",\"threads\":{},\"census_seconds\":{wall:.4},\"near_misses\":{misses}}}",
        wish.threads
    );
}
