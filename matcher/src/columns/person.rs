//! A candidate, ready for judging.

use smallvec::SmallVec;

use super::{Places, Spot};
use crate::catalogue;
use crate::day::Day;
use crate::ids::{CandidateIx, OpeningId, OpeningIx};
use crate::input::{CandidateRecord, Capacities, ReferralRecord, SkillLevel};
use crate::problem::{Problem, Skills};
use crate::words::{Category, Education, Form, Item, PersonKind, Sex};

/// A certificate that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Certificate {
    pub(crate) category: Category,
    pub(crate) level: u8,
    /// Bits of [`Category`]; 0 where the constituents of class *multiple* are unknown, and for all other classes.
    pub(crate) constituents: u8,
}

/// A candidate, ready for judging.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) kind: PersonKind,
    pub(crate) birth: Option<Day>,
    pub(crate) sex: Option<Sex>,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) education: Option<Education>,
    /// Stated, or presumed full.
    capacities: Capacities,
    /// Rows of the skill graph with levels 1–5, as row × 8 + level.
    skills: SmallVec<[u32; 4]>,
    /// Bits of [`Form`]; 0 = unstated.
    pub(crate) forms: u8,
    pub(crate) spot: Spot,
    amounts: Amounts,
}

/// Amounts of which each may be unknown, in less memory than three `Option`s take: meaningless where they are not known.
#[derive(Clone, Copy, Debug)]
struct Amounts {
    wage_wish: u32,
    max_commute_km: u32,
    days_unemployed: i32,
    knows_wage: bool,
    knows_commute: bool,
    knows_days: bool,
}

impl Person {
    pub(super) fn new<'p>(record: &'p CandidateRecord, problem: &Problem, places: &mut Places<'p>) -> Self {
        let certificate = record.certificate.as_ref().map(|it| Certificate {
            category: it.category,
            level: it.level,
            constituents: it.constituents.iter().fold(0, |bits, class| bits | 1 << class.index()),
        });
        let place = record.residence.as_ref().or(record.registered.as_ref());
        Self {
            kind: record.kind,
            birth: record.birth,
            sex: record.sex,
            certificate,
            education: record.education,
            capacities: capacities(record, certificate),
            skills: record.skills.iter().filter_map(|held| packed(held, problem.skills())).collect(),
            forms: record.forms.iter().fold(0, |bits, form| bits | form_bit(form)),
            spot: places.spot(record.position, place),
            amounts: Amounts::of(record, problem.on()),
        }
    }

    /// Yuan a month; `None` = unstated.
    pub(crate) fn wage_wish(&self) -> Option<u32> {
        self.amounts.knows_wage.then_some(self.amounts.wage_wish)
    }

    /// Kilometres one way; `None` = unstated.
    pub(crate) fn max_commute_km(&self) -> Option<u32> {
        self.amounts.knows_commute.then_some(self.amounts.max_commute_km)
    }

    /// Days registered as unemployed on the day of the match; `None` = unknown.
    pub(crate) fn days_unemployed(&self) -> Option<i32> {
        self.amounts.knows_days.then_some(self.amounts.days_unemployed)
    }

    /// What is left of an item: stated, or presumed full; `None` = unknown.
    pub(crate) fn capacity(&self, item: Item) -> Option<u8> {
        self.capacities.get(item)
    }

    /// As [`Self::capacity`], of every item.
    pub(crate) fn capacities(&self) -> [Option<u8>; Item::ALL.len()] {
        self.capacities.by_item()
    }

    /// Rows of the skill graph with levels 1–5.
    pub(crate) fn skills(&self) -> impl Iterator<Item = (usize, u8)> + '_ {
        let unpacked = |held: &u32| ((held >> 3) as usize, u8::try_from(held & 7).unwrap_or_default());
        self.skills.iter().map(unpacked)
    }
}

/// A skill held; the gate lets no level above 5 through.
fn packed(held: &SkillLevel, graph: &Skills) -> Option<u32> {
    let row = u32::try_from(graph.row(&held.skill)?).ok()?;
    Some(row << 3 | u32::from(held.level))
}

impl Amounts {
    fn of(record: &CandidateRecord, on: Day) -> Self {
        let days = record.unemployed_since.map(|since| on.days_since(since));
        Self {
            wage_wish: record.wage_wish.unwrap_or_default(),
            max_commute_km: record.max_commute_km.unwrap_or_default(),
            days_unemployed: days.unwrap_or_default(),
            knows_wage: record.wage_wish.is_some(),
            knows_commute: record.max_commute_km.is_some(),
            knows_days: days.is_some(),
        }
    }
}

/// The bit of a form.
pub(super) const fn form_bit(form: Form) -> u8 {
    1 << form.index()
}

fn capacities(record: &CandidateRecord, certificate: Option<Certificate>) -> Capacities {
    let asked_about = touched(record.kind, certificate);
    let mut known = record.capacities.by_item();
    for (item, value) in known.iter_mut().enumerate() {
        let presumed = (asked_about & (1 << item) == 0).then_some(4);
        *value = value.or(presumed);
    }
    Capacities::of_items(&known)
}

/// The items that are unknown where the person does not state them, as bits; all others are presumed full: nobody is
/// asked about what their certificate does not touch.
fn touched(kind: PersonKind, certificate: Option<Certificate>) -> u64 {
    let of =
        |class: Category| catalogue::touches(class).iter().fold(0, |bits, item| bits | 1 << item.index());
    match certificate {
        _ if kind == PersonKind::FamilyMember => 0,
        None => u64::MAX,
        Some(it) if it.category == Category::Multiple && it.constituents != 0 => {
            let classes = Category::ALL.iter().filter(|class| it.constituents & (1 << class.index()) != 0);
            classes.fold(0, |bits, class| bits | of(*class))
        }
        Some(it) => of(it.category),
    }
}

/// Who refused which openings: they are few.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    /// Those of all people one after another, of each sorted.
    openings: Vec<OpeningIx>,
    /// By candidate: where the person's end.
    ends: Vec<u32>,
}

impl Refusals {
    pub(super) fn new(problem: &Problem) -> Self {
        let mut refusals = Self::default();
        for (row, record) in problem.candidates().iter().enumerate() {
            let ids = refused(record, problem.referrals_at(CandidateIx::new(row)), problem.on());
            let mut rows: SmallVec<[_; 4]> = ids.filter_map(|id| problem.opening_row(id)).collect();
            rows.sort_unstable();
            rows.dedup();
            refusals.openings.extend_from_slice(&rows);
            refusals.ends.push(u32::try_from(refusals.openings.len()).unwrap_or(u32::MAX));
        }
        refusals
    }

    /// Openings that the person lists as refused or declined in a referral, sorted.
    pub(crate) fn of(&self, candidate: CandidateIx) -> &[OpeningIx] {
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        let start = candidate.get().checked_sub(1).map_or(0, end);
        self.openings.get(start..end(candidate.get())).unwrap_or_default()
    }
}

/// The openings that a person lists as refused or declined in a referral, whether or not they exist.
pub(crate) fn refused<'a>(
    record: &'a CandidateRecord,
    referrals: &'a [ReferralRecord],
    on: Day,
) -> impl Iterator<Item = &'a OpeningId> {
    let declined = referrals
        .iter()
        .filter(move |it| it.date <= on && it.outcome == Some(crate::words::ReferralOutcome::Declined))
        .filter_map(|it| it.opening.as_ref());
    record.refused.iter().chain(declined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_takes_what_is_looked_at() {
        assert_eq!((size_of::<Person>(), size_of::<Spot>()), (104, 32));
    }
}
