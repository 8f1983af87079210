//! Pay as adverts write it: cells of a wage column, sentences of notices, and titles.
//!
//! Only what is said to be pay by the month in yuan fills the monthly bounds; an hour, a day or a year, another
//! currency, or a figure whose period is in doubt stays an amount with its unit. Nothing is converted.

mod scan;

use super::text::is_traditional_money;
use super::{Finding, Reading};
use scan::{Bound, Found, Mode, scan};

/// What a figure is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Whose money it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Currency {
    /// Yuan of the People's Republic (人民币).
    #[default]
    Cny,
    /// New Taiwan dollar (新臺幣).
    Twd,
    /// Any other that was named.
    Other,
}

/// Pay as stated. All fields empty: not stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wage {
    /// Least pay in whole yuan a month.
    pub min_month: Option<u32>,
    /// Most pay in whole yuan a month; empty where only "at least" is said.
    pub max_month: Option<u32>,
    /// The unit that is stated; empty where none is.
    pub unit: Option<Unit>,
    /// A figure that is not yuan a month, in hundredths, and the lower end of a range.
    pub amount: Option<u32>,
    /// The upper end of a range of such figures, in hundredths.
    pub amount_to: Option<u32>,
    /// The currency of all figures.
    pub currency: Currency,
}

/// Reads a cell or a sentence about pay, such as `月薪4000-5000元`, `23元/小时`, `每年补助4000元`.
///
/// ```
/// use anzhi_desk::adverts::wage;
///
/// let wage = wage::read("薪资5-7K").value;
/// assert_eq!((wage.min_month, wage.max_month), (Some(5000), Some(7000)));
/// let wage = wage::read("每月不低于1820元").value;
/// assert_eq!((wage.min_month, wage.max_month), (Some(1820), None));
/// ```
pub fn read(text: &str) -> Reading<Wage> {
    read_as(text, Mode::Cell)
}

/// Reads a cell under a heading that says "a month" (月薪): bare figures are yuan a month there.
pub fn monthly(text: &str) -> Reading<Wage> {
    read_as(text, Mode::Monthly)
}

/// Finds pay in the title of an advert. `None` where the title speaks of none; other numbers in a title
/// (hours, places, seats) are no pay.
///
/// ```
/// use anzhi_desk::adverts::wage;
///
/// assert!(wage::from_title("10086接听客服，8小时，双休").is_none());
/// let wage = wage::from_title("包装工、计件5500-8500元/ 月 、包吃住").expect("pay").value;
/// assert_eq!((wage.min_month, wage.max_month), (Some(5500), Some(8500)));
/// ```
pub fn from_title(title: &str) -> Option<Reading<Wage>> {
    let reading = read_as(title, Mode::Title);
    let wage = reading.value;
    let figure = wage.min_month.or(wage.max_month).or(wage.amount);
    figure.is_some().then_some(reading)
}

fn read_as(text: &str, mode: Mode) -> Reading<Wage> {
    let mut scanned = scan(text, mode);
    if !scanned.found.is_empty() {
        scanned.findings.retain(|finding| *finding != Finding::NegotiableWage);
    }
    let mut reading = Reading { value: Wage::default(), findings: scanned.findings };
    if is_traditional_money(text) || text.contains('臺') {
        reading.value.currency = Currency::Twd;
        reading.note(Finding::OtherCurrency);
    } else if scanned.foreign {
        reading.value.currency = Currency::Other;
        reading.note(Finding::OtherCurrency);
    }
    for found in &scanned.found {
        add(&mut reading, found);
    }
    if reading.value.unit.is_none() {
        reading.value.unit = scanned.minimum_wage_unit;
    }
    if scanned.found.is_empty()
        && reading.findings.is_empty()
        && !text.trim().is_empty()
        && mode != Mode::Title
    {
        reading.note(Finding::UnreadableWage);
    }
    let wage = &mut reading.value;
    if wage.min_month.zip(wage.max_month).is_some_and(|(min, max)| min > max) {
        (wage.min_month, wage.max_month) = (None, None);
        reading.note(Finding::WageContradicts);
    }
    reading
}

/// Takes one more figure in. A guaranteed base (保底) is the least pay whatever else is promised.
fn add(reading: &mut Reading<Wage>, found: &Found) {
    let wage = &mut reading.value;
    let by_month = found.unit == Some(Unit::Month) || found.assumed_month;
    if by_month && wage.currency == Currency::Cny {
        let (low, high) = (found.low / 100, found.high / 100);
        if !(PLAUSIBLE.contains(&low) && PLAUSIBLE.contains(&high)) {
            reading.note(Finding::ImplausibleWage);
            return;
        }
        let (min, max) = match found.bound {
            Bound::Exact => (Some(low), Some(high)),
            Bound::AtLeast | Bound::Base => (Some(low), None),
            Bound::AtMost => (None, Some(high)),
        };
        let first = wage.min_month.is_none() && wage.max_month.is_none();
        wage.min_month = match (wage.min_month, min) {
            (Some(before), Some(now)) => Some(before.min(now)),
            (before, now) => before.or(now),
        };
        wage.max_month = match (wage.max_month, max) {
            (Some(before), Some(now)) => Some(before.max(now)),
            (before, now) => before.or(now),
        };
        if !first {
            reading.note(Finding::SeveralWages);
        }
    } else if wage.amount.is_none() {
        wage.amount = Some(found.low);
        wage.amount_to = (found.high != found.low).then_some(found.high);
    } else {
        reading.note(Finding::SeveralWages);
    }
    reading.value.unit = reading.value.unit.or(found.unit);
}

/// Yuan a month between which a figure is taken as written: wider than any pay seen in adverts (240 to
/// 15 000), narrow enough to stop a `5-7` without its K and a telephone number.
const PLAUSIBLE: std::ops::RangeInclusive<u32> = 100..=200_000;

#[cfg(test)]
mod tests;
