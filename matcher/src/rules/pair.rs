//! Rules that depend on the pair.

use super::finding::{Finding, Found};
use super::{Judge, function};
use crate::columns::{Person, Post};
use crate::day::Day;
use crate::ids::{CandidateIx, OpeningIx, RegionCode};
use crate::input::{CandidateRecord, OpeningRecord, RegionLevel};
use crate::policy::RuleSpec;
use crate::text::ShortText;
use crate::words::{Category, Datum, Hukou, OpeningKind, PersonKind, RuleKind, Sex};

/// What rules of the pair look at in the record of a person: where they belong, and the licences they hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home<'a> {
    pub(crate) registered: Option<&'a RegionCode>,
    pub(crate) residence: Option<&'a RegionCode>,
    pub(crate) hukou: Option<Hukou>,
    pub(crate) licences: &'a [ShortText],
}

/// What rules of the pair look at in the record of an opening: whom it is for, and the licences it asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work<'a> {
    pub(crate) place: Option<&'a RegionCode>,
    pub(crate) kind: OpeningKind,
    pub(crate) licences: &'a [ShortText],
}

impl<'a> Work<'a> {
    pub(crate) fn of(record: &'a OpeningRecord) -> Self {
        Self { place: record.place.as_ref(), kind: record.kind, licences: &record.licences }
    }
}

impl<'a> Home<'a> {
    pub(crate) fn of(record: &'a CandidateRecord) -> Self {
        Self {
            registered: record.registered.as_ref(),
            residence: record.residence.as_ref(),
            hukou: record.hukou,
            licences: &record.licences,
        }
    }
}

impl Judge<'_> {
    pub(super) fn say_pair(&self, candidate: CandidateIx, opening: OpeningIx, say: &mut dyn FnMut(Finding)) {
        let (person, post) = (&self.columns.persons[candidate], &self.columns.posts[opening]);
        let asked = |kind: RuleKind| self.spec(kind, post.kind.is_welfare()).is_some();
        if let Some(RuleSpec::Territory(territory)) = self.spec(RuleKind::Territory, post.kind.is_welfare()) {
            let (belonging, ground) = (self.belonging(self.home(candidate)), self.ground(self.work(opening)));
            self.territory(*territory, belonging, ground).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::OpeningDates) {
            self.opening_dates(post).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::Classes) {
            classes(person, post).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::AgeLimits) {
            age_limits(person, post, self.problem.on()).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::Education) {
            education(person, post).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::Licence) {
            let (held, asked) = (self.home(candidate).licences, self.work(opening).licences);
            licences(held, asked).into_iter().for_each(&mut *say);
        }
        if asked(RuleKind::Function) {
            function::say(person, post, say);
        }
        if asked(RuleKind::Commute) {
            commute(person, post, say);
        }
        if asked(RuleKind::Refusal) && self.columns.refusals.of(candidate).binary_search(&opening).is_ok() {
            say(Finding::no(RuleKind::Refusal, Found::Nothing, Found::Nothing));
        }
    }

    pub(crate) fn home(&self, candidate: CandidateIx) -> Home<'_> {
        Home::of(&self.problem.candidates()[candidate.get()])
    }

    pub(crate) fn work(&self, opening: OpeningIx) -> Work<'_> {
        Work::of(&self.problem.openings()[opening.get()])
    }

    pub(super) fn opening_dates(&self, post: &Post) -> Option<Finding> {
        let on = self.problem.on();
        let wrong = post.from.filter(|from| on < *from).or(post.until.filter(|until| *until < on))?;
        Some(Finding::no(RuleKind::OpeningDates, Found::Day(on), Found::Day(wrong)))
    }
}

pub(super) fn age_limits(person: &Person, post: &Post, on: Day) -> Option<Finding> {
    let male = (post.age.min_male, post.age.max_male);
    let female = (post.age.min_female, post.age.max_female);
    let limits = match person.sex {
        Some(Sex::Male) => [Some(male), None],
        Some(Sex::Female) => [Some(female), None],
        None => [Some(male), Some(female)],
    };
    let limits = limits.into_iter().flatten();
    if limits.clone().all(|limit| limit == (None, None)) {
        return None;
    }
    let Some(birth) = person.birth else {
        return Some(Finding::unknown(RuleKind::AgeLimits, Datum::Birth));
    };
    let age = on.age_of(birth);
    let outside = |(low, high): &(Option<u8>, Option<u8>)| {
        low.is_some_and(|low| age < i32::from(low)) || high.is_some_and(|high| age > i32::from(high))
    };
    let (failed, all) = (limits.clone().filter(outside).count(), limits.clone().count());
    if failed == 0 {
        return None;
    }
    if failed < all {
        return Some(Finding::unknown(RuleKind::AgeLimits, Datum::Sex));
    }
    let (low, high) = limits.clone().find(outside)?;
    Some(Finding::no(RuleKind::AgeLimits, Found::Number(i64::from(age)), Found::Range(low, high)))
}

pub(super) fn classes(person: &Person, post: &Post) -> Option<Finding> {
    let accepts = post.accepts?;
    if person.kind == PersonKind::FamilyMember {
        let foreign = Finding::no(RuleKind::Classes, Found::Nothing, Found::Nothing);
        return (!post.kind.is_welfare()).then_some(foreign);
    }
    let Some(certificate) = person.certificate else {
        return Some(Finding::unknown(RuleKind::Classes, Datum::Certificate));
    };
    if accepts[certificate.category.index()].contains(certificate.level) {
        return None;
    }
    let multiple = certificate.category == Category::Multiple && !post.names(Category::Multiple);
    let parts = Category::ALL.iter().filter(|class| certificate.constituents & (1 << class.index()) != 0);
    if multiple && certificate.constituents != 0 && parts.copied().all(|class| post.names(class)) {
        return Some(Finding::unknown(RuleKind::Classes, Datum::AcceptsMultiple));
    }
    Some(Finding::no(
        RuleKind::Classes,
        Found::Class(certificate.category, certificate.level),
        Found::Nothing,
    ))
}

pub(super) fn education(person: &Person, post: &Post) -> Option<Finding> {
    let asked = post.education?;
    match person.education {
        None => Some(Finding::unknown(RuleKind::Education, Datum::Education)),
        Some(own) if own < asked => {
            Some(Finding::no(RuleKind::Education, Found::Education(own), Found::Education(asked)))
        }
        Some(_) => None,
    }
}

pub(super) fn licences(held: &[ShortText], asked: &[ShortText]) -> Option<Finding> {
    let lacking = asked.iter().position(|asked| !held.contains(asked))?;
    if held.is_empty() {
        return Some(Finding::unknown(RuleKind::Licence, Datum::Licences));
    }
    let asked = Found::Licence(u32::try_from(lacking).unwrap_or(u32::MAX));
    Some(Finding::no(RuleKind::Licence, Found::Nothing, asked))
}

fn commute(person: &Person, post: &Post, say: &mut dyn FnMut(Finding)) {
    let Some(limit) = person.max_commute_km().filter(|_| !post.home_based) else { return };
    let mut unknown = |datum| say(Finding::unknown(RuleKind::Commute, datum));
    if !post.spot.is_known() || !person.spot.is_known() {
        return unknown(if post.spot.is_known() { Datum::Residence } else { Datum::Place });
    }
    let needed = needed_km(person, post);
    if needed.is_some_and(|km| km <= u64::from(limit)) {
        return;
    }
    if let Some(far) = needed.filter(|_| person.spot.is_exact() && post.spot.is_exact()) {
        let far = Found::Number(i64::try_from(far).unwrap_or(i64::MAX));
        return say(Finding::no(RuleKind::Commute, far, Found::Number(i64::from(limit))));
    }
    if !person.spot.is_exact() {
        unknown(Datum::Coordinates);
    }
    if !post.spot.is_exact() {
        unknown(Datum::PlaceCoordinates);
    }
}

/// The least limit, in whole kilometres, with which a person may go to an opening that is not home-based; `None` where
/// the way is not known at all.
fn needed_km(person: &Person, post: &Post) -> Option<u64> {
    let exact = person.spot.is_exact() && post.spot.is_exact();
    let neighbours = [RegionLevel::Village, RegionLevel::Township];
    if !exact && neighbours.iter().any(|level| person.spot.shares(&post.spot, *level)) {
        return Some(0);
    }
    person.spot.metres(&post.spot).map(|metres| metres.div_ceil(1000))
}
