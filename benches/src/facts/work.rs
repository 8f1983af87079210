//! Occupations, licences, forms and classes as numbers.

use anzhi::Problem;
use anzhi::input::{Accepted, Forms};
use anzhi::text::ShortText;
use anzhi::words::Category;

/// The digits of an occupation's code, so that leaving out two of them leaves the minor group; below 0 for a local code.
pub(super) fn occupation(code: &str) -> i64 {
    let digits = |text: &str| text.replace('-', "").parse::<i64>().unwrap_or(0);
    code.strip_prefix("L-").map_or_else(|| digits(code), |local| -digits(local) - 1)
}

/// The licences that openings ask for, a bit each.
pub(super) struct Licences<'p>(Vec<&'p str>);

impl<'p> Licences<'p> {
    pub(super) fn of(problem: &'p Problem) -> Self {
        let mut names: Vec<&str> =
            problem.openings().iter().flat_map(|it| &it.licences).map(ShortText::as_str).collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    pub(super) fn bits(&self, names: &[ShortText]) -> u64 {
        let bit =
            |name: &ShortText| self.0.binary_search(&name.as_str()).map_or(0, |place| 1 << place.min(63));
        names.iter().fold(0, |bits, name| bits | bit(name))
    }
}

/// A bit for each form.
pub(super) fn forms(forms: Forms) -> u32 {
    forms.iter().fold(0, |bits, form| bits | 1 << form.index())
}

/// The bit of a class at a level.
pub(super) fn class_bit(category: Category, level: u8) -> u32 {
    1 << (category.index() * 4 + usize::from(level.saturating_sub(1)))
}

/// A bit for each class and level that is accepted.
pub(super) fn accepted(list: &[Accepted]) -> u32 {
    let bits = |it: &Accepted| it.levels.iter().fold(0, |bits, level| bits | class_bit(it.category, level));
    list.iter().fold(0, |all, it| all | bits(it))
}
