//! What rules say.

use crate::catalogue;
use crate::day::Day;
use crate::words::{Category, Datum, Education, Item, RuleKind, Standing};

/// An answer with three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Satisfied.
    Yes,
    /// Not satisfied, whatever else is missing.
    No,
    /// A datum is missing.
    Unknown,
}

impl Answer {
    /// The answer to a fact that may be missing.
    #[must_use]
    pub fn of(fact: Option<bool>) -> Self {
        match fact {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    /// Yes or no, if it is known.
    #[must_use]
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }

    /// One no makes no, else one unknown makes unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Yes,
        }
    }

    /// One yes makes yes, else one unknown makes unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::No,
        }
    }
}

/// A bare value that a rule met or asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// Nothing to show.
    Nothing,
    /// A number: years, months, times, kilometres, or a functional value, as the rule has it.
    Number(i64),
    /// So many times.
    Times(u8),
    /// So many months.
    Months(u16),
    /// Two numbers, lowest and highest; `None` = open.
    Range(Option<u8>, Option<u8>),
    /// A day.
    Day(Day),
    /// Schooling.
    Education(Education),
    /// A category of disability with its level.
    Class(Category, u8),
    /// A licence: its place in the opening's list.
    Licence(u32),
}

/// A rule that does not say yes to a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleKind,
    /// The datum that is missing, or `None` where the rule says no.
    pub missing: Option<Datum>,
    /// What there is.
    pub found: Found,
    /// What is asked.
    pub asked: Found,
    /// Which functional item.
    pub item: Option<Item>,
    /// Whether the item is a safety demand.
    pub safety: bool,
}

impl Finding {
    pub(super) const fn no(rule: RuleKind, found: Found, asked: Found) -> Self {
        Self { rule, missing: None, found, asked, item: None, safety: false }
    }

    pub(super) const fn unknown(rule: RuleKind, datum: Datum) -> Self {
        Self {
            rule,
            missing: Some(datum),
            found: Found::Nothing,
            asked: Found::Nothing,
            item: None,
            safety: false,
        }
    }

    /// No, or unknown where a datum is missing.
    pub(super) const fn answer(&self) -> Answer {
        if self.missing.is_none() { Answer::No } else { Answer::Unknown }
    }

    /// Accommodations of the table that would close a functional gap, in order of id.
    pub fn closers(&self) -> impl Iterator<Item = &'static str> + use<> {
        let gap = match (self.item, self.asked, self.found) {
            (Some(item), Found::Number(asked), Found::Number(found)) => Some((item, asked, found)),
            _ => None,
        };
        let safety = self.safety;
        catalogue::accommodations().iter().filter_map(move |accommodation| {
            let (item, asked, found) = gap?;
            let mut acting =
                accommodation.closes.iter().filter(|it| it.item == item && (it.hazard || !safety));
            acting
                .any(|it| i64::from(it.to) >= asked && i64::from(it.from) <= found)
                .then_some(accommodation.id.as_str())
        })
    }
}

/// The answers of a pair as bits of [`RuleKind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standings {
    no: u16,
    unknown: u16,
}

impl Standings {
    pub(super) fn add(&mut self, finding: &Finding) {
        let bit = 1 << finding.rule.index();
        if finding.missing.is_none() {
            self.no |= bit;
        } else {
            self.unknown |= bit;
        }
    }

    /// The standing.
    #[must_use]
    pub const fn standing(self) -> Standing {
        if self.no != 0 {
            Standing::Barred
        } else if self.unknown != 0 {
            Standing::Unresolved
        } else {
            Standing::Eligible
        }
    }

    /// The rules that say no, in order.
    pub fn failing(self) -> impl Iterator<Item = RuleKind> {
        RuleKind::ALL.iter().copied().filter(move |rule| self.no & (1 << rule.index()) != 0)
    }

    /// The rules that lack a datum and do not say no, in order.
    pub fn unknown(self) -> impl Iterator<Item = RuleKind> {
        let open = self.unknown & !self.no;
        RuleKind::ALL.iter().copied().filter(move |rule| open & (1 << rule.index()) != 0)
    }

    /// What a rule says.
    #[must_use]
    pub const fn answer(self, rule: RuleKind) -> Answer {
        let bit = 1 << rule.index();
        if self.no & bit != 0 {
            Answer::No
        } else if self.unknown & bit != 0 {
            Answer::Unknown
        } else {
            Answer::Yes
        }
    }

    /// How many rules say no.
    #[must_use]
    pub const fn failures(self) -> u32 {
        self.no.count_ones()
    }

    /// Whether this rule, and no other, says no.
    #[must_use]
    pub const fn fails_only(self, rule: RuleKind) -> bool {
        self.no == 1 << rule.index()
    }
}

/// The answers of a pair with all that stands behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub(super) findings: Vec<Finding>,
    pub(super) accommodations: Vec<&'static str>,
    pub(super) hints: Vec<Item>,
}

impl Verdict {
    /// The standing.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let mut standings = Standings::default();
        self.findings.iter().for_each(|finding| standings.add(finding));
        standings.standing()
    }

    /// What says no, in the order of the rules.
    pub fn failing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.missing.is_none())
    }

    /// What is missing, in the order of the rules; a rule that says no besides is left out.
    pub fn missing(&self) -> impl Iterator<Item = &Finding> {
        let says_no = |rule| self.failing().any(|finding| finding.rule == rule);
        self.findings.iter().filter(move |finding| finding.missing.is_some() && !says_no(finding.rule))
    }

    /// Ids of the offered accommodations that the pair needs, sorted.
    #[must_use]
    pub fn accommodations(&self) -> &[&'static str] {
        &self.accommodations
    }

    /// Suggested or marginal demands above what the person states: to be talked over, never a bar.
    #[must_use]
    pub fn hints(&self) -> &[Item] {
        &self.hints
    }
}
