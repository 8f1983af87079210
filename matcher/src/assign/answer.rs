//! Parts solved one by one, and put together.

use rayon::prelude::*;

use super::market::{self, Market};
use super::outsiders::Outsiders;
use super::reduce::Reduced;
use super::search::Search;
use super::split::{self, Part};
use super::watch::{Clerk, Meter, Phase};
use super::weight::{Digits, Weight};
use super::{Solution, Work, flow, lottery, prices, warm};
use crate::certificate::{Certificate, Flaw, Prices};
use crate::ids::{Column, OpeningIx};
use crate::instance::{Instance, LotteryStage, Worth};

/// The answers of all parts, of those that were done if the solve was ended.
pub(super) fn solve_parts(instance: &Instance, stage: LotteryStage, meter: &Meter<'_>) -> Merged {
    let parts = split::parts(instance).into_par_iter();
    let answers = parts.filter_map(|part| solve_part(instance, part, stage, meter)).collect();
    Merged::of(instance, answers, stage)
}

/// A market in the narrowest numbers that hold it.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one a part, and what it holds is on the heap anyway")]
pub(super) enum Solved {
    Narrow(Market<i64>),
    Wide(Market<i128>),
    Vector(Market<Worth>),
}

/// One part after the solve.
struct Answer {
    /// The flow that decided who is placed.
    market: Solved,
    /// Where the lottery stands before the score: the flow of those people alone.
    seating: Option<Solved>,
    work: Work,
}

fn solve_part(instance: &Instance, part: Part, stage: LotteryStage, meter: &Meter<'_>) -> Option<Answer> {
    let (market, mut work) = solve_market(instance, part, (stage == LotteryStage::AfterScore, stage), meter)?;
    work.parts += 1;
    let seating = if stage == LotteryStage::BeforeScore {
        let placed = market.placed_part();
        let (seating, more) = solve_market(instance, placed, (true, LotteryStage::AfterScore), meter)?;
        work += more;
        Some(seating)
    } else {
        None
    };
    Some(Answer { market, seating, work })
}

/// Solves a part in the narrowest numbers that hold it, with or without scores.
fn solve_market(
    instance: &Instance,
    part: Part,
    how: (bool, LotteryStage),
    meter: &Meter<'_>,
) -> Option<(Solved, Work)> {
    let (digits, bits) = market::digits(instance, &part, how.0);
    let solved = if bits <= market::NARROW {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Narrow(market), work)
    } else if bits <= 122 {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Wide(market), work)
    } else {
        let (market, work) = solve_in(instance, part, digits, how, meter)?;
        (Solved::Vector(market), work)
    };
    Some(solved)
}

fn solve_in<W: Weight>(
    instance: &Instance,
    part: Part,
    digits: Digits,
    (scored, stage): (bool, LotteryStage),
    meter: &Meter<'_>,
) -> Option<(Market<W>, Work)> {
    if meter.is_over() {
        return None;
    }
    let mut market = Market::new(instance, part, digits, scored);
    let mut search = Search::of(market.nodes.len());
    let mut clerk = Clerk::new(meter);
    clerk.enter(Phase::Optimum, &search.work);
    let seats = stage == LotteryStage::AfterScore;
    let (chosen, outsiders) = if let Some(reduced) = Reduced::of(instance, &market) {
        solve_reduced(reduced, &mut market, &mut search, seats, &mut clerk)
    } else {
        warm::start(&mut market, &mut search, &mut clerk);
        let outsiders = flow::optimise(&mut market, &mut search, &mut clerk);
        clerk.enter(Phase::Lottery, &search.work);
        let lots = market.lots.clone();
        let lot = |person: u32, _| lots[person as usize];
        let chosen =
            lottery::plain::decide((&mut market, &outsiders), &mut search.work, seats, lot, &mut clerk);
        (chosen, outsiders)
    };
    if !chosen {
        clerk.enter(Phase::Lottery, &search.work);
        lottery::choose_people(&mut market, &mut search, &mut clerk);
        if seats {
            lottery::choose_seats(&mut market, &mut search, &mut clerk);
        }
    }
    if clerk.is_over(&search.work) {
        return None;
    }
    clerk.enter(Phase::Prices, &search.work);
    let pinned: Vec<bool> = market.part.people.iter().map(|&row| instance.pin(row).is_some()).collect();
    lottery::release(&mut market, |person| pinned[person as usize]);
    flow::settle_prices(&mut market, &mut search, &outsiders);
    market.forget_applicants();
    clerk.close(&search.work);
    Some((market, search.work))
}

/// Solves a part by way of one without groups and households; returns whether the lottery is decided too, and who stays out.
fn solve_reduced<W: Weight>(
    mut reduced: Reduced<W>,
    market: &mut Market<W>,
    search: &mut Search<W>,
    seats: bool,
    clerk: &mut Clerk<'_>,
) -> (bool, Outsiders<W>) {
    let plain = &mut reduced.market;
    search.fit(plain.nodes.len());
    warm::start(plain, search, clerk);
    let outsiders = flow::optimise(plain, search, clerk);
    let chosen = reduced.exact && {
        clerk.enter(Phase::Lottery, &search.work);
        let members = &reduced.members;
        let lot = |bidder, at| market.lots[members.of(bidder, at) as usize];
        lottery::plain::decide((plain, &outsiders), &mut search.work, seats, lot, clerk)
    };
    if clerk.is_over(&search.work) {
        return (true, Outsiders::default());
    }
    clerk.enter(Phase::Optimum, &search.work);
    reduced.write(market);
    warm::let_go(market);
    let outsiders = flow::optimise(market, search, clerk);
    (chosen, outsiders)
}

macro_rules! in_any {
    ($solved:expr, $market:ident => $answer:expr) => {
        match $solved {
            Solved::Narrow($market) => $answer,
            Solved::Wide($market) => $answer,
            Solved::Vector($market) => $answer,
        }
    };
}

impl Solved {
    fn part(&self) -> &Part {
        in_any!(self, market => &market.part)
    }

    fn place(&self, person: u32) -> Option<OpeningIx> {
        in_any!(self, market => prices::place(market, person))
    }

    fn collect_prices(&self, instance: &Instance, prices: &mut Prices) {
        in_any!(self, market => prices::collect(instance, market, prices));
    }

    /// The same part with the placed people alone; no cap on people can bind any more.
    fn placed_part(&self) -> Part {
        let part = self.part();
        let people = (0_u32..).zip(&part.people).filter(|&(person, _)| self.place(person).is_some());
        Part { people: people.map(|(_, &row)| row).collect(), ..part.clone() }
    }
}

/// The answers of all parts by row.
pub(super) struct Merged {
    placements: Vec<Option<OpeningIx>>,
    people: Vec<(u32, u32)>,
    prices: Prices,
    seating: Option<Prices>,
    work: Work,
    markets: Vec<Solved>,
}

impl Merged {
    fn of(instance: &Instance, answers: Vec<Answer>, stage: LotteryStage) -> Self {
        let rows = instance.candidates().len();
        let mut merged = Self {
            placements: vec![None; rows],
            people: vec![(u32::MAX, 0); rows],
            prices: prices::none(instance),
            seating: (stage == LotteryStage::BeforeScore).then(|| prices::none(instance)),
            work: Work::default(),
            markets: Vec::with_capacity(answers.len()),
        };
        for (number, answer) in (0_u32..).zip(answers) {
            merged.add(instance, number, answer);
        }
        merged
    }

    fn add(&mut self, instance: &Instance, number: u32, answer: Answer) {
        self.work += answer.work;
        answer.market.collect_prices(instance, &mut self.prices);
        for (person, row) in (0_u32..).zip(&answer.market.part().people) {
            self.people[row.get()] = (number, person);
        }
        if let (Some(seating), Some(prices)) = (&answer.seating, &mut self.seating) {
            seating.collect_prices(instance, prices);
        }
        let seats = answer.seating.as_ref().unwrap_or(&answer.market);
        for (person, row) in (0_u32..).zip(&seats.part().people) {
            self.placements[row.get()] = seats.place(person);
        }
        self.markets.push(answer.market);
    }

    pub fn prove(self, instance: &Instance) -> Result<Solution, Flaw> {
        let placements = Column::from_vec(self.placements);
        let certificate = Certificate::new(instance, &placements, self.prices, self.seating);
        let objective = certificate.verify(instance, &placements)?;
        let Self { people, work, markets, .. } = self;
        Ok(Solution { placements, objective, certificate, work, markets, people })
    }
}
