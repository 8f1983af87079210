//! Accepted classes and levels of disability: sets as written, never thresholds of our own.
//!
//! Platforms write one string (`听力残疾1-4级;肢体残疾1,2,级;`), notices write sentences. `tokens` cuts either
//! into the few words that matter; the reader here ties levels to classes:
//!
//! * a level right behind a class belongs to the classes before it that have none (`听力、肢体3、4级`);
//! * a level right before a class belongs to the classes up to the next 残疾 or level (`四级视力和听力残疾人`);
//! * a class without a level is accepted at any level;
//! * relatives of a class, soldiers and work injuries (their scales go beyond 4), a class that only comes
//!   first (优先) and one that is only named in a condition (`肢体残疾需要手部完整`) are no acceptance of it.
//!
//! An advert that accepts levels 1 and 2 alone may mean it (the employment levy counts such a person as
//! two), so nothing is "repaired".

mod tokens;

use super::disability::Class;
use super::text::{patterns, plain, tight};
use super::{Finding, Reading};
use tokens::{Kind, Token, tokens};

/// A set of levels, 1 (most severe) to 4. Bit n − 1 stands for level n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Levels(u8);

impl Levels {
    /// All four.
    pub const ALL: Self = Self(0b1111);

    /// The set of the given levels; numbers outside 1 to 4 are left out.
    pub fn of(levels: impl IntoIterator<Item = u8>) -> Self {
        Self(
            levels
                .into_iter()
                .filter(|level| (1..=4).contains(level))
                .fold(0, |set, level| set | 1 << (level - 1)),
        )
    }

    /// Whether the level, 1 to 4, is in the set.
    pub const fn contains(self, level: u8) -> bool {
        level >= 1 && level <= 4 && self.0 & (1 << (level - 1)) != 0
    }

    /// The levels, most severe first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=4).filter(move |level| self.contains(*level))
    }

    /// The bits, level 1 lowest.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether no level is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Levels that are in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One accepted class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The class.
    pub class: Class,
    /// The accepted levels; all four where `any` is true.
    pub levels: Levels,
    /// The class was named without a level.
    pub any: bool,
}

/// What an opening accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// Accepted classes in the order of their digits, each once. Empty: not stated, so not applied.
    pub classes: Vec<Accepted>,
    /// Part of the text speaks of classes or levels and could not be read: a class that is missing here may
    /// be accepted after all, so nobody may be barred by its absence.
    pub partial: bool,
}

impl Accepts {
    /// Whether a person is accepted: `None` where nothing is stated, or the text was read only in part and
    /// does not name the person's class.
    pub fn admits(&self, class: Class, level: u8) -> Option<bool> {
        if self.classes.is_empty() {
            return None;
        }
        match self.classes.iter().find(|accepted| accepted.class == class) {
            Some(accepted) => Some(accepted.levels.contains(level)),
            None if self.partial => None,
            None => Some(false),
        }
    }
}

patterns! {
    ALL_ENGLISH = r"(?i)regardless of [^.;]*\b(?:categor|type|kind|class)";
    DEGREE_ENGLISH = r"(?i)\b(?:degree|level|grade|severity)";
    ALL_KINDS = r"^不限$|不限(?:制|定)?(?:残疾)?(?:类别|类型|种类|等级|级别)|(?:残疾|类别|类型|种类|等级)[^;。,]{0,6}(?:不限|均可|皆可)|各类|各种|(?:所有|全部|任何|不论|无论)[^;。]*(?:残|类)";
    ALL_LEVELS = r"(?:等级|级别|程度)[^;。,]*(?:不限|均可)|(?:不限|各|不论|无论)[^;。,]*(?:等级|级)";
    ABOUT_DISABILITY = r"(?i)残|障|伤|disab|handicap|impair";
}

/// Reads the classes and levels that an advert accepts.
///
/// An empty cell is "not stated": no class, no finding.
///
/// ```
/// use anzhi_desk::adverts::accepts;
/// use anzhi_desk::adverts::disability::Class;
///
/// let accepts = accepts::read("听力残疾1-4级;肢体残疾1,2,级;").value;
/// assert_eq!(accepts.admits(Class::Hearing, 4), Some(true));
/// assert_eq!(accepts.admits(Class::Physical, 3), Some(false));
/// assert_eq!(accepts.admits(Class::Mental, 3), Some(false));
/// assert_eq!(accepts::read("").value.admits(Class::Mental, 3), None);
/// ```
pub fn read(text: &str) -> Reading<Accepts> {
    let text = plain(text);
    if text.is_empty() {
        return Reading::default();
    }
    let mut reader = Reader::default();
    // a line break ends a clause, any other space means nothing
    let tokens = tokens(&tight(&text.replace('\n', ";")));
    for (place, token) in tokens.iter().enumerate() {
        reader.take(
            token,
            tokens.get(..place).unwrap_or_default(),
            tokens.get(place + 1..).unwrap_or_default(),
        );
    }
    reader.end_clause();
    reader.finish(&text)
}

/// A class that was named, and what was said of it.
#[derive(Clone, Copy, Debug)]
struct Named {
    class: Class,
    /// Empty while no level was met.
    levels: Levels,
    /// Named in the running group: since the last `残疾` that was followed by another class.
    in_group: bool,
    /// Named in the running clause and still waiting for a level behind it.
    waiting: bool,
    excluded: bool,
}

/// The state while the words pass by.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of a running text, not the states of a machine"
)]
struct Reader {
    named: Vec<Named>,
    prefix: Option<Levels>,
    /// A class stands under the running prefix.
    prefix_used: bool,
    group_closed: bool,
    excluding: bool,
    bracket: bool,
    loose: Option<Levels>,
    /// Where in `named` the running phrase begins.
    phrase_from: usize,
    /// A leading level was beyond the scale: what follows it in the phrase is not read.
    dropping: bool,
    partial: bool,
    findings: Reading<()>,
}

impl Reader {
    fn take(&mut self, token: &Token, before: &[Token], after: &[Token]) {
        match token.kind {
            Kind::Class(class) => self.class(class),
            Kind::Levels { levels, threshold } => self.levels(token, levels, threshold, (before, after)),
            Kind::Disabled => self.disabled(),
            Kind::Relative { of_the_named } => self.relative(of_the_named),
            Kind::Condition => self.condition(token, before),
            Kind::OtherScale => self.other_scale(),
            Kind::Preferred => self.preferred(),
            Kind::Severity => self.findings.note(Finding::SeverityWord),
            Kind::OutOfScale => self.out_of_scale(),
            Kind::Not { backward } => self.not(after, backward),
            Kind::Comma => self.end_phrase(),
            Kind::Break => self.end_clause(),
            Kind::Open => self.bracket = true,
            Kind::Close => self.bracket = false,
        }
    }

    /// A class whose level is no level is neither accepted nor refused.
    fn out_of_scale(&mut self) {
        self.partial = true;
        self.findings.note(Finding::LevelOutOfScale);
        self.dropping = !self.named.iter().any(|named| named.waiting);
        self.named.retain(|named| !named.waiting);
    }

    fn class(&mut self, class: Class) {
        if self.group_closed {
            self.group_closed = false;
            self.named.iter_mut().for_each(|named| named.in_group = false);
        }
        if self.bracket && !self.named.is_empty() {
            self.findings.note(Finding::ClassInBrackets);
        }
        if self.dropping {
            return;
        }
        let levels = self.prefix.unwrap_or_default();
        self.prefix_used |= self.prefix.is_some();
        let waiting = self.prefix.is_none();
        self.named.push(Named { class, levels, in_group: true, waiting, excluded: self.excluding });
    }

    fn levels(&mut self, token: &Token, levels: Levels, threshold: bool, around: (&[Token], &[Token])) {
        self.dropping = false;
        if threshold {
            self.findings.note(Finding::LevelThreshold);
        }
        let (before, after) = around;
        let follows = before.last().is_some_and(|last| last.names_people() && last.touches(token));
        let leads =
            after.first().is_some_and(|next| matches!(next.kind, Kind::Class(_)) && token.touches(next));
        let waiting = self.named.iter().filter(|named| named.waiting).count();
        if waiting > 0 && (follows || !leads) {
            if waiting > 1 {
                self.findings.note(Finding::SharedLevel);
            }
            for named in self.named.iter_mut().filter(|named| named.waiting) {
                named.levels = named.levels.or(levels);
                named.waiting = false;
            }
            return;
        }
        if waiting > 0 {
            self.findings.note(Finding::LevelScope);
        }
        // `三级四级残疾证`: two in a row are one set
        let row = self.prefix.filter(|_| !self.prefix_used).unwrap_or_default();
        self.prefix = Some(row.or(levels));
        self.prefix_used = false;
    }

    fn disabled(&mut self) {
        (self.group_closed, self.dropping) = (true, false);
        if let Some(levels) = self.prefix.take()
            && !self.prefix_used
        {
            self.loose = Some(self.loose.unwrap_or_default().or(levels));
        }
    }

    fn relative(&mut self, of_the_named: bool) {
        self.findings.note(Finding::Relatives);
        if of_the_named {
            self.named.retain(|named| !named.in_group);
        }
    }

    /// A class whose only mention opens a condition is no acceptance of it.
    fn condition(&mut self, token: &Token, before: &[Token]) {
        let follows = before.last().is_some_and(|last| last.names_people() && last.touches(token));
        if follows && self.named.iter().any(|named| named.in_group && named.waiting) {
            self.findings.note(Finding::ConditionOnClass);
            self.named.retain(|named| !(named.in_group && named.waiting));
        }
    }

    /// Those who come first are not the only ones who may come.
    fn preferred(&mut self) {
        if self.named.len() > self.phrase_from {
            self.findings.note(Finding::ClassPreferred);
            self.named.truncate(self.phrase_from);
        }
    }

    fn other_scale(&mut self) {
        self.findings.note(Finding::OtherScale);
        self.prefix = None;
        self.group_closed = true;
    }

    fn not(&mut self, after: &[Token], backward: bool) {
        let rest = after.iter().take_while(|token| !matches!(token.kind, Kind::Comma | Kind::Break));
        if rest.into_iter().any(|token| matches!(token.kind, Kind::Class(_))) {
            self.excluding = true;
        } else if backward {
            self.named.iter_mut().filter(|named| named.in_group).for_each(|named| named.excluded = true);
        }
    }

    /// A comma ends what a leading level covers; classes without any 残疾 yet still wait for theirs.
    fn end_phrase(&mut self) {
        (self.excluding, self.dropping) = (false, false);
        self.end_prefix();
        if self.group_closed {
            self.named.iter_mut().for_each(|named| (named.waiting, named.in_group) = (false, false));
            self.group_closed = false;
            self.phrase_from = self.named.len();
        }
    }

    fn end_clause(&mut self) {
        self.group_closed = true;
        self.end_phrase();
    }

    fn end_prefix(&mut self) {
        if let Some(levels) = self.prefix.take()
            && !self.prefix_used
        {
            self.loose = Some(self.loose.unwrap_or_default().or(levels));
        }
    }

    fn finish(mut self, text: &str) -> Reading<Accepts> {
        let excluded: Vec<Class> =
            self.named.iter().filter(|named| named.excluded).map(|named| named.class).collect();
        let mut classes = self.accepted();
        if let Some(levels) = self.loose {
            self.findings.note(Finding::LevelWithoutClass);
            if classes.is_empty() {
                classes = every_class(levels, false);
            } else {
                self.partial = true;
            }
        }
        if classes.is_empty() && (takes_all(text) || !excluded.is_empty()) {
            let all_levels =
                ALL_LEVELS.is_match(text) || DEGREE_ENGLISH.is_match(text) && ALL_ENGLISH.is_match(text);
            classes = every_class(Levels::ALL, !all_levels);
        }
        if !excluded.is_empty() {
            self.findings.note(Finding::ClassExcluded);
            classes.retain(|accepted| !excluded.contains(&accepted.class));
        }
        if classes.is_empty() && self.findings.findings.is_empty() {
            let about = ABOUT_DISABILITY.is_match(text);
            self.findings.note(if about { Finding::NoClassNamed } else { Finding::UnreadableClass });
        }
        let partial = self.partial;
        self.findings.map(|()| Accepts { classes, partial })
    }

    fn accepted(&mut self) -> Vec<Accepted> {
        let mut classes = Vec::new();
        for class in Class::ALL {
            let mentions: Vec<Levels> = (self.named.iter())
                .filter(|named| named.class == class && !named.excluded)
                .map(|named| named.levels)
                .collect();
            if mentions.is_empty() {
                continue;
            }
            let any = mentions.iter().any(|levels| levels.is_empty());
            if any && mentions.iter().any(|levels| !levels.is_empty()) {
                self.findings.note(Finding::ClassTwice);
            }
            let union = mentions.into_iter().fold(Levels::default(), Levels::or);
            classes.push(Accepted { class, levels: if any { Levels::ALL } else { union }, any });
        }
        classes
    }
}

fn takes_all(text: &str) -> bool {
    ALL_ENGLISH.is_match(text) || ALL_KINDS.is_match(text)
}

fn every_class(levels: Levels, any: bool) -> Vec<Accepted> {
    Class::ALL.into_iter().map(|class| Accepted { class, levels, any }).collect()
}

#[cfg(test)]
mod tests;
