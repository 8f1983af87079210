//! Stable placements: the answer to "respect preferences" where openings are a market.
//!
//! # Problem
//! Everybody wants the opening of their highest score most (of equal scores, the first by row), and any opening they
//! are paired with more than none. An opening ranks people by tier, then score, then lot: a [`Rank`]. It does not
//! choose the best subset by some sum but one after the other, by this *choice function*:
//!
//! 1. who is pinned there has a seat;
//! 2. in order of rank, each member of a kind whose reserve at this opening is not yet filled takes a reserved seat;
//! 3. in order of rank, each of the others takes an open seat, unless their kind has reached its cap there.
//!
//! Open seats are those that the first two steps left and that no hard reserve keeps: a soft reserve that is not filled
//! opens to others, a hard one keeps its seats though nobody takes them. Placements are *stable* if
//!
//! - nobody sits where they have no pair, and every opening would choose exactly those whom it has;
//! - there is no *blocking pair*: a person who likes an opening better than their place, and whom the opening would
//!   choose from those it has and them. A seat left free that somebody wants is such a pair.
//!
//! **The stable placements are not the optimum.** [`crate::assign`] places the most people tier by tier and moves a
//! person to a lesser opening to make room for another; here nobody gives way to somebody of lower rank, so fewer may be
//! placed, with less score in total. Neither is ever mixed into the other: [`crate::assign::AssignOptions`] has no word for
//! this, and whoever asks for this gets only this. A plan to keep has no say.
//!
//! # Example
//! Both people want opening 0 most; the first tier has it, the other goes to opening 1.
//! ```
//! use anzhi::ids::{CandidateIx, OpeningIx};
//! use anzhi::instance::{CandidateNumbers, Instance, InstanceParts, Pair};
//! use anzhi::stable::{blocking_pairs, stable};
//!
//! let pair = |candidate, opening, score| Pair {
//!     candidate: CandidateIx::new(candidate),
//!     opening: OpeningIx::new(opening),
//!     score,
//! };
//! let instance = Instance::new(InstanceParts {
//!     tiers: 2,
//!     candidates: vec![
//!         CandidateNumbers { tier: 1, household: None, lot: 0 },
//!         CandidateNumbers { tier: 0, household: None, lot: 1 },
//!     ],
//!     seats: vec![1, 1],
//!     pairs: vec![pair(0, 0, 9_500), pair(0, 1, 100), pair(1, 0, 200)],
//!     ..InstanceParts::default()
//! })?;
//! let found = stable(&instance)?;
//! assert_eq!(found.placements()[CandidateIx::new(1)], Some(OpeningIx::new(0)));
//! assert_eq!(found.placements()[CandidateIx::new(0)], Some(OpeningIx::new(1)));
//! assert_eq!(found.work(), 3);
//! assert!(blocking_pairs(&instance, found.placements())?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Method
//! Deferred acceptance \[GS\], people proposing: each asks the openings of their list one after the other; an
//! opening keeps whom it would choose among those it has and the one who asks, and turns one away, who goes on with
//! their list.
//!
//! The choice function is *substitutable*: whom an opening turns away, it also turns away with more people to choose
//! from. *Proof.* Step 2 is the greedy choice in a laminar matroid (each kind within its reserve, soft reserves within
//! the seats that no hard reserve keeps, all within the seats), so with more people it takes nobody whom it left, and
//! not fewer in all. Let `x` be left by step 2 and turned away by step 3. If step 2 leaves no open seat with more
//! people, `x` is turned away again. Otherwise it took, before too, the first of each kind up to its reserve. Either
//! people before `x` had their kind at its cap; more people leave that so. Or all open seats went to people before
//! `x`: those of each kind before `x`, up to its cap, less its reserve. With more people this number does not fall,
//! and that of open seats does not rise, since what reserves take of them does not fall. ∎
//!
//! So who was turned away may be forgotten, the placements are stable, and each person has the best opening that any
//! stable placements give them \[HYY\]. Such placements are unique, hence **they depend on the numbers of the instance
//! alone**, not on who asks first; nor does the number of proposals, since each asks all openings down to their place.
//! One more person to choose from never leaves an opening with fewer people, so one who asks turns away at most one, and
//! all stable placements fill as many seats of each opening.
//!
//! # Invariants
//! After every proposal,
//! 1. each opening has exactly those whom it would choose from all who ever asked it;
//! 2. whoever has no seat has asked every opening before the next of their list;
//! 3. of each kind at an opening, those in reserved seats rank before those in open seats, and nobody is in an open
//!    seat while their kind's reserve is not filled.
//!
//! # Where this differs from the papers
//! 1. A list is put in order by chunks, when a person gets there: most people get no further than the first.
//! 2. Who asks the same openings asks one after the other, so that these are still at hand: by neighbourhood (openings
//!    tied by the first and the last choice of somebody), in a neighbourhood tier by tier, so that seldom a later tier
//!    turns away anybody of an earlier one.
//! 3. Each way into an opening remembers the best rank it turned away; whoever ranks behind is turned away at a
//!    glance.
//! 4. Reserves may exceed the seats, be hard, stand beside caps, and leave pinned people alone; in \[HYY\] they
//!    are soft and fit. A limit for everybody at one opening is one on those who sit there: seats that a hard reserve keeps
//!    do not count. It takes away from what both steps can fill, whoever there is to choose from, and the proof stays.
//!
//! # What is refused
//! With a household cap, stable placements may not exist. Groups of several openings, people counted wherever they
//! are, and groups inside each other need a choice function of their own. See [`StableRefusal`].
//!
//! # Running time
//! `m` pairs, `k` of them asked, openings of `s` seats and `g` groups each, lists of `n` pairs: *O(m log n)* for the
//! order of the lists at worst (nobody's list is read more than nine times), *O(k (log s + g))* for the proposals;
//! [`Stable::work`] counts `k`. Besides the instance it holds, for each person, 8 bytes for each of their first eight
//! pairs or 1 byte for each pair, whichever is more, and about 50 bytes; for each opening about 110 bytes and 8 bytes
//! a seat.
//!
//! # References
//! \[GS\] D. Gale, L. S. Shapley, *College admissions and the stability of marriage*, American Mathematical Monthly
//! 69 (1962) 9–15. \[HYY\] I. E. Hafalir, M. B. Yenmez, M. A. Yildirim, *Effective affirmative action in school
//! choice*, Theoretical Economics 8 (2013) 325–363.
#![deny(clippy::float_arithmetic)]

mod check;
mod market;
mod order;
mod refusal;
mod wishes;

use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{CandidateNumbers, Instance, MAX_SCORE};
use market::Market;
use order::Order;
use wishes::Wishes;

pub use check::{BlockingPair, Blocks, blocking_pairs};
pub use refusal::StableRefusal;

/// Where a person stands at an opening: by tier, then score (higher first), then lot. The lesser rank comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(u64);

/// The bits of a lot: `MAX_ROWS` is 2²⁸.
const LOT_BITS: u32 = 31;
/// The bits of a score: `MAX_SCORE` is below 2³⁰. Three bits are left for up to eight tiers.
const SCORE_BITS: u32 = 30;
const LOT: u64 = (1 << LOT_BITS) - 1;
const SCORE: u64 = ((1 << SCORE_BITS) - 1) << LOT_BITS;
const _: () = assert!(
    crate::instance::MAX_ROWS <= 1 << LOT_BITS
        && MAX_SCORE < 1 << SCORE_BITS
        && crate::instance::MAX_TIERS <= 1 << (u64::BITS - LOT_BITS - SCORE_BITS)
);

impl Rank {
    /// The rank of a person with the highest score.
    fn at_best(numbers: &CandidateNumbers) -> Self {
        Self(u64::from(numbers.tier) << (LOT_BITS + SCORE_BITS) | u64::from(numbers.lot))
    }

    /// The same person's rank where their score is so much below the highest.
    const fn with_missing(self, score: u32) -> Self {
        Self(self.0 & !SCORE | (score as u64) << LOT_BITS)
    }

    /// The tier, 0 for the first.
    pub const fn tier(self) -> u8 {
        (self.0 >> (LOT_BITS + SCORE_BITS)) as u8
    }

    /// The score.
    pub const fn score(self) -> u32 {
        MAX_SCORE - ((self.0 & SCORE) >> LOT_BITS) as u32
    }

    /// The place in the lottery, 0 for the first.
    pub const fn lot(self) -> u32 {
        (self.0 & LOT) as u32
    }
}

/// What it takes to be chosen at an opening for somebody of no kind that has a reserve or cap there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cutoff {
    /// A seat is left that anybody may have.
    Open,
    /// All seats are taken; this is the last who was chosen, be it to a reserved seat.
    Last(Rank),
    /// All seats that are not kept are taken by people who are pinned there, or there is none.
    Closed,
}

/// The stable placements that are best for everybody who is placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stable {
    placements: Column<CandidateIx, Option<OpeningIx>>,
    cutoffs: Column<OpeningIx, Cutoff>,
    proposals: u64,
}

impl Stable {
    /// Who is placed where.
    pub fn placements(&self) -> &Column<CandidateIx, Option<OpeningIx>> {
        &self.placements
    }

    /// What it took to be chosen at each opening.
    pub fn cutoffs(&self) -> &Column<OpeningIx, Cutoff> {
        &self.cutoffs
    }

    /// The work it took: how many times a person asked an opening. It depends on the instance alone.
    pub fn work(&self) -> u64 {
        self.proposals
    }
}

/// Finds the stable placements that are best for everybody who is placed.
///
/// # Errors
/// A household cap that can bind, and groups that are not of one kind of person at one opening.
pub fn stable(instance: &Instance) -> Result<Stable, StableRefusal> {
    refusal::check(instance)?;
    let mut placements: Column<CandidateIx, Option<OpeningIx>> = instance.rows().map(|_| None).collect();
    for &(candidate, opening) in instance.pins() {
        placements[candidate] = Some(opening);
    }
    let order = Order::new(instance);
    let mut wishes = Wishes::new(instance, &order);
    let mut market = Market::new(instance);
    let mut proposals = 0;
    for (turn, candidate) in (0..).zip(order.people()) {
        if placements[candidate].is_some() {
            continue;
        }
        let numbers = &instance.candidates()[candidate.get()];
        let (mut asking, mut best) = (turn, Rank::at_best(numbers));
        while let Some(wish) = wishes.next(asking) {
            proposals += 1;
            let rank = best.with_missing(wish.missing());
            match market.ask(order.at(asking), wish.opening(), rank) {
                None => break,
                Some(away) if away == rank => {}
                Some(away) => (asking, best) = (order.of_lot(away.lot()), away),
            }
        }
    }
    for (opening, rank) in market.seated() {
        placements[order.at(order.of_lot(rank.lot()))] = Some(opening);
    }
    Ok(Stable { placements, cutoffs: market.cutoffs(), proposals })
}
