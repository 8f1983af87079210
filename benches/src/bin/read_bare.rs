//! Reads the tables of a bare instance and prints one JSON line: `read_bare FOLDER [--runs N] [--threads T]`.
//!
//! From the folder to numbers that [`anzhi::Instance::new`] takes: the wall clock of the best run, and the time that the
//! processor was at work, the mean of all runs, which says more where other programs run beside this one. Megabytes
//! are those of all tables, of which `pairs.csv` is nearly all. `bare NAME --tables FOLDER [--shuffled]` makes a folder.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anzhi::plan::Lottery;
use anzhi_benches::{peak_megabytes, work_seconds};
use anzhi_desk::bare::{Asked, read};
use anzhi_desk::messages::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| {
        let at = asked.iter().position(|it| it == flag)?;
        asked.get(at + 1)
    };
    let folder = Path::new(asked.first().ok_or("name a folder")?);
    let runs: u32 = value("--runs").map_or(Ok(1), |runs| runs.parse())?;
    let threads: usize = value("--threads").map_or(Ok(1), |threads| threads.parse())?;
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let wish = Asked { lottery: Lottery::new(None)?, household_cap: None, keep: None };
    let mut bytes = 0;
    for table in fs::read_dir(folder)? {
        bytes += table?.metadata()?.len();
    }
    let (mut best, mut pairs) = (f64::INFINITY, 0);
    let before = work_seconds();
    for _ in 0..runs {
        let start = Instant::now();
        let (bare, faults) = read(folder, &wish).map_err(|faults| {
            let said = faults.sentences(1, Language::En);
            said.first().map(|it| it.say(Language::En)).unwrap_or_default()
        })?;
        best = best.min(start.elapsed().as_secs_f64());
        if faults.count() > 0 {
            return Err("rows were set aside".into());
        }
        pairs = bare.parts.pairs.len();
    }
    let work = (work_seconds() - before) / f64::from(runs);
    let megabytes = f64::from(u32::try_from(bytes / 1_000)?) / 1_000.0;
    println!(
        "{{\"pairs\":{pairs},\"megabytes\":{megabytes:.1},\"seconds\":{best:.3},\"megabytes_per_second\":{:.0},\"work_seconds\":{work:.3},\"megabytes_per_work_second\":{:.0},\"peak_mb\":{}}}",
        megabytes / best,
        megabytes / work,
        peak_megabytes().unwrap_or(0),
    );
    Ok(())
}
