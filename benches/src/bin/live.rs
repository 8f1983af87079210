//! Measures single records that change in a pool and prints one JSON line for each sort: `live SIZE VARIANT [--changes N]
//! [--k 20] [--seed S]`.
//!
//! Records drawn from a second population of the same size take the places of those of the first, come new and go. Times are
//! wall-clock microseconds of [`Live::apply`] alone, and of reading one list. At the end all lists are compared with those of a
//! fresh batch.

use std::time::Instant;

use anzhi::ids::{CandidateIx, OpeningIx};
use anzhi::input::{CandidateRecord, Forms, OpeningRecord};
use anzhi::live::{Edit, Live, LiveShortlist};
use anzhi::score::Ranked;
use anzhi::{CandidateId, Document, OpeningId, Policy, Problem};
use anzhi_benches::crowd::{Crowd, SIZES, Size, Variant, day};
use anzhi_benches::{Dice, resident_megabytes};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| asked.iter().position(|it| it == flag).and_then(|at| asked.get(at + 1));
    let sizes = || SIZES.iter().map(|size| size.name).collect::<Vec<_>>().join(" ");
    let size = asked.first().and_then(|name| Size::named(name));
    let size = size.ok_or_else(|| format!("which size: {}?", sizes()))?;
    let variant = asked.get(1).and_then(|name| Variant::named(name)).ok_or("tight or loose?")?;
    let seed: u64 = value("--seed").map_or(Ok(anzhi_benches::SEED), |seed| seed.parse())?;
    let changes: usize = value("--changes").map_or(Ok(500), |changes| changes.parse())?;
    let count: usize = value("--k").map_or(Ok(20), |count| count.parse())?;
    let document = Crowd { size, variant, seed }.document()?;
    let other = Crowd { size, variant, seed: seed + 1 }.document()?;
    let mut news = News::new(other, &document, changes);
    let before = resident_megabytes().unwrap_or(0);
    let start = Instant::now();
    let live = Live::new(document, Policy::general(), day()?, count)?;
    let seconds = start.elapsed().as_secs_f64();
    let held = resident_megabytes().unwrap_or(0).saturating_sub(before);
    println!(
        "{{\"size\":\"{}\",\"variant\":\"{}\",\"k\":{count},\"begun_seconds\":{seconds:.2},\"held_mb_besides_the_document\":{held}}}",
        size.name,
        variant.name()
    );
    let mut run = Run { live, dice: Dice::new(seed), changes, sort: String::new(), times: Vec::new() };
    run.all(&mut news)?;
    let equal = run.compare(count)?;
    println!("{{\"equal_to_a_fresh_batch\":{equal},\"held_mb\":{}}}", resident_megabytes().unwrap_or(0));
    if equal { Ok(()) } else { Err("the lists differ from those of a fresh batch".into()) }
}

/// Records that come in.
struct News {
    candidates: Vec<CandidateRecord>,
    openings: Vec<OpeningRecord>,
}

impl News {
    /// The first records of another population, with households and employers of this one.
    fn new(other: Document, own: &Document, changes: usize) -> Self {
        let households = own.candidates.iter().map(|it| it.household.clone());
        let candidates = other.candidates.into_iter().zip(households).take(3 * changes);
        let candidates = candidates.map(|(record, household)| CandidateRecord { household, ..record });
        let employers = own.openings.iter().map(|it| it.employer.clone());
        let openings = other.openings.into_iter().zip(employers).take(3 * changes);
        let openings = openings.map(|(record, employer)| OpeningRecord { employer, ..record });
        Self { candidates: candidates.collect(), openings: openings.collect() }
    }
}

struct Run {
    live: Live,
    dice: Dice,
    changes: usize,
    sort: String,
    times: Vec<f64>,
}

impl Run {
    fn apply(&mut self, edit: Edit) -> Result<(), Failure> {
        let start = Instant::now();
        self.live.apply(edit)?;
        self.times.push(start.elapsed().as_secs_f64() * 1e6);
        Ok(())
    }

    fn report(&mut self) {
        let mut times = std::mem::take(&mut self.times);
        times.sort_unstable_by(f64::total_cmp);
        let of = |percent: usize| {
            times
                .get((times.len() * percent / 100).min(times.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0.0)
        };
        println!(
            "{{\"change\":\"{}\",\"times\":{},\"median_us\":{:.1},\"p90_us\":{:.1},\"p99_us\":{:.1},\"max_us\":{:.1}}}",
            self.sort,
            times.len(),
            of(50),
            of(90),
            of(99),
            of(100),
        );
    }

    fn sort(&mut self, sort: &str) {
        sort.clone_into(&mut self.sort);
    }

    fn some<T: Clone>(&mut self, all: &[T]) -> Result<T, Failure> {
        let end = u32::try_from(all.len())?;
        all.get(self.dice.below(end) as usize).cloned().ok_or_else(|| "nothing to choose from".into())
    }

    /// Different ids of the pool, drawn.
    fn people(&mut self) -> Result<Vec<CandidateId>, Failure> {
        let all: Vec<_> = self.live.candidates().map(|it| it.id.clone()).collect();
        let mut drawn = std::collections::BTreeSet::new();
        while drawn.len() < self.changes.min(all.len()) {
            drawn.insert(self.some(&all)?);
        }
        Ok(drawn.into_iter().collect())
    }

    fn posts(&mut self) -> Result<Vec<OpeningId>, Failure> {
        let all: Vec<_> = self.live.openings().map(|it| it.id.clone()).collect();
        let mut drawn = std::collections::BTreeSet::new();
        while drawn.len() < self.changes.min(all.len()) {
            drawn.insert(self.some(&all)?);
        }
        Ok(drawn.into_iter().collect())
    }

    fn all(&mut self, news: &mut News) -> Result<(), Failure> {
        self.candidates(news)?;
        self.openings(news)?;
        self.read()?;
        let [openings, candidates] = self.live.short_lists();
        println!(
            "{{\"lists_to_be_made_anew_when_read\":{{\"openings\":{openings},\"candidates\":{candidates}}}}}"
        );
        Ok(())
    }

    fn candidates(&mut self, news: &mut News) -> Result<(), Failure> {
        self.sort("candidate: one wish or fact changed");
        for id in self.people()? {
            let Some(mut record) = self.live.candidate(&id).cloned() else { continue };
            match self.dice.below(3) {
                0 => record.wage_wish = Some(2_000 + 100 * self.dice.below(30)),
                1 => record.max_commute_km = Some(5 + self.dice.below(30)),
                _ => record.forms = Forms::new(),
            }
            self.apply(Edit::Candidate(Box::new(record)))?;
        }
        self.report();
        self.sort("candidate: another person's record");
        for id in self.people()? {
            let Some((record, old)) = news.candidates.pop().zip(self.live.candidate(&id)) else { break };
            let household = old.household.clone();
            self.apply(Edit::Candidate(Box::new(CandidateRecord { id, household, ..record })))?;
        }
        self.report();
        self.sort("candidate added");
        for number in 0..self.changes {
            let Some(record) = news.candidates.pop() else { break };
            let id = CandidateId::from(format!("{}-{number}", record.id));
            self.apply(Edit::Candidate(Box::new(CandidateRecord { id, ..record })))?;
        }
        self.report();
        self.sort("candidate removed");
        for id in self.people()? {
            self.apply(Edit::RemoveCandidate(id))?;
        }
        self.report();
        Ok(())
    }

    fn openings(&mut self, news: &mut News) -> Result<(), Failure> {
        self.sort("opening: wage or dates changed");
        for id in self.posts()? {
            let Some(mut record) = self.live.opening(&id).cloned() else { continue };
            (record.wage_min, record.wage_max) = (Some(2_000 + 100 * self.dice.below(30)), None);
            self.apply(Edit::Opening(Box::new(record)))?;
        }
        self.report();
        self.sort("opening: another opening's record");
        for id in self.posts()? {
            let Some(record) = news.openings.pop() else { break };
            self.apply(Edit::Opening(Box::new(OpeningRecord { id, ..record })))?;
        }
        self.report();
        self.sort("opening added");
        for number in 0..self.changes {
            let Some(record) = news.openings.pop() else { break };
            let id = OpeningId::from(format!("{}-{number}", record.id));
            self.apply(Edit::Opening(Box::new(OpeningRecord { id, ..record })))?;
        }
        self.report();
        self.sort("opening removed");
        for id in self.posts()? {
            self.apply(Edit::RemoveOpening(id))?;
        }
        self.report();
        Ok(())
    }

    fn read(&mut self) -> Result<(), Failure> {
        self.sort("list of a candidate read");
        for id in self.people()? {
            let start = Instant::now();
            let list = self.live.shortlist_for(&id).ok_or("the candidate is there")?;
            self.times.push(start.elapsed().as_secs_f64() * 1e6);
            drop(list);
        }
        self.report();
        self.sort("list of an opening read");
        for id in self.posts()? {
            let start = Instant::now();
            let list = self.live.shortlist(&id).ok_or("the opening is there")?;
            self.times.push(start.elapsed().as_secs_f64() * 1e6);
            drop(list);
        }
        self.report();
        Ok(())
    }

    /// Whether all lists are those of a fresh batch.
    fn compare(&self, count: usize) -> Result<bool, Failure> {
        let fresh = Problem::new(self.live.document(), Policy::general(), day()?)?;
        let lists = fresh.score().shortlists(count);
        let mut equal = true;
        for (row, record) in fresh.openings().iter().enumerate() {
            let list = lists.of_opening(OpeningIx::new(row));
            equal &= same(&fresh, self.live.shortlist(&record.id), &list.eligible, &list.unresolved);
        }
        for (row, record) in fresh.candidates().iter().enumerate() {
            let list = lists.of_candidate(CandidateIx::new(row));
            equal &= same(&fresh, self.live.shortlist_for(&record.id), &list.eligible, &list.unresolved);
        }
        Ok(equal)
    }
}

fn same(fresh: &Problem, own: Option<LiveShortlist<'_>>, eligible: &[Ranked], unresolved: &[Ranked]) -> bool {
    let Some(own) = own else { return false };
    [(own.eligible, eligible), (own.unresolved, unresolved)].iter().all(|(own, list)| {
        own.len() == list.len()
            && own.iter().zip(*list).all(|(a, b)| {
                fresh.candidate(b.candidate).is_some_and(|it| it.id == *a.candidate)
                    && fresh.opening(b.opening).is_some_and(|it| it.id == *a.opening)
                    && a.score == b.score
            })
    })
}
