//! Finds the figures of pay in a text, with what is said around each.

use regex::{Captures, Match};

use super::Unit;
use crate::adverts::Finding;
use crate::adverts::text::{patterns, plain, whole};

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A cell about pay.
    Cell,
    /// A cell about pay a month.
    Monthly,
    /// A title, in which most numbers are something else.
    Title,
}

/// How far a figure binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Exact,
    AtLeast,
    AtMost,
    /// A guaranteed part, to which more is added.
    Base,
}

/// One figure of pay, in hundredths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) low: u32,
    pub(super) high: u32,
    pub(super) bound: Bound,
    pub(super) unit: Option<Unit>,
    /// No period is stated and the words are those of monthly pay.
    pub(super) assumed_month: bool,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub(super) found: Vec<Found>,
    /// The period of a minimum wage to which the pay is tied.
    pub(super) minimum_wage_unit: Option<Unit>,
    /// A currency other than yuan is named.
    pub(super) foreign: bool,
    pub(super) findings: Vec<Finding>,
}

impl Scanned {
    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

patterns! {
    THOUSANDS = r"\d{1,3}(?:,\d{3})+(?:\D|$)";
    APART = r"\d{1,3}(?:\s+\d{1,3}){1,3}";
    TEN_THOUSANDS = r"(\d+)万(\d{4}|\d千?)";
    NUMERALS = r"[一二三四五六七八九两十][零一二三四五六七八九十两]*[百千万][零一二三四五六七八九十百千万两]*";
    AMOUNT = r"(?P<low>\d+(?:\.\d+)?)(?P<low_times>[kw千万])?(?:(?:元|块)?\s*(?:-{1,2}|~{1,2}|至|到)\s*(?P<high>\d+(?:\.\d+)?)(?P<high_times>[kw千万])?)?";
    CLAUSE_END = r"[,;。、()!【】|\\\n]|\.\.\.";
    // what follows a number that is no money
    OTHER_UNIT = r"^\s*(?:个|小时|时|点|日|天|号|周|年|月|岁|名|人|位|%|级|层|楼|路|室|栋|班|次|件|条|套|平|公里|米|吨|km|kg|险|休|倍|折|期|届|c?m|薪(?:$|[^资酬水金]))";
    MONEY_MARK = r"^(?:元|块|圆|rmb)";
    EXTRA = r"(?:餐补|饭补|餐费|房补|话补|住宿|全勤|奖|提成|押金|保证金|培训费|交通|高温|工龄|社保|保险|伙食|餐|增加|另加|加)[^,;。\d]{0,4}$";
    PAY_WORD = r"薪|工资|到手|收入|月入|保底|底薪|待遇|报酬|综合|补贴|补助|津贴|日结";
    EVERY_MONTH = r"每个?月$";
    WAGE_WORD = r"薪|工资|到手|收入|月入|保底|底薪|待遇|报酬|综合$";
    SUBSIDY = r"补贴|补助|津贴";
    POST_SUBSIDY = r"岗位补贴|社保补贴";
    AFTER_UNIT = r"^(?:元|块钱?|圆|rmb)?(?:起|以上|以下|左右|上下|\++)*\s*(?:(?:/|每|一)(?:人/?|人每|每)?个?(?P<unit>小时|时|h|月|天|日|班|年)|(?P<month>月薪))";
    BEFORE_UNIT = r"(?P<hour>时薪|每个?小?时|小时工资)|(?P<day>日薪|日结|日工资|每[天日]|每个?工作日|一天|按天)|(?P<year>年薪|每年|年收入|全年|一年|年补)|(?P<month>月)";
    FAR_UNIT = r"(?P<hour>时薪)|(?P<day>日薪)|(?P<year>年薪)|(?P<month>月薪|月工资|每个?月|按月)";
    DURATION = r"\d+个?(?:月|年|天|日)";
    LEAST_BEFORE = r"(?:不低于|不少于|不得低于|至少|最低|起薪|高于|大于)[^,;。]{0,6}$";
    BASE_BEFORE = r"(?:保底|底薪|基本工资)[^,;。\d]{0,4}$";
    MOST_BEFORE = r"(?:不超过|不得超过|不高于|不得高于|不多于|最高|上限|至多|封顶|高达|可达)[^,;。]{0,6}$";
    LEAST_AFTER = r"^(?:元|块)?(?:/|每|一)?个?(?:月|天|日|小时)?(?:\++|起|以上|及以上|多)";
    MOST_AFTER = r"^(?:元|块)?(?:/|每)?(?:月|天|日|小时)?(?:以下|以内|封顶)";
    ABOUT = r"左右|上下|大约|约";
    DOUBT = r"日结|周结|计时|时薪|日薪|小时工|兼职|临时";
    MINIMUM_WAGE = r"(小时)?最低(?:工资|薪)";
    NEGOTIABLE = r"面议|面谈|详谈|商议|协商|电联";
    NET = r"到手|税后|实发";
    PIECE = r"计件|(?:元|块)/(?:件|个|单|套|双|米)";
    PROBATION = r"试用期|培训期|实习期";
    FOREIGN = r"美元|港元|港币|usd|hkd|欧元|日元|\$|新台币|台币";
}

/// Finds every figure of pay.
pub(super) fn scan(text: &str, mode: Mode) -> Scanned {
    let mut scanned = Scanned::default();
    let text = one_form(text, &mut scanned);
    remarks(&text, mode, &mut scanned);
    let mut from = 0;
    for parts in AMOUNT.captures_iter(&text) {
        let Some(all) = parts.get(0) else { continue };
        let around = Around::new(&text, from, all);
        if let Some(found) = figure(&parts, &around, mode, &mut scanned) {
            from = all.end();
            scanned.found.push(found);
        }
    }
    scanned
}

/// Digits joined (`7 0 00`, `11,000`, `2万7470`), numerals turned into digits, small letters.
fn one_form(text: &str, scanned: &mut Scanned) -> String {
    let text = plain(text).to_lowercase().replace(" /", "/").replace("/ ", "/");
    let text = THOUSANDS.replace_all(&text, |parts: &Captures<'_>| {
        let grouped = parts.get(0).map_or("", |part| part.as_str());
        let last = grouped.chars().next_back().filter(|letter| *letter == ',');
        grouped.chars().filter(|letter| *letter != ',').chain(last).collect::<String>()
    });
    let text = APART.replace_all(&text, |parts: &Captures<'_>| {
        let apart = parts.get(0).map_or("", |part| part.as_str());
        let joined: String = apart.chars().filter(char::is_ascii_digit).collect();
        // `5 500`, `7 0 00`: one number; `100 200` stays two
        let uneven = apart.split_whitespace().any(|group| group.len() < 3);
        if uneven && (4..=6).contains(&joined.len()) {
            scanned.note(Finding::DigitsApart);
            joined
        } else {
            apart.to_owned()
        }
    });
    let text = TEN_THOUSANDS.replace_all(&text, |parts: &Captures<'_>| {
        let number = |place: usize| {
            parts.get(place).and_then(|part| part.as_str().trim_end_matches('千').parse::<u32>().ok())
        };
        let rest = number(2).map(|rest| if rest < 10 { rest * 1000 } else { rest });
        let value = number(1)
            .and_then(|high| high.checked_mul(10_000))
            .zip(rest)
            .and_then(|(high, rest)| high.checked_add(rest));
        value.map_or_else(
            || parts.get(0).map_or("", |part| part.as_str()).to_owned(),
            |value| value.to_string(),
        )
    });
    let text = NUMERALS.replace_all(&text, |parts: &Captures<'_>| {
        let written = parts.get(0).map_or("", |part| part.as_str());
        whole(written).map_or_else(|| written.to_owned(), |value| value.to_string())
    });
    text.into_owned()
}

fn remarks(text: &str, mode: Mode, scanned: &mut Scanned) {
    scanned.foreign = FOREIGN.is_match(text);
    if let Some(found) = MINIMUM_WAGE.captures(text) {
        scanned.note(Finding::TiedToMinimumWage);
        scanned.minimum_wage_unit = Some(if found.get(1).is_some() { Unit::Hour } else { Unit::Month });
    }
    let words = [
        (&*NEGOTIABLE, Finding::NegotiableWage),
        (&*NET, Finding::NetWage),
        (&*PIECE, Finding::PieceRate),
        (&*PROBATION, Finding::ProbationWage),
    ];
    for (word, finding) in words {
        if word.is_match(text) && (mode != Mode::Title || finding != Finding::NegotiableWage) {
            scanned.note(finding);
        }
    }
}

/// The text on both sides of a number.
struct Around<'t> {
    text: &'t str,
    /// From the figure before (or the start) up to the number.
    far: &'t str,
    /// The part of it in the same clause.
    before: &'t str,
    /// Up to the end of the text.
    after: &'t str,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, from: usize, number: Match<'_>) -> Self {
        let far = text.get(from..number.start()).unwrap_or_default();
        let cut = CLAUSE_END.find_iter(far).last().map_or(0, |end| end.end());
        let before = far.get(cut..).unwrap_or_default();
        Self { text, far, before, after: text.get(number.end()..).unwrap_or_default() }
    }

    /// The unit stated nearest: behind the number, else before it in its clause, else in plain words before.
    fn unit(&self) -> Option<Unit> {
        if let Some(parts) = AFTER_UNIT.captures(self.after) {
            return Some(match parts.name("unit").map(|unit| unit.as_str()) {
                Some("小时" | "时" | "h") => Unit::Hour,
                Some("天" | "日" | "班") => Unit::Day,
                Some("年") => Unit::Year,
                _ => Unit::Month,
            });
        }
        let near = DURATION.replace_all(self.before, "");
        last_unit(BEFORE_UNIT.captures_iter(&near)).or_else(|| last_unit(FAR_UNIT.captures_iter(self.far)))
    }

    fn bound(&self) -> Bound {
        if BASE_BEFORE.is_match(self.before) {
            Bound::Base
        } else if MOST_BEFORE.is_match(self.before) || MOST_AFTER.is_match(self.after) {
            Bound::AtMost
        } else if LEAST_BEFORE.is_match(self.before) || LEAST_AFTER.is_match(self.after) {
            Bound::AtLeast
        } else {
            Bound::Exact
        }
    }
}

fn last_unit<'t>(found: impl Iterator<Item = Captures<'t>>) -> Option<Unit> {
    let names = [("hour", Unit::Hour), ("day", Unit::Day), ("year", Unit::Year), ("month", Unit::Month)];
    found.last().and_then(|parts| {
        names.into_iter().find(|(name, _)| parts.name(name).is_some()).map(|(_, unit)| unit)
    })
}

fn figure(parts: &Captures<'_>, around: &Around<'_>, mode: Mode, scanned: &mut Scanned) -> Option<Found> {
    let times = |name| parts.name(name).map_or("", |mark| mark.as_str());
    let marked = !times("low_times").is_empty() || !times("high_times").is_empty();
    if !is_money(around, marked, mode) {
        return None;
    }
    let text = |name| parts.name(name).map(|number| number.as_str());
    let low = hundredths(text("low")?, times("low_times"));
    let (low, high) = match text("high") {
        None => (low?, low?),
        Some(end) => {
            let high = hundredths(end, times("high_times"))?;
            // `5-7k`: the mark of the end is that of both
            let shared = hundredths(text("low")?, times("high_times")).filter(|shared| *shared <= high);
            (if times("low_times").is_empty() { shared.or(low)? } else { low? }, high)
        }
    };
    if mode == Mode::Title && is_small_change(low, around) {
        return None;
    }
    if EXTRA.is_match(around.before) {
        scanned.note(Finding::ExtraPay);
        return None;
    }
    Some(with_period(
        Found { low, high, bound: around.bound(), unit: around.unit(), assumed_month: false },
        around,
        marked,
        mode,
        scanned,
    ))
}

/// In a title, `到手5`, and `满99元` without a word or period of pay, are something else.
fn is_small_change(low: u32, around: &Around<'_>) -> bool {
    if !MONEY_MARK.is_match(around.after) {
        return low < 10_000;
    }
    low < 100_000 && !PAY_WORD.is_match(around.before) && !AFTER_UNIT.is_match(around.after)
}

/// Whether a number is money: marked as such, or near a word of pay, and not counted in something else.
fn is_money(around: &Around<'_>, marked: bool, mode: Mode) -> bool {
    if MONEY_MARK.is_match(around.after) {
        return true;
    }
    if OTHER_UNIT.is_match(around.after) || around.before.ends_with(|last: char| last.is_ascii_alphanumeric())
    {
        return false;
    }
    let pay = PAY_WORD.is_match(around.before) || EVERY_MONTH.is_match(around.before);
    match mode {
        Mode::Cell | Mode::Monthly => true,
        Mode::Title => {
            pay || marked || LEAST_AFTER.is_match(around.after) || AFTER_UNIT.is_match(around.after)
        }
    }
}

fn with_period(
    mut found: Found,
    around: &Around<'_>,
    marked: bool,
    mode: Mode,
    scanned: &mut Scanned,
) -> Found {
    let subsidy = SUBSIDY.is_match(around.before) || SUBSIDY.is_match(clause_after(around.after));
    if subsidy {
        scanned.note(Finding::SubsidyOnly);
    }
    let post_subsidy =
        POST_SUBSIDY.is_match(around.before) || POST_SUBSIDY.is_match(clause_after(around.after));
    if post_subsidy && found.bound == Bound::Exact {
        // the subsidy of a post is the public part of the pay; the employer may add its own
        found.bound = Bound::AtLeast;
    }
    if ABOUT.is_match(around.before) || ABOUT.is_match(clause_after(around.after)) {
        scanned.note(Finding::ApproximateWage);
    }
    if found.unit.is_none() {
        let wage =
            marked || WAGE_WORD.is_match(around.before) || WAGE_WORD.is_match(clause_after(around.after));
        found.assumed_month = mode == Mode::Monthly || wage && !subsidy && !DOUBT.is_match(around.text);
        if mode != Mode::Monthly {
            scanned.note(if found.assumed_month { Finding::PeriodAssumed } else { Finding::PeriodUnclear });
        }
    }
    found
}

fn clause_after(after: &str) -> &str {
    let end = CLAUSE_END.find(after).map_or(after.len(), |end| end.start());
    after.get(..end).unwrap_or_default()
}

/// `5`, `k` → 500 000 hundredths; `None` beyond what fits.
fn hundredths(number: &str, times: &str) -> Option<u32> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let hundredths: u64 = whole.parse::<u64>().ok()?.checked_mul(100)?;
    let part: u64 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    let factor = match times {
        "k" | "千" => 1000,
        "w" | "万" => 10_000,
        _ => 1,
    };
    u32::try_from(hundredths.checked_add(part)?.checked_mul(factor)?).ok()
}
