//! Citizen and certificate numbers of a row: checked against the columns, used where these are empty, then dropped.

use anzhi::day::Day;
use anzhi::issue::IssueCode;
use anzhi::words::{Category, Sex};

use super::row::{Cells, day_of};
use crate::adverts::date::Date;
use crate::adverts::disability;
use crate::people::{Birth, Certificate, CertificateFault, Citizen, CitizenFault};

/// What the numbers of a row say.
#[derive(Clone, Copy, Default)]
pub(super) struct Papers {
    birth: Option<Day>,
    sex: Option<Sex>,
    category: Option<Category>,
    level: Option<u8>,
}

impl Papers {
    /// Checks both numbers. Of a made-up person (`synthetic`) the birth year may be impossible. Nothing is derived
    /// from a number with a fault, nor from a certificate that begins with another person's number.
    pub(super) fn read(cells: &mut Cells<'_>, synthetic: bool) -> Self {
        let (id, certificate) = (cells.text("id_number"), cells.text("certificate_number"));
        let same = if id.is_empty() { None } else { Certificate::is_of(certificate, id) };
        if same == Some(false) {
            cells.say(IssueCode::CertificateIdDiffers, "certificate_number");
        }
        // The day of the run is not known here; the engine finds births after it.
        let Some(on) = Date::new(9999, 12, 31) else { return Self::default() };
        let mut papers = Self::default();
        if let Some(citizen) = citizen(cells, id, on) {
            papers.person(cells, "id_number", citizen, synthetic);
        }
        if let Some(read) = certified(cells, certificate, on).filter(|_| same != Some(false)) {
            papers.category = Some(category_of(read.class()));
            papers.level = Some(read.level());
            if id.is_empty() {
                papers.person(cells, "certificate_number", read.citizen(), synthetic);
            }
        }
        papers
    }

    fn person(&mut self, cells: &mut Cells<'_>, field: &'static str, citizen: Citizen, synthetic: bool) {
        match citizen.birth() {
            _ if citizen.is_doubtful() && !synthetic => cells.say(IssueCode::NumberRounded, field),
            Birth::Day(day) => {
                self.birth = day_of(day);
                self.sex = Some(sex_of(citizen.sex()));
            }
            Birth::Synthetic if synthetic => self.sex = Some(sex_of(citizen.sex())),
            Birth::Synthetic => cells.say(IssueCode::IdNumberDate, field),
        }
    }

    /// The birth date: of the column, else of the number. A made-up person's is not compared.
    pub(super) fn birth(self, cells: &mut Cells<'_>, synthetic: bool) -> Option<Day> {
        let column = cells.day("birth");
        if !synthetic {
            differs(cells, column, self.birth, IssueCode::BirthDiffers, "birth");
        }
        column.or(self.birth)
    }

    /// The sex: of the column, else of the number.
    pub(super) fn sex(self, cells: &mut Cells<'_>) -> Option<Sex> {
        let reading = disability::sex(cells.text("sex"));
        let column = cells.take("sex", IssueCode::NotAWord, reading).map(sex_of);
        differs(cells, column, self.sex, IssueCode::SexDiffers, "sex");
        column.or(self.sex)
    }

    /// The class of disability: of the column, else of the certificate number.
    pub(super) fn category(self, cells: &mut Cells<'_>) -> Option<Category> {
        let reading = disability::class(cells.text("category"));
        let column = cells.take("category", IssueCode::NotAWord, reading).map(category_of);
        differs(cells, column, self.category, IssueCode::CertificateClass, "category");
        column.or(self.category)
    }

    /// The level of disability: of the column, else of the certificate number.
    pub(super) fn level(self, cells: &mut Cells<'_>) -> Option<u8> {
        let reading = disability::level(cells.text("level"));
        let out_of_scale = reading.findings.contains(&crate::adverts::Finding::LevelOutOfScale);
        let code = if out_of_scale { IssueCode::LevelRange } else { IssueCode::NotAWord };
        let column = cells.take("level", code, reading);
        differs(cells, column, self.level, IssueCode::CertificateLevel, "level");
        column.or(self.level)
    }
}

/// Notes that a column and a number contradict each other.
fn differs<T: PartialEq>(
    cells: &mut Cells<'_>,
    column: Option<T>,
    number: Option<T>,
    code: IssueCode,
    field: &'static str,
) {
    if let (Some(column), Some(number)) = (column, number)
        && column != number
    {
        cells.say(code, field);
    }
}

fn citizen(cells: &mut Cells<'_>, text: &str, on: Date) -> Option<Citizen> {
    let fault = match Citizen::read(text, on) {
        Ok(citizen) => return Some(citizen),
        Err(CitizenFault::Empty) => return None,
        Err(fault) => fault,
    };
    cells.say(citizen_code(fault), "id_number");
    None
}

const fn citizen_code(fault: CitizenFault) -> IssueCode {
    match fault {
        CitizenFault::Rounded => IssueCode::NumberRounded,
        CitizenFault::CheckCharacter => IssueCode::IdNumberCheck,
        CitizenFault::ImpossibleDate => IssueCode::IdNumberDate,
        _ => IssueCode::IdNumberForm,
    }
}

fn certified(cells: &mut Cells<'_>, text: &str, on: Date) -> Option<Certificate> {
    let fault = match Certificate::read(text, on) {
        Ok(certificate) => return Some(certificate),
        Err(CertificateFault::Empty) => return None,
        Err(fault) => fault,
    };
    let code = match fault {
        CertificateFault::Rounded => IssueCode::NumberRounded,
        CertificateFault::Citizen(fault) => citizen_code(fault),
        _ => IssueCode::CertificateForm,
    };
    cells.say(code, "certificate_number");
    None
}

const fn sex_of(sex: disability::Sex) -> Sex {
    match sex {
        disability::Sex::Male => Sex::Male,
        disability::Sex::Female => Sex::Female,
    }
}

/// A class of the readers as a category of the records.
pub(super) const fn category_of(class: disability::Class) -> Category {
    match class {
        disability::Class::Visual => Category::Visual,
        disability::Class::Hearing => Category::Hearing,
        disability::Class::Speech => Category::Speech,
        disability::Class::Physical => Category::Physical,
        disability::Class::Intellectual => Category::Intellectual,
        disability::Class::Mental => Category::Mental,
        disability::Class::Multiple => Category::Multiple,
    }
}
