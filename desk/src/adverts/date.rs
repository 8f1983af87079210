//! Days as adverts, platforms and spreadsheets write them.

use super::text::{patterns, tight};
use super::{Finding, Reading};

/// A day of the Gregorian calendar between the years 1 and 9999. Later is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` if the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || day == 0 || day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

patterns! {
    YEAR_FIRST = r"^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?(?:T?\d{1,2}[:时].*)?$";
    TIME_AFTER = r"^(\d{4}[-/.]\d{1,2}[-/.]\d{2})(\d{1,2}:\d{2}.*)$";
    JOINED = r"^(\d{4})(\d{2})(\d{2})$";
    MONTH_ONLY = r"^\d{4}(?:年|[-/.])\d{1,2}月?$";
    YEAR_LAST = r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$";
    SHORT_YEAR = r"^\d{2}年\d{1,2}月\d{1,2}[日号]?$";
    SERIAL = r"^(\d{5})(?:\.\d+)?$";
    OPEN = r"长期|不限|招满|至今|永久|随时";
}

/// Reads one day: `2026年07月10日`, `2026-07-07 15:58:18`, `2027/01/01 00:00:00`, `2025-10-31`,
/// `20251031`, or the day number that a spreadsheet keeps (`46213`, with a finding).
///
/// A time of day is dropped. An empty cell is no day and no finding.
///
/// ```
/// use anzhi_desk::adverts::date;
///
/// let day = date::read("2026年07月10日").value.expect("a day");
/// assert_eq!(day.to_string(), "2026-07-10");
/// ```
pub fn read(text: &str) -> Reading<Option<Date>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    let text = TIME_AFTER.replace(&text, "${1}T$2");
    if let Some(parts) = YEAR_FIRST.captures(&text).or_else(|| JOINED.captures(&text)) {
        let [year, month, day] = [1, 2, 3].map(|place| parts.get(place).map_or("", |part| part.as_str()));
        return calendar(year, month, day);
    }
    if let Some(serial) = SERIAL.captures(&text).and_then(|parts| parts.get(1)) {
        return match serial.as_str().parse().ok().and_then(from_serial) {
            Some(day) => Reading::with(Some(day), Finding::SpreadsheetDay),
            None => Reading::with(None, Finding::UnreadableDate),
        };
    }
    Reading::with(None, fault_of(&text))
}

fn fault_of(text: &str) -> Finding {
    if OPEN.is_match(text) {
        Finding::OpenEndedDate
    } else if MONTH_ONLY.is_match(text) {
        Finding::DayMissing
    } else if YEAR_LAST.is_match(text) || SHORT_YEAR.is_match(text) {
        Finding::DateOrderUnclear
    } else {
        Finding::UnreadableDate
    }
}

fn calendar(year: &str, month: &str, day: &str) -> Reading<Option<Date>> {
    let day = (|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))();
    match day {
        Some(day) => Reading::clean(Some(day)),
        None => Reading::with(None, Finding::ImpossibleDate),
    }
}

/// The day that a spreadsheet of the 1900 system keeps as this number, from 1954-10-03 (20 000) to
/// 2119-01-10 (79 999): outside of these a number is more likely something else.
fn from_serial(serial: u32) -> Option<Date> {
    if !(20_000..80_000).contains(&serial) {
        return None;
    }
    let mut left = serial - 2; // day 1 is 1900-01-01, and the system counts a 29 February 1900
    let mut year = 1900_u16;
    loop {
        let length = 337 + u32::from(days_in(year, 2));
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    for month in 1..=12_u8 {
        let length = u32::from(days_in(year, month));
        if left < length {
            return Date::new(year, month, u8::try_from(left + 1).ok()?);
        }
        left -= length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Date, Finding, read};

    fn day(text: &str) -> String {
        read(text).value.map_or_else(String::new, |day| day.to_string())
    }

    #[test]
    fn forms_of_the_real_adverts() {
        for (text, expected) in [
            ("2026年07月10日", "2026-07-10"),
            ("2026-07-07 15:58:18", "2026-07-07"),
            ("2027/01/01 00:00:00", "2027-01-01"),
            ("2025-10-31", "2025-10-31"),
            ("2026-07-07T15:58:18Z", "2026-07-07"),
            ("２０２６．７．１", "2026-07-01"),
            ("20240229", "2024-02-29"),
            ("", ""),
        ] {
            assert_eq!((day(text).as_str(), read(text).findings.len()), (expected, 0), "{text}");
        }
    }

    #[test]
    fn day_numbers_of_spreadsheets() {
        // 45 292 is 2024-01-01, 60 000 is 2064-04-08 (both as LibreOffice shows them)
        assert_eq!(read("45292").value, Date::new(2024, 1, 1));
        assert_eq!(read("60000.5").value, Date::new(2064, 4, 8));
        assert_eq!(read("45292").findings, [Finding::SpreadsheetDay]);
        assert_eq!(read("19999").findings, [Finding::UnreadableDate]);
    }

    #[test]
    fn faults_name_what_is_wrong() {
        for (text, fault) in [
            ("2023-02-29", Finding::ImpossibleDate),
            ("2023年13月1日", Finding::ImpossibleDate),
            ("2026年7月", Finding::DayMissing),
            ("7/10/2026", Finding::DateOrderUnclear),
            ("26-7-10", Finding::DateOrderUnclear),
            ("长期有效", Finding::OpenEndedDate),
            ("下周", Finding::UnreadableDate),
        ] {
            assert_eq!((read(text).value, read(text).findings), (None, vec![fault]), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", shaped in "[0-9]{0,9}[年/.-]?[0-9]{0,3}[月/.-]?[0-9]{0,9}") {
            let _ = (read(&text), read(&shaped));
        }
    }
}
