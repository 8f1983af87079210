//! The hard conditions of a policy, one by one (docs/rules.md, "Rules").

use super::answer::{Answer, every, some};
use super::{Pair, function, places, priority, status};
use crate::day::Day;
use crate::input::{AgeLimits, CertificateRecord};
use crate::policy::{LegalAge, Period, RuleSpec, Territory};
use crate::words::{
    Category, Employment, Group, Hukou, OpeningKind, PersonKind, ReferralOutcome, RuleKind, Sex, Willingness,
};

/// The answer of every rule that the policy asks of this pair, in the policy's order.
pub(super) fn answers(pair: Pair<'_>) -> Vec<(RuleKind, Answer)> {
    let welfare = pair.opening.kind.is_welfare();
    let asked = pair.problem.policy().rules().iter().filter(|rule| welfare || !rule.welfare_only);
    asked.map(|rule| (rule.spec.kind(), pair.ask(&rule.spec))).collect()
}

impl Pair<'_> {
    fn ask(self, spec: &RuleSpec) -> Answer {
        match spec {
            RuleSpec::WorkingAge { min_years, retirement } => self.working_age(*min_years, retirement),
            RuleSpec::NotInWork => self.candidate.employment.map(|it| it == Employment::Unemployed),
            RuleSpec::Willing => self.candidate.willingness.map(|it| it != Willingness::None),
            RuleSpec::CertificateValid => self.certificate_valid(),
            RuleSpec::Beneficiary => self.beneficiary(),
            RuleSpec::HardToEmploy => self.candidate.hard_to_employ,
            RuleSpec::Territory(rule) => self.territory(*rule),
            RuleSpec::OpeningDates => Some(self.open_today()),
            RuleSpec::Classes => self.classes(),
            RuleSpec::AgeLimits => self.age_limits(),
            RuleSpec::Education => self.education(),
            RuleSpec::Licence => self.licence(),
            RuleSpec::Function => function::fit(self).answer,
            RuleSpec::Commute => self.commute(),
            RuleSpec::Refusal => Some(!self.refused()),
            RuleSpec::RepeatPlacement { max_placements, max_months, severe_again } => {
                every([self.placements_below(*max_placements), self.months_below(*max_months, *severe_again)])
            }
        }
    }

    fn is_family(self) -> bool {
        self.candidate.kind == PersonKind::FamilyMember
    }

    fn working_age(self, min_years: u8, retirement: &[LegalAge]) -> Answer {
        let birth = self.candidate.birth?;
        let months = self.problem.on().months_since(birth);
        if months < 12 * i32::from(min_years) {
            return Some(false);
        }
        self.by_sex(|sex| {
            let limit = legal_age(retirement, sex, self.problem.on());
            Some(limit.is_none_or(|limit| months < months_at_retirement(limit, birth)))
        })
    }

    /// The answer for the person's sex; where that is unknown, the answer of both if they agree.
    fn by_sex(self, answer: impl Fn(Sex) -> Answer) -> Answer {
        if let Some(sex) = self.candidate.sex {
            return answer(sex);
        }
        let (man, woman) = (answer(Sex::Male), answer(Sex::Female));
        if man == woman { man } else { None }
    }

    fn certificate_valid(self) -> Answer {
        if self.is_family() {
            return Some(true);
        }
        let until = self.candidate.certificate.as_ref()?.valid_until?;
        Some(self.problem.on() <= until)
    }

    fn beneficiary(self) -> Answer {
        if self.is_family() { priority::any_entry(self.problem, self.candidate) } else { Some(true) }
    }

    fn territory(self, rule: Territory) -> Answer {
        let rural = rule.rural_for_rural && self.opening.kind == OpeningKind::RuralWelfare;
        let hukou = if rural { self.candidate.hukou.map(|it| it == Hukou::Rural) } else { Some(true) };
        every([self.on_the_ground(rule), hukou])
    }

    fn on_the_ground(self, rule: Territory) -> Answer {
        let ground = match self.problem.policy().jurisdiction() {
            Some(jurisdiction) => &self.problem.region(jurisdiction)?.code,
            None => &places::county_of(self.problem, self.opening.place.as_ref()?)?.code,
        };
        let inside = |place: &crate::ids::RegionCode| {
            // A place that is stated no closer than around the ground may lie in it.
            let around = place != ground && places::lies_in(self.problem, ground, place);
            (!around).then(|| places::lies_in(self.problem, place, ground))
        };
        let counted =
            [(rule.registered, &self.candidate.registered), (rule.residence, &self.candidate.residence)];
        let counted = counted.iter().filter(|(counts, _)| *counts);
        some(counted.map(|(_, place)| place.as_ref().and_then(inside)))
    }

    fn open_today(self) -> bool {
        Period { from: self.opening.from, until: self.opening.until }.contains(self.problem.on())
    }

    fn classes(self) -> Answer {
        let Some(accepted) = &self.opening.accepts else { return Some(true) };
        if self.is_family() {
            return Some(self.opening.kind.is_welfare());
        }
        let CertificateRecord { category, level, constituents, .. } = self.candidate.certificate.as_ref()?;
        if accepted.iter().any(|it| it.category == *category && it.levels.contains(*level)) {
            return Some(true);
        }
        let named = |class: Category| accepted.iter().any(|it| it.category == class);
        let unnamed = *category == Category::Multiple && !named(*category);
        let perhaps = unnamed && !constituents.is_empty() && constituents.iter().all(named);
        if perhaps { None } else { Some(false) }
    }

    fn age_limits(self) -> Answer {
        self.by_sex(|sex| {
            let (min, max) = limits(self.opening.age, sex);
            if min.is_none() && max.is_none() {
                return Some(true);
            }
            let years = self.problem.on().months_since(self.candidate.birth?).div_euclid(12);
            let old_enough = min.is_none_or(|min| years >= i32::from(min));
            Some(old_enough && max.is_none_or(|max| years <= i32::from(max)))
        })
    }

    fn education(self) -> Answer {
        let Some(asked) = self.opening.education else { return Some(true) };
        self.candidate.education.map(|it| it >= asked)
    }

    fn licence(self) -> Answer {
        let (asked, held) = (&self.opening.licences, &self.candidate.licences);
        if asked.is_empty() {
            return Some(true);
        }
        (!held.is_empty()).then(|| asked.iter().all(|licence| held.contains(licence)))
    }

    fn commute(self) -> Answer {
        let Some(farthest) = self.candidate.max_commute_km.filter(|_| !self.opening.home_based) else {
            return Some(true);
        };
        let way = self.way_to_work();
        let near = way.is_some_and(|(distance, _)| distance <= u64::from(farthest) * 1000);
        if way.is_some_and(|(_, exact)| exact) {
            return Some(near);
        }
        (near || self.same_township()).then_some(true)
    }

    fn refused(self) -> bool {
        let id = &self.opening.id;
        let declined = self.problem.referrals_of(&self.candidate.id).iter().any(|it| {
            it.opening.as_ref() == Some(id)
                && it.outcome == Some(ReferralOutcome::Declined)
                && it.date <= self.problem.on()
        });
        declined || self.candidate.refused.contains(id)
    }

    fn placements_below(self, most: Option<u8>) -> Answer {
        let Some(most) = most else { return Some(true) };
        self.candidate.welfare_placements.map(|before| before < most)
    }

    fn months_below(self, most: Option<u16>, severe_again: bool) -> Answer {
        let Some(most) = most else { return Some(true) };
        if self.candidate.welfare_months? < most {
            return Some(true);
        }
        if severe_again { status::group(self.problem, self.candidate, Group::Severe) } else { Some(false) }
    }
}

fn limits(age: AgeLimits, sex: Sex) -> (Option<u8>, Option<u8>) {
    match sex {
        Sex::Male => (age.min_male, age.max_male),
        Sex::Female => (age.min_female, age.max_female),
    }
}

/// The entry for the sex with the latest `from` that is not after the day.
fn legal_age(entries: &[LegalAge], sex: Sex, on: Day) -> Option<&LegalAge> {
    entries.iter().filter(|it| it.sex == sex && it.from <= on).max_by_key(|it| it.from)
}

/// The age of retirement in months: the years, plus the delay for the month of birth.
fn months_at_retirement(age: &LegalAge, birth: Day) -> i32 {
    let month = |day: Day| {
        let (year, month, _) = day.parts();
        12 * i32::from(year) + i32::from(month)
    };
    let after = age.delay_from.map(|from| month(birth) - month(from)).filter(|months| *months >= 0);
    let step = i32::from(age.step_months.max(1));
    let delay = after.map_or(0, |months| (months / step + 1).min(i32::from(age.max_delay_months)));
    12 * i32::from(age.years) + delay
}
