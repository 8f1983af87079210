//! Rules that depend on the person and the day alone.

use super::Judge;
use super::finding::{Answer, Finding, Found};
use crate::day::Day;
use crate::ids::CandidateIx;
use crate::input::CandidateRecord;
use crate::policy::{LegalAge, RuleSpec};
use crate::words::{Datum, Employment, Group, PersonKind, RuleKind, Sex, Willingness};

impl Judge<'_> {
    pub(super) fn say_person(&self, row: CandidateIx, say: &mut dyn FnMut(Finding)) {
        let record = &self.problem.candidates()[row.get()];
        let found = [
            self.working_age(record),
            self.asked(RuleKind::NotInWork).and_then(|()| not_in_work(record)),
            self.asked(RuleKind::Willing).and_then(|()| willing(record)),
            self.asked(RuleKind::CertificateValid)
                .and_then(|()| certificate_valid(record, self.problem.on())),
            self.asked(RuleKind::Beneficiary).and_then(|()| self.beneficiary(row, record)),
            self.asked(RuleKind::HardToEmploy).and_then(|()| hard_to_employ(record)),
        ];
        found.into_iter().flatten().for_each(&mut *say);
        self.repeat_placement(row, record, say);
    }

    /// Whether the policy has this rule at all; which openings it is asked for is seen to later.
    fn asked(&self, kind: RuleKind) -> Option<()> {
        self.spec(kind, true).map(|_| ())
    }

    fn working_age(&self, record: &CandidateRecord) -> Option<Finding> {
        let Some(RuleSpec::WorkingAge { min_years, retirement }) = self.spec(RuleKind::WorkingAge, true)
        else {
            return None;
        };
        let Some(birth) = record.birth else {
            return Some(Finding::unknown(RuleKind::WorkingAge, Datum::Birth));
        };
        let age = self.problem.on().age_of(birth);
        if age < i32::from(*min_years) {
            let asked = Found::Range(Some(*min_years), None);
            return Some(Finding::no(RuleKind::WorkingAge, Found::Number(i64::from(age)), asked));
        }
        let retired = |sex: Sex| retired(retirement, sex, birth, self.problem.on());
        let either = || Some(retired(Sex::Male)).filter(|male| *male == retired(Sex::Female));
        match record.sex.map_or_else(either, |sex| Some(retired(sex))) {
            Some(true) => {
                Some(Finding::no(RuleKind::WorkingAge, Found::Number(i64::from(age)), Found::Nothing))
            }
            Some(false) => None,
            None => Some(Finding::unknown(RuleKind::WorkingAge, Datum::Sex)),
        }
    }

    fn beneficiary(&self, row: CandidateIx, record: &CandidateRecord) -> Option<Finding> {
        if record.kind == PersonKind::Disabled {
            return None;
        }
        match self.membership(row).meant {
            Answer::Yes => None,
            Answer::No => Some(Finding::no(RuleKind::Beneficiary, Found::Nothing, Found::Nothing)),
            Answer::Unknown => Some(Finding::unknown(RuleKind::Beneficiary, Datum::HouseholdStatus)),
        }
    }

    fn repeat_placement(&self, row: CandidateIx, record: &CandidateRecord, say: &mut dyn FnMut(Finding)) {
        let Some(RuleSpec::RepeatPlacement { max_placements, max_months, severe_again }) =
            self.spec(RuleKind::RepeatPlacement, true)
        else {
            return;
        };
        let rule = RuleKind::RepeatPlacement;
        if let Some(most) = max_placements {
            match record.welfare_placements {
                None => say(Finding::unknown(rule, Datum::WelfarePlacements)),
                Some(had) if had >= *most => {
                    say(Finding::no(rule, Found::Times(had), Found::Times(*most)));
                }
                Some(_) => {}
            }
        }
        let Some(most) = max_months else { return };
        match record.welfare_months {
            None => say(Finding::unknown(rule, Datum::WelfareMonths)),
            Some(had) if had >= *most => {
                let severe = if *severe_again {
                    self.membership(row).answers[Group::Severe.index()]
                } else {
                    Answer::No
                };
                match severe {
                    Answer::Yes => {}
                    Answer::No => {
                        say(Finding::no(rule, Found::Months(had), Found::Months(*most)));
                    }
                    Answer::Unknown => say(Finding::unknown(rule, Datum::Certificate)),
                }
            }
            Some(_) => {}
        }
    }
}

fn not_in_work(record: &CandidateRecord) -> Option<Finding> {
    match record.employment {
        Some(Employment::Unemployed) => None,
        Some(Employment::Employed) => Some(Finding::no(RuleKind::NotInWork, Found::Nothing, Found::Nothing)),
        None => Some(Finding::unknown(RuleKind::NotInWork, Datum::Employment)),
    }
}

fn willing(record: &CandidateRecord) -> Option<Finding> {
    match record.willingness {
        Some(Willingness::None) => Some(Finding::no(RuleKind::Willing, Found::Nothing, Found::Nothing)),
        Some(_) => None,
        None => Some(Finding::unknown(RuleKind::Willing, Datum::Willingness)),
    }
}

fn certificate_valid(record: &CandidateRecord, on: Day) -> Option<Finding> {
    if record.kind == PersonKind::FamilyMember {
        return None;
    }
    let Some(certificate) = &record.certificate else {
        return Some(Finding::unknown(RuleKind::CertificateValid, Datum::Certificate));
    };
    match certificate.valid_until {
        None => Some(Finding::unknown(RuleKind::CertificateValid, Datum::CertificateUntil)),
        Some(until) if until < on => {
            Some(Finding::no(RuleKind::CertificateValid, Found::Day(until), Found::Day(on)))
        }
        Some(_) => None,
    }
}

fn hard_to_employ(record: &CandidateRecord) -> Option<Finding> {
    match record.hard_to_employ {
        Some(true) => None,
        Some(false) => Some(Finding::no(RuleKind::HardToEmploy, Found::Nothing, Found::Nothing)),
        None => Some(Finding::unknown(RuleKind::HardToEmploy, Datum::HardToEmploy)),
    }
}

/// Whether a person of this sex and birth has reached the statutory age on a day.
fn retired(table: &[LegalAge], sex: Sex, birth: Day, on: Day) -> bool {
    let in_force = table.iter().filter(|it| it.sex == sex && it.from <= on).max_by_key(|it| it.from);
    let Some(age) = in_force else { return false };
    let months = i32::from(age.years) * 12 + delay_months(age, birth);
    birth.plus_months(months).is_some_and(|reached| on >= reached)
}

fn delay_months(age: &LegalAge, birth: Day) -> i32 {
    let Some(first) = age.delay_from else { return 0 };
    let month = |day: Day| {
        let (year, month, _) = day.parts();
        i32::from(year) * 12 + i32::from(month)
    };
    let later = month(birth) - month(first);
    if later < 0 {
        return 0;
    }
    (later / i32::from(age.step_months.max(1)) + 1).min(i32::from(age.max_delay_months))
}
