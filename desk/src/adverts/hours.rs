//! Hours and shifts: `每周40小时`, `长白班单休8小时`, `早8-晚5`, `六日双休`.

use super::text::{patterns, tight, whole};
use super::{Finding, Reading};

/// What an advert says about working time. All in minutes, so that half hours stay whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Minutes a day, breaks not deducted where only begin and end are stated.
    pub per_day: Option<u32>,
    /// Minutes a week, as stated, or minutes a day times working days where both are stated.
    pub per_week: Option<u32>,
    /// Most minutes a month, as stated.
    pub most_per_month: Option<u32>,
    /// Begin and end in minutes after midnight.
    pub span: Option<(u32, u32)>,
    /// Free days a week: 1 (单休) or 2 (双休).
    pub days_off: Option<u8>,
    /// Shifts that rotate (倒班, 轮班).
    pub rotating: bool,
    /// Night work is asked for.
    pub nights: bool,
}

patterns! {
    PER_MONTH = r"每个?月[^\d;,。]{0,14}(\d+)(?:[~-](\d+))?个?小时";
    PER_WEEK = r"(?:每个?周|周工作|一周|/周)[^\d;,。]{0,8}(\d+(?:\.5)?)个?小时|^(\d+(?:\.5)?)小时?/周$";
    PER_DAY = r"(?:每[天日]|日工作|一天|白班?|单休|双休|^|[,;、])[^\d;,。]{0,4}(\d+(?:\.5)?)个?小时";
    DIGITAL = r"(\d{1,2})[:点时](半|\d{2})?分?(?:-{1,2}|~|至|到)(?:晚上?|下午)?(\d{1,2})[:点时](半|\d{2})?";
    SPOKEN = r"(?:早上?|上)(\d{1,2}|[一二三四五六七八九十]{1,2})点?(?:-|至|到)?(?:晚上?|下午?|下)(\d{1,2}|[一二三四五六七八九十]{1,2})";
    TWO_OFF = r"双休|休二|做五休二|六日休";
    ONE_OFF = r"单休|做六休一|月休四天|休一";
    ROTATING = r"倒班|轮班|排班|轮休|两班倒|三班倒";
    NIGHTS = r"夜班|通宵|大夜";
    BARE = r"^(\d{1,2}(?:\.5|\.0)?)(?:个?小时)?$";
}

/// Reads working time out of a cell or a title. A clock time that is not on the clock is a finding.
///
/// ```
/// use anzhi_desk::adverts::hours;
///
/// assert_eq!(hours::read("长白班单休8小时").value.per_week, Some(6 * 8 * 60));
/// ```
pub fn read(text: &str) -> Reading<Hours> {
    let text = tight(&text.replace('\n', ";"));
    let mut reading = Reading::<Hours>::default();
    let hours = &mut reading.value;
    hours.rotating = ROTATING.is_match(&text);
    hours.nights = NIGHTS.is_match(&text);
    hours.days_off = if TWO_OFF.is_match(&text) { Some(2) } else { ONE_OFF.is_match(&text).then_some(1) };
    hours.most_per_month =
        PER_MONTH.captures(&text).and_then(|parts| minutes(parts.get(2).or(parts.get(1))?.as_str()));
    let rest = PER_MONTH.replace_all(&text, "");
    hours.per_week =
        PER_WEEK.captures(&rest).and_then(|parts| minutes(parts.get(1).or(parts.get(2))?.as_str()));
    let rest = PER_WEEK.replace_all(&rest, "");
    hours.per_day = PER_DAY.captures(&rest).and_then(|parts| minutes(parts.get(1)?.as_str()));
    match span(&rest) {
        Some(Ok(span)) => {
            hours.span = Some(span);
            hours.per_day = hours.per_day.or(Some((span.1 + DAY - span.0) % DAY));
        }
        Some(Err(())) => reading.note(Finding::UnreadableHours),
        None => {}
    }
    let hours = &mut reading.value;
    if let (None, Some(day), Some(off)) = (hours.per_week, hours.per_day, hours.days_off) {
        hours.per_week = day.checked_mul(7 - u32::from(off));
    }
    bounds(&mut reading);
    reading
}

/// Reads a cell under the heading "hours a week": a bare number is hours a week there.
pub fn weekly(text: &str) -> Reading<Option<u32>> {
    let tight = tight(text);
    if tight.is_empty() {
        return Reading::clean(None);
    }
    let mut reading = match BARE.captures(&tight).and_then(|parts| minutes(parts.get(1)?.as_str())) {
        Some(minutes) => Reading::clean(Hours { per_week: Some(minutes), ..Hours::default() }),
        None => read(text),
    };
    bounds(&mut reading);
    if reading.value.per_week.is_none() {
        reading.note(Finding::UnreadableHours);
    }
    reading.map(|hours| hours.per_week)
}

const DAY: u32 = 24 * 60;

fn minutes(hours: &str) -> Option<u32> {
    let (whole_hours, part) = hours.split_once('.').unwrap_or((hours, ""));
    let half = if part == "5" { 30 } else { 0 };
    whole(whole_hours)?.checked_mul(60)?.checked_add(half)
}

/// Begin and end; `Some(Err)` where they are no times of a clock.
fn span(text: &str) -> Option<Result<(u32, u32), ()>> {
    if let Some(parts) = DIGITAL.captures(text) {
        let at = |place: usize| parts.get(place).map(|part| part.as_str());
        return Some(clock(at(1)?, at(2)).zip(clock(at(3)?, at(4))).ok_or(()));
    }
    let parts = SPOKEN.captures(text)?;
    let begin = clock(parts.get(1)?.as_str(), None);
    // `早八晚五`: the end of a day shift is an afternoon hour
    let end = clock(parts.get(2)?.as_str(), None).map(|end| if end <= 12 * 60 { end + 12 * 60 } else { end });
    Some(begin.zip(end).map(|(begin, end)| (begin, end % DAY)).ok_or(()))
}

fn clock(hour: &str, minute: Option<&str>) -> Option<u32> {
    let hour = whole(hour).filter(|hour| *hour <= 24)?;
    let minute = match minute {
        Some("半") => 30,
        Some(minute) => whole(minute).filter(|minute| *minute < 60)?,
        None => 0,
    };
    Some(hour * 60 + minute)
}

/// More hours than a day or a week has are a fault.
fn bounds(reading: &mut Reading<Hours>) {
    let hours = &mut reading.value;
    let too_long =
        hours.per_day.is_some_and(|day| day > DAY) || hours.per_week.is_some_and(|week| week > 7 * DAY);
    if too_long {
        (hours.per_day, hours.per_week) = (None, None);
        reading.note(Finding::UnreadableHours);
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, read, weekly};

    #[test]
    fn forms_of_the_real_adverts() {
        for (text, day, week, month) in [
            ("长白班单休8小时；早8-晚5", Some(8), Some(48), None),
            ("长白8小时工作；周末双休", Some(8), Some(40), None),
            ("双休；上9下5", Some(8), Some(40), None),
            ("早八晚五", Some(9), None, None),
            ("周末双休；8点半-16点半", Some(8), Some(40), None),
            ("4小时", Some(4), None, None),
            ("每月工作不超过44个小时", None, None, Some(44)),
            ("每月30~40小時(上限)", None, None, Some(40)),
            ("每日工作6小時;採排班輪休制", Some(6), None, None),
            ("每周工作40小时", None, Some(40), None),
            ("计时工资", None, None, None),
        ] {
            let hours = read(text).value;
            let whole = |minutes: Option<u32>| minutes.map(|minutes| minutes / 60);
            assert_eq!(
                (whole(hours.per_day), whole(hours.per_week), whole(hours.most_per_month)),
                (day, week, month),
                "{text}"
            );
        }
        assert!(read("能长期上夜班").value.nights && read("倒班").value.rotating);
    }

    #[test]
    fn weekly_cells() {
        assert_eq!((weekly("40").value, weekly("３７.5小时").value), (Some(2400), Some(2250)));
        assert_eq!(weekly("").value, None);
        for text in ["很多", "999", "早30-晚99"] {
            assert_eq!(
                (weekly(text).value, weekly(text).findings),
                (None, vec![Finding::UnreadableHours]),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "(每[天周月]|[0-9]{1,12}|[.:~-]|点|半|小时|早|晚|上|下|单休|双休){0,12}") {
            let _ = (read(&text), weekly(&text), read(&near), weekly(&near));
        }
    }
}
