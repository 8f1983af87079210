//! What the engine says about a person alone: the same people before two openings that ask nothing.

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::input::{EmployerRecord, FORMAT, OpeningRecord};
use anzhi::words::{Criterion, OpeningKind, RuleKind, Standing};
use anzhi::{Document, Error, Problem, Scored};

/// The answers about one person.
#[derive(Clone, Copy)]
pub(super) struct Own {
    /// Whether every rule about the person alone says yes.
    pub(super) ok: bool,
    /// The same with the rules that are asked for public-welfare posts only.
    pub(super) welfare_ok: bool,
    /// Points of the criterion `priority`.
    pub(super) priority: u8,
}

pub(super) fn own(problem: &Problem) -> Result<Vec<Own>, Error> {
    let asked = Problem::new(witness(problem), problem.policy().clone(), problem.on())?;
    let scored = asked.score();
    Ok((0..asked.candidates().len()).map(|row| answer(&scored, row)).collect())
}

/// Home-based, so that no place is asked for; the second one a public-welfare post.
fn witness(problem: &Problem) -> Document {
    let opening = |id: &str, kind| {
        let record = OpeningRecord::unstated(id.into(), "E".into(), kind, 1);
        OpeningRecord { home_based: true, ..record }
    };
    Document {
        format: FORMAT.to_owned(),
        candidates: problem.candidates().to_vec(),
        households: problem.households().to_vec(),
        employers: vec![EmployerRecord::unstated("E".into())],
        openings: vec![opening("1", OpeningKind::Market), opening("2", OpeningKind::UrbanWelfare)],
        referrals: problem.referrals().to_vec(),
        regions: problem.regions().records().to_vec(),
        ..Document::empty()
    }
}

fn answer(scored: &Scored<'_>, row: usize) -> Own {
    let person = CandidateIx::new(row);
    let [plain, welfare] = [0, 1].map(|opening| scored.standings(person, OpeningIx::new(opening)));
    let other = |rule: &RuleKind| *rule != RuleKind::Territory;
    let id = &scored.problem().candidates()[row].id;
    let breakdown = scored.breakdown(id, &"1".into());
    Own {
        ok: plain.standing() == Standing::Eligible,
        welfare_ok: !welfare.failing().chain(welfare.unknown()).any(|rule| other(&rule)),
        priority: breakdown.map_or(0, |it| it.points()[Criterion::Priority.index()]),
    }
}
