//! The tables on which other programs compute the same rules and score: facts of people and openings as whole numbers.
//!
//! Precomputed here, since SQL has no calendar of retirement, groups or skill graph: the rules that depend on the person
//! alone (`ok`, `welfare_ok`, asked of the engine itself), priority, capacities presumed or stated, what a demand leaves to
//! be met after accommodations, points in space, credits for skills. Everything that depends on both sides is left to the
//! other program. Only eligible pairs can be told from these tables: an unknown counts as a no.

mod answers;
mod function;
mod opening;
mod person;
mod place;
mod skills;
mod work;

use std::error::Error;
use std::path::Path;

use anzhi::Problem;
use anzhi::input::CandidateRecord;
use anzhi::words::ReferralOutcome;
use serde::Serialize;

/// Somebody will not take an opening.
#[derive(Serialize)]
struct Refused {
    person: usize,
    opening: usize,
}

/// Writes `people.csv`, `openings.csv`, `wanted.csv`, `credits.csv` and `refused.csv`.
///
/// # Errors
///
/// The folder cannot be written to, or the engine refuses what it accepted before.
pub fn write(problem: &Problem, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let own = answers::own(problem)?;
    let licences = work::Licences::of(problem);
    let people = problem.candidates().iter().enumerate();
    let people = people.map(|(row, record)| person::Row::new(problem, row, record, own[row], &licences));
    table(folder, "people", people)?;
    let openings = problem.openings().iter().enumerate();
    table(
        folder,
        "openings",
        openings.map(|(row, record)| opening::Row::new(problem, row, record, &licences)),
    )?;
    let slots = skills::Slots::of(problem);
    table(folder, "wanted", slots.wanted(problem))?;
    let credits = |(row, record)| slots.credits(problem, row, record);
    table(folder, "credits", problem.candidates().iter().enumerate().flat_map(credits))?;
    let refused = |(row, record)| refused(problem, row, record);
    table(folder, "refused", problem.candidates().iter().enumerate().flat_map(refused))
}

fn table<T: Serialize>(
    folder: &Path,
    name: &str,
    rows: impl Iterator<Item = T>,
) -> Result<(), Box<dyn Error>> {
    let mut writer = csv::Writer::from_path(folder.join(format!("{name}.csv")))?;
    for row in rows {
        writer.serialize(row)?;
    }
    Ok(writer.flush()?)
}

fn refused(problem: &Problem, person: usize, record: &CandidateRecord) -> Vec<Refused> {
    let declined = problem.referrals_of(&record.id).iter();
    let declined =
        declined.filter(|it| it.date <= problem.on() && it.outcome == Some(ReferralOutcome::Declined));
    let all = record.refused.iter().chain(declined.filter_map(|it| it.opening.as_ref()));
    let mut rows: Vec<usize> =
        all.filter_map(|id| problem.opening_row(id)).map(anzhi::ids::OpeningIx::get).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().map(|opening| Refused { person, opening }).collect()
}
