//! Why, why not, and what would help: the first true answer of a closed list (DESIGN §7), each one computed.

mod near;

use std::collections::BTreeSet;

pub(crate) use near::{hits, missing};

use crate::assign::{ForcedIn, HallSet, HallSets, forced_in_every};
use crate::ids::{CandidateIx, Column, OpeningIx};
use crate::instance::{Level, Loss};
use crate::plan::Plan;
use crate::report::{HallRecord, LossRecord, ReasonRecord};
use crate::score::Scored;
use crate::words::{OrderKind, ReasonCode, RuleKind, Standing};

/// Answers "why not me?" for the public-welfare posts of one match.
pub(crate) struct Reasons<'a> {
    scored: &'a Scored<'a>,
    posts: Vec<OpeningIx>,
    /// Pairs that an order forbids.
    forbidden: BTreeSet<(CandidateIx, OpeningIx)>,
    plan: Option<Asked<'a>>,
}

struct Asked<'a> {
    plan: &'a Plan<'a>,
    forced: Column<CandidateIx, Option<ForcedIn>>,
    /// How many people of each tier hold a seat, by opening of the problem.
    held: Column<OpeningIx, Vec<u64>>,
    halls: HallSets<'a>,
}

impl<'a> Reasons<'a> {
    pub(crate) fn new(scored: &'a Scored<'a>, plan: Option<&'a Plan<'a>>) -> Self {
        let openings = scored.problem().openings().iter().enumerate();
        let posts =
            openings.filter(|(_, it)| it.kind.is_welfare()).map(|(row, _)| OpeningIx::new(row)).collect();
        let asked = |plan: &'a Plan<'a>| Asked {
            plan,
            forced: forced_in_every(plan.board.instance(), &plan.solution),
            held: held(scored, plan),
            halls: HallSets::new(plan.board.instance(), plan.solution.placements()),
        };
        Self { scored, posts, forbidden: forbidden(scored), plan: plan.map(asked) }
    }

    /// Why this candidate holds no post. Whoever is placed must not be asked about.
    pub(crate) fn why_not(&self, candidate: CandidateIx) -> ReasonRecord {
        if let Some(declined) = self.declined(candidate) {
            return near::said_no(self.scored, ReasonCode::Declined, candidate, Some(declined));
        }
        if let Some(opening) = self.prohibited(candidate) {
            let opening = Some(self.scored.problem().openings()[opening.get()].id.clone());
            return ReasonRecord { opening, ..bare(ReasonCode::Prohibited) };
        }
        let Some(asked) = &self.plan else { return bare(ReasonCode::NoDecision) };
        match asked.forced.get(candidate) {
            Some(Some(ForcedIn::Costs { loss, loss_beside_household, by_household })) => {
                let beside = *by_household && !costs(loss_beside_household);
                self.lost(asked, candidate, loss, beside)
            }
            Some(Some(ForcedIn::NoSeat)) if !asked.plan.board.instance().pins().is_empty() => {
                bare(ReasonCode::Reserve)
            }
            _ => self.no_pair(candidate),
        }
    }

    /// The best opening that would take the person, had they not declined it; `None` where another one may take them.
    fn declined(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        if self.scored.chances_of(candidate).at_posts != Standing::Barred {
            return None;
        }
        let refused = self
            .posts
            .iter()
            .filter(|opening| self.scored.standings(candidate, **opening).fails_only(RuleKind::Refusal));
        refused.copied().max_by_key(|opening| (self.score(candidate, *opening), std::cmp::Reverse(*opening)))
    }

    /// The best of the openings that may take the person, where an order forbids every one of them.
    fn prohibited(&self, candidate: CandidateIx) -> Option<OpeningIx> {
        if !self.forbidden.iter().any(|(who, _)| *who == candidate) {
            return None;
        }
        let may_take = |it: &&OpeningIx| self.scored.standings(candidate, **it).failures() == 0;
        let posts: Vec<OpeningIx> = self.posts.iter().filter(may_take).copied().collect();
        if !posts.iter().all(|opening| self.is_forbidden(candidate, *opening)) {
            return None;
        }
        posts.into_iter().max_by_key(|opening| (self.score(candidate, *opening), std::cmp::Reverse(*opening)))
    }

    fn is_forbidden(&self, candidate: CandidateIx, opening: OpeningIx) -> bool {
        self.forbidden.contains(&(candidate, opening))
    }

    fn score(&self, candidate: CandidateIx, opening: OpeningIx) -> u32 {
        self.scored.breakdown_at(candidate, opening).shortlist_score()
    }

    /// Nobody may take the person for certain: either a datum is missing somewhere, or everything is barred.
    fn no_pair(&self, candidate: CandidateIx) -> ReasonRecord {
        let standings = |opening: &OpeningIx| self.scored.standings(candidate, *opening);
        let score = |opening: &OpeningIx| std::cmp::Reverse(self.score(candidate, *opening));
        let posts = || self.posts.iter().filter(|opening| !self.is_forbidden(candidate, **opening));
        let open = posts().filter(|opening| standings(opening).failures() == 0);
        if let Some(nearest) = open.min_by_key(|it| (standings(it).unknown().count(), score(it), **it)) {
            let missing = missing(&self.scored.verdict_at(candidate, *nearest));
            let opening = Some(self.scored.problem().openings()[nearest.get()].id.clone());
            return ReasonRecord { opening, missing, ..bare(ReasonCode::MissingDatum) };
        }
        let nearest = posts().min_by_key(|it| (standings(it).failures(), score(it), **it));
        near::said_no(self.scored, ReasonCode::NoOpening, candidate, nearest.copied())
    }

    fn lost(&self, asked: &Asked<'_>, candidate: CandidateIx, loss: &Loss, beside: bool) -> ReasonRecord {
        let own = self.scored.tier(candidate).unwrap_or(0);
        let code = match loss.decided_at() {
            _ if beside => ReasonCode::HouseholdPlaced,
            Some(Level::Reserved) => ReasonCode::Reserve,
            Some(Level::Tier(tier)) if tier <= own => ReasonCode::FewerOfTier,
            Some(Level::Tier(_)) => ReasonCode::FewerOfLower,
            Some(Level::Score) => ReasonCode::LowerScore,
            Some(Level::Kept) | None => ReasonCode::LaterLot,
        };
        let limited = matches!(code, ReasonCode::HouseholdPlaced | ReasonCode::Reserve);
        let hall = if limited { None } else { asked.halls.around(candidate) };
        let hall = hall.map(|hall| hall_record(&hall, own));
        let mut reason = ReasonRecord { loss: Some(loss_record(loss)), hall, ..bare(code) };
        self.count_seats(asked, candidate, own, &mut reason);
        reason
    }

    fn count_seats(&self, asked: &Asked<'_>, candidate: CandidateIx, own: u8, reason: &mut ReasonRecord) {
        let choices = asked.plan.board.instance().choices(candidate);
        let rows =
            choices.iter().filter_map(|choice| Some((asked.plan.board.opening(choice.opening())?, choice)));
        let mut best = None;
        for (opening, choice) in rows {
            reason.openings += 1;
            reason.seats += u64::from(self.scored.judge.columns.posts[opening].seats);
            let held = &asked.held[opening];
            reason.held_above += held.iter().take(usize::from(own)).sum::<u64>();
            reason.held_same += held.get(usize::from(own)).copied().unwrap_or(0);
            best = best.max(Some((choice.score(), std::cmp::Reverse(opening))));
        }
        let best = best.map(|(_, std::cmp::Reverse(opening))| opening);
        reason.opening = best.and_then(|row| self.scored.problem().opening(row)).map(|it| it.id.clone());
    }
}

/// Whether a loss is a loss: the first number that is not 0 is above it.
fn costs(loss: &Loss) -> bool {
    let tiers = loss.placed_per_tier.iter().copied();
    let numbers = std::iter::once(loss.reserved).chain(tiers).chain([loss.score]);
    numbers.into_iter().find(|number| *number != 0).is_some_and(|number| number > 0)
}

fn forbidden(scored: &Scored<'_>) -> BTreeSet<(CandidateIx, OpeningIx)> {
    let problem = scored.problem();
    let orders = problem.policy().orders().iter().filter(|order| order.kind == OrderKind::Forbid);
    let row = |order: &crate::policy::Order| {
        Some((problem.candidate_row(&order.candidate)?, problem.opening_row(&order.opening)?))
    };
    orders.filter_map(row).collect()
}

fn held(scored: &Scored<'_>, plan: &Plan<'_>) -> Column<OpeningIx, Vec<u64>> {
    let tiers = plan.board.instance().tiers();
    let mut held: Column<OpeningIx, Vec<u64>> =
        scored.problem().openings().iter().map(|_| vec![0; tiers]).collect();
    for placement in plan.placements() {
        let tier = usize::from(scored.tier(placement.candidate).unwrap_or(0));
        if let Some(count) = held[placement.opening].get_mut(tier) {
            *count += 1;
        }
    }
    held
}

fn bare(code: ReasonCode) -> ReasonRecord {
    ReasonRecord {
        code,
        opening: None,
        failing: Vec::new(),
        missing: Vec::new(),
        loss: None,
        openings: 0,
        seats: 0,
        held_above: 0,
        held_same: 0,
        hall: None,
    }
}

fn hall_record(hall: &HallSet, own: u8) -> HallRecord {
    let (above, same) = hall.placed_per_tier.split_at(usize::from(own).min(hall.placed_per_tier.len()));
    HallRecord {
        openings: hall.openings,
        seats: hall.seats,
        above: above.iter().sum(),
        same: same.iter().sum(),
        pinned: hall.pinned,
        kept: hall.kept,
    }
}

fn loss_record(loss: &Loss) -> LossRecord {
    LossRecord { reserved: loss.reserved, placed_per_tier: loss.placed_per_tier.clone(), score: loss.score }
}
