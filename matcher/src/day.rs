//! A calendar day, and ages counted from it.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the civil (Gregorian) calendar; no time, no zone. Written `YYYY-MM-DD`.
///
/// An `Option` of it takes 4 bytes as it does itself: records hold many days that are unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroU32);

/// Added to a year, so that none is negative.
const YEARS: i16 = 10_000;

/// The text was not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl fmt::Display for NotADay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day of the calendar; write it as YYYY-MM-DD")
    }
}

impl std::error::Error for NotADay {}

impl Day {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::of)
    }

    /// One more than year, month and day side by side as bits, so that days compare as numbers.
    fn of(date: Date) -> Self {
        let part = |part: i16| u32::from(part.unsigned_abs());
        let bits = part(date.year() + YEARS) << 9 | part(date.month().into()) << 5 | part(date.day().into());
        Self(NonZeroU32::MIN.saturating_add(bits))
    }

    fn date(self) -> Date {
        let (year, month, day) = self.parts();
        Date::new(year, month, day).unwrap_or_default()
    }

    /// Year, month (1–12) and day of the month (1–31).
    #[must_use]
    pub fn parts(self) -> (i16, i8, i8) {
        let bits = self.0.get() - 1;
        let low = |bits: u32| i8::try_from(bits).unwrap_or_default();
        (i16::try_from(bits >> 9).unwrap_or_default() - YEARS, low(bits >> 5 & 0xF), low(bits & 0x1F))
    }

    /// Whole days from 1970-01-01; negative before it.
    #[must_use]
    pub fn number(self) -> i32 {
        let epoch = date(1970, 1, 1);
        let seconds = self.date().duration_since(epoch).as_secs();
        i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX)
    }

    /// Whole days from `earlier` to this day; negative if this day comes first.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.number() - earlier.number()
    }

    /// Whole months completed from `birth` to this day; negative if this day comes first. A month is
    /// complete on the same day of the month, and a birth on the 31st counts on the first day after a short
    /// month has ended.
    #[must_use]
    pub fn months_since(self, birth: Self) -> i32 {
        let (year, month, day) = self.parts();
        let (birth_year, birth_month, birth_day) = birth.parts();
        let months =
            (i32::from(year) - i32::from(birth_year)) * 12 + i32::from(month) - i32::from(birth_month);
        months - i32::from(day < birth_day)
    }

    /// Completed years of age on this day (周岁).
    #[must_use]
    pub fn age_of(self, birth: Self) -> i32 {
        self.months_since(birth).div_euclid(12)
    }

    /// The same day of the month, that many months later; the month's last day where there is no such day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let (year, month, day) = self.parts();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        let first = Date::new(year, month, 1).ok()?;
        Self::new(year, month, day.min(first.days_in_month()))
    }

    /// The day that many days later.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        self.date().checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Self::of)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    /// Accepts `YYYY-MM-DD` only.
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let well_formed = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !well_formed {
            return Err(NotADay);
        }
        text.parse::<Date>().map(Self::of).map_err(|_| NotADay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom(format!("`{text}` is {NotADay}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn months_later_is_what_the_calendar_s_own_sum_says() {
        for (first, months) in [("1964-07-31", 1), ("2024-02-29", 12), ("2023-12-31", -10), ("0001-01-30", 0)]
        {
            for months in [months, months + 720, months - 13, 200_000, -200_000, i32::MAX, i32::MIN] {
                let span = jiff::Span::new().try_months(months).ok();
                let sum = span.and_then(|span| day(first).date().checked_add(span).ok()).map(Day::of);
                assert_eq!(day(first).plus_months(months), sum, "{first} {months}");
            }
        }
    }

    #[test]
    fn ages_count_completed_months() {
        assert_eq!(day("2024-06-30").age_of(day("1964-07-01")), 59);
        assert_eq!(day("2024-07-01").age_of(day("1964-07-01")), 60);
        assert_eq!(day("2026-11-30").months_since(day("1972-03-31")), 54 * 12 + 7);
        assert_eq!(day("2023-03-01").months_since(day("2023-01-31")), 1);
        assert_eq!(day("2020-01-01").age_of(day("2020-06-01")), -1);
    }

    #[test]
    fn days_compare_and_come_back_over_the_whole_calendar() {
        let edges = [
            (-9999, 1, 1),
            (-1, 12, 31),
            (0, 1, 1),
            (1899, 12, 31),
            (1900, 1, 1),
            (2024, 2, 29),
            (9999, 12, 31),
        ];
        let days = edges.map(|(year, month, day)| Day::new(year, month, day).expect("a day"));
        assert_eq!(days.map(Day::parts), edges);
        assert!(days.is_sorted() && days.map(Day::number).is_sorted());
        assert_eq!(size_of::<Option<Day>>(), 4);
    }

    #[test]
    fn only_real_days_in_one_form() {
        for wrong in ["2024-02-30", "2024-2-3", "20240203", "", "2024-02-03 ", "２０２４-02-03", "-024-01-01"]
        {
            assert_eq!(wrong.parse::<Day>(), Err(NotADay), "{wrong}");
        }
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        assert_eq!(day("1970-01-02").number(), 1);
        assert_eq!(day("1969-12-31").number(), -1);
        assert_eq!(day("2024-03-31").plus_months(-1), Some(day("2024-02-29")));
    }
}
