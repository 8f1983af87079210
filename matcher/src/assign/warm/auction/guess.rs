//! Where prices begin: where all rank the openings much alike, everybody would bid for the same ones first.

use super::stall::Offer;
use super::{Auction, parts};

impl<E: Offer> Auction<E> {
    /// Begins at what each opening scores on average, where scores say more of the opening than of who would take it.
    pub(super) fn guess_prices(&mut self) {
        // a few bidders seem to agree more than they do, so all are asked then
        if !explained_by_stall(&self.scores(SAMPLE)) {
            return;
        }
        let of_stall = self.scores(1);
        if !explained_by_stall(&of_stall) {
            return;
        }
        let means = || of_stall.iter().map(|it| parts(it.sum) / it.count.max(1));
        let asked = of_stall.iter().zip(means()).filter(|(it, _)| it.count > 0);
        let least = asked.map(|(_, mean)| mean).min().unwrap_or(0);
        for (price, mean) in self.price.iter_mut().zip(means()) {
            *price = E::price((mean - least).max(0));
        }
    }

    /// The scores of each opening, as one bidder in so many gives them.
    fn scores(&self, one_in: usize) -> Vec<Scores> {
        let mut of_stall = vec![Scores::default(); self.openings];
        let asked = self.bidders.iter().step_by(one_in).flat_map(|bidder| &self.edges[bidder.offers()]);
        for offer in asked.filter(|offer| offer.stall() < self.openings) {
            of_stall[offer.stall()].add(offer.score());
        }
        of_stall
    }
}

/// Whether the means of the openings explain at least half of how the scores differ.
fn explained_by_stall(of_stall: &[Scores]) -> bool {
    let all = of_stall.iter().fold(Scores::default(), |all, one| all.plus(one));
    let between = of_stall.iter().map(Scores::explained).sum::<i128>() - all.explained();
    2 * between >= all.squares - all.explained()
}

/// One bidder in so many is asked first.
const SAMPLE: usize = 16;

/// Scores of an opening, or of all.
#[derive(Clone, Copy, Default)]
struct Scores {
    count: i64,
    sum: i64,
    squares: i128,
}

impl Scores {
    fn add(&mut self, score: i64) {
        self.count += 1;
        self.sum += score;
        self.squares += i128::from(score * score); // scores stay below 2³⁰
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            count: self.count + other.count,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    /// What of the squares the mean explains.
    fn explained(&self) -> i128 {
        i128::from(self.sum) * i128::from(self.sum) / i128::from(self.count.max(1))
    }
}
