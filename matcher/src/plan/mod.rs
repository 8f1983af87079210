//! The assignment of the public-welfare posts: from scored pairs to an instance, and from its solution to a [`Plan`].

mod board;
mod lots;
mod orders;

pub(crate) use board::Board;
pub use lots::{Lottery, list_digest};

use crate::assign::{AssignOptions, Solution, solve};
use crate::certificate::Certificate;
use crate::error::Error;
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::Objective;
use crate::score::Scored;
use crate::words::Topic;

/// What came of an assignment.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// The optimal plan, proved.
    Planned(Box<Plan<'a>>),
    /// Nothing was assigned, since the policy leaves these open and no local decision settles them.
    DecisionNeeded(Vec<Topic>),
    /// There is no public-welfare post.
    NoPosts,
}

/// Placements that respect every seat, *proposed* until a person signs, with the proof that no plan is better.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(crate) board: Board,
    pub(crate) solution: Solution,
    scored: &'a Scored<'a>,
}

/// One placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Who.
    pub candidate: CandidateIx,
    /// Where.
    pub opening: OpeningIx,
}

impl Scored<'_> {
    /// Assigns the public-welfare posts, exactly, by the policy's order of aims (DESIGN §7).
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Policy`] with every order that cannot be followed;
    /// [`crate::error::ErrorKind::Unsolvable`] if the policy has more tiers than the solver takes, or if the check of
    /// the certificate fails; no plan is handed out unproved.
    pub fn assign(&self, lottery: &Lottery) -> Result<Outcome<'_>, Error> {
        let policy = self.problem().policy();
        let missing = policy.missing();
        let (Some(stage), true) = (&policy.choices().lottery, missing.is_empty()) else {
            return Ok(Outcome::DecisionNeeded(missing));
        };
        if !self.problem().openings().iter().any(|opening| opening.kind.is_welfare()) {
            return Ok(Outcome::NoPosts);
        }
        let board = Board::new(self, lottery)?;
        let options = AssignOptions::default().lottery(stage.value);
        let solution =
            solve(board.instance(), &options).map_err(|flaw| Error::unsolvable(flaw.to_string()))?;
        Ok(Outcome::Planned(Box::new(Plan { board, solution, scored: self })))
    }
}

impl<'a> Plan<'a> {
    /// Who is placed where, in order of candidates.
    pub fn placements(&self) -> impl Iterator<Item = Placement> + '_ {
        self.board.placements(self.solution.placements())
    }

    /// Where a candidate is placed.
    #[must_use]
    pub fn placement(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        let seat = self.solution.placements().get(candidate).copied().flatten()?;
        self.board.opening(seat)
    }

    /// What the plan reaches.
    #[must_use]
    pub fn objective(&self) -> &Objective {
        self.solution.objective()
    }

    /// The proof, verified.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        self.solution.certificate()
    }

    /// The pairs it was made from.
    #[must_use]
    pub const fn scored(&self) -> &'a Scored<'a> {
        self.scored
    }
}

/// Placements by name as rows of the instance, for checking a plan from a file; `None` if a pair is of no such row.
pub(crate) fn rows_of(
    board: &Board,
    candidates: usize,
    placements: &[Placement],
) -> Option<Column<CandidateIx, Option<OpeningIx>>> {
    let mut rows: Column<CandidateIx, Option<OpeningIx>> = (0..candidates).map(|_| None).collect();
    for placement in placements {
        let seat = board.seat_row(placement.opening)?;
        let row = rows.as_mut_slice().get_mut(placement.candidate.get())?;
        if row.replace(seat).is_some() {
            return None;
        }
    }
    Some(rows)
}
