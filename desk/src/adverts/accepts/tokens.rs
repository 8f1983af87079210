//! The words of a sentence about accepted classes and levels.

use regex::Captures;

use super::Levels;
use crate::adverts::disability::Class;
use crate::adverts::text::{patterns, whole};

/// A word with its place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    from: usize,
    to: usize,
    /// Only `:`, `(`, `的` or `为` stand between the word before and this one.
    glued: bool,
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Class(Class),
    Levels {
        levels: Levels,
        /// `以上` or `以下` was said.
        threshold: bool,
    },
    /// 残疾, 残疾人, 障碍者 …
    Disabled,
    /// Kin of a disabled person.
    Relative {
        /// The kin stand in place of the disabled person (`…残疾人直系亲属`), not beside (`…残疾人及亲属`).
        of_the_named: bool,
    },
    Condition,
    /// A certificate of a soldier or a work injury with what is said of it.
    OtherScale,
    /// 优先: a wish, not a limit.
    Preferred,
    /// 轻度, 中度: words that are no level.
    Severity,
    OutOfScale,
    Not {
        /// Without a class behind it in the clause, the classes before it are meant (`精神残疾除外`).
        backward: bool,
    },
    Comma,
    Break,
    Open,
    Close,
}

impl Token {
    /// Whether the next word stands right behind this one.
    pub(super) fn touches(&self, next: &Self) -> bool {
        self.to == next.from || next.glued
    }

    /// Whether the word names a class or disabled people.
    pub(super) fn names_people(&self) -> bool {
        matches!(self.kind, Kind::Class(_) | Kind::Disabled)
    }
}

patterns! {
    WORDS = concat!(
        // first what only looks like a class or a level
        r"(?P<skip>不要求|导盲|盲道|盲目|盲文|(?:敬业|团队|奉献|合作|协作|职业|创新|进取|拼搏|服务)精神|精神(?:面貌|饱满|状态)|",
        r"(?:矫正|裸眼)视力|(?:视力|听力|言语|语言|肢体|智力|精神)(?:良好|较好|好|正常|要求|达到|不低于|表达|沟通|健全)|[初中高特]级|",
        r"[0-9一二三四五六七八九十]+级(?:医院|企业|单位|以上医院))",
        r"|(?P<soldier>《[^》]*军人证》[^;。,《或]*|(?:视力|听力|言语|肢体|智力|精神|多重)?(?:残疾|伤残)?的?(?:残疾|伤残|退役)军人证?[^;。,《或]*|军人证[^;。,《或]*|工伤[^;。,《或]*)",
        r"|(?P<document>《[^》]*》)",
        r"|(?P<relative>(?P<beside>(?:及|和|与|或|或者|以及|、)其?的?)?(?:直系|近|旁系)?(?:亲属|家属|亲友|父母|子女|配偶|监护人|家长|家庭成员|家人))",
        r"|(?P<not>不接受|不招收?|不要|不适合|不宜|不含|不包括|谢绝|勿扰|除外|以外)|(?P<except>除|非)|(?P<preferred>优先|为佳|更佳)",
        r"|(?P<c1>视力|视障|视残|盲|低视力|(?i:visual))|(?P<c2>听力|听障|听残|聋|(?i:hearing))",
        r"|(?P<c3>言语|语言(?:残疾|障碍)|言障|哑|(?i:speech))|(?P<c4>肢体|肢残|肢障|(?i:physical))",
        r"|(?P<c5>智力|智障|智残|(?i:intellectual))|(?P<c6>精神(?:病|障碍)?|精残|(?i:mental))|(?P<c7>多重|(?i:multiple))",
        r"|(?P<disabled>残疾(?:人证|人士|人员|朋友|同胞|群体|人|者|证)?|障碍(?:人士|者)?|残障(?:人士|者|人)?|残友)",
        r"|(?P<severe>极?重度)|(?P<severity>中重度|中度|轻度|轻微)",
        r"|(?P<levels>(?:[0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍]{1,4})(?:级?(?:[,、和及与或/.]|[至到~-]{1,2})(?:[0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍]{1,4}))*[,、]?级(?P<threshold>及?以[上下])?)",
        r"|(?P<bare>[0-9]{1,2}(?:[,、至到~-][0-9]{1,2})*|[一二三四](?:[,、至到~-]?[一二三四])*)",
        r"|(?P<condition>需要?|须|必须|要求|应当?)",
        r"|(?P<break>[;。]|\.\.\.)|(?P<comma>,)|(?P<open>\()|(?P<close>\))",
    );
    GLUE = r"^[:(的为人员\s]*$";
    BRACKETS = r"\([^()]*\)";
    INCLUDED = r"^\(含[^()]{0,3}级\)$";
    RANGE = r"[至到~-]";
    NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍]{1,4}";
    A_LEVEL_ENDS = r"^(?:$|[;,、。()/]|[^\d名人个位岁周%.年月级一-龥]|残|视|听|言|肢|智|精|多)";
}

const CLASSES: [&str; 7] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7"];

/// Cuts a text into its words; everything else is dropped, and so are brackets that name no class.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = &*BRACKETS.replace_all(text, |parts: &Captures<'_>| {
        let inside = parts.get(0).map_or("", |part| part.as_str());
        let names = WORDS.captures_iter(inside).filter_map(|parts| kind(&parts));
        let kept = names.into_iter().any(|kind| {
            matches!(
                kind,
                Kind::Class(_) | Kind::Levels { .. } | Kind::OutOfScale | Kind::OtherScale | Kind::Severity
            )
        });
        if kept && !INCLUDED.is_match(inside) { inside.to_owned() } else { String::new() }
    });
    let mut tokens: Vec<Token> = Vec::new();
    for parts in WORDS.captures_iter(text) {
        let Some(whole) = parts.get(0) else { continue };
        let last = tokens.last().copied();
        let between = text.get(last.map_or(0, |last| last.to)..whole.start()).unwrap_or_default();
        let glued = last.is_some() && GLUE.is_match(between);
        let token = |kind| Token { kind, from: whole.start(), to: whole.end(), glued };
        if parts.name("bare").is_some() {
            // digits without 级 count only right behind a class
            let rest = text.get(whole.end()..).unwrap_or_default();
            let behind = last.is_some_and(|last| last.names_people() && last.touches(&token(Kind::Comma)));
            if behind && A_LEVEL_ENDS.is_match(rest) {
                tokens.push(token(levels(whole.as_str(), None)));
            }
        } else if let Some(kind) = kind(&parts) {
            tokens.push(token(kind));
        }
    }
    mark_brackets(text, &mut tokens);
    tokens
}

/// An opening bracket right behind a class leaves the level inside it glued to the class.
fn mark_brackets(text: &str, tokens: &mut Vec<Token>) {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for (place, token) in tokens.iter().enumerate() {
        let level_next = tokens.get(place + 1).is_some_and(|next| matches!(next.kind, Kind::Levels { .. }));
        let people_last = kept.last().is_some_and(Token::names_people);
        if token.kind == Kind::Open && level_next && people_last {
            continue;
        }
        let between = kept.last().and_then(|last| text.get(last.to..token.from));
        kept.push(Token { glued: between.is_some_and(|between| GLUE.is_match(between)), ..*token });
    }
    *tokens = kept;
}

fn kind(parts: &Captures<'_>) -> Option<Kind> {
    let has = |name| parts.name(name).is_some();
    if let Some(class) = CLASSES.iter().zip(Class::ALL).find(|(name, _)| has(name)) {
        return Some(Kind::Class(class.1));
    }
    if let Some(found) = parts.name("levels") {
        return Some(levels(found.as_str(), parts.name("threshold").map(|word| word.as_str())));
    }
    let plain = [
        ("soldier", Kind::OtherScale),
        ("preferred", Kind::Preferred),
        ("not", Kind::Not { backward: true }),
        ("except", Kind::Not { backward: false }),
        ("disabled", Kind::Disabled),
        ("severe", Kind::Levels { levels: Levels(0b0011), threshold: false }),
        ("severity", Kind::Severity),
        ("condition", Kind::Condition),
        ("break", Kind::Break),
        ("comma", Kind::Comma),
        ("open", Kind::Open),
        ("close", Kind::Close),
        ("relative", Kind::Relative { of_the_named: !has("beside") }),
    ];
    plain.into_iter().find(|(name, _)| has(name)).map(|(_, kind)| kind)
}

/// The set that a phrase names: `1-4级`, `3,4级`, `1,2,级`, `三、四级`, `一至三级`, `三四级`, `三级以上`.
///
/// 以上 is "more severe", as the policies use it for levels (三级以上: 1, 2 and 3); the caller notes it.
fn levels(phrase: &str, threshold: Option<&str>) -> Kind {
    let phrase = phrase.trim_end_matches("以上").trim_end_matches("以下");
    let mut set = Vec::new();
    let mut last_end = 0;
    for found in NUMBER.find_iter(phrase) {
        let between = phrase.get(last_end..found.start()).unwrap_or_default();
        last_end = found.end();
        let Some(numbers) = numbers(found.as_str()) else { return Kind::OutOfScale };
        if let (true, Some(start), Some(end)) =
            (RANGE.is_match(between), set.last().copied(), numbers.first().copied())
        {
            set.extend(u8::min(start, end)..=u8::max(start, end));
        }
        set.extend(numbers);
    }
    let (low, high) = (set.iter().min().copied(), set.iter().max().copied());
    match (threshold, low, high) {
        (Some(word), _, Some(high)) if word.ends_with('上') => set.extend(1..=high),
        (Some(_), Some(low), _) => set.extend(low..=4),
        _ => {}
    }
    Kind::Levels { levels: Levels::of(set), threshold: threshold.is_some() }
}

/// `4` → 4, `三` → 3, `三四` → 3 and 4; `None` for anything beyond the scale.
fn numbers(word: &str) -> Option<Vec<u8>> {
    let pieces: Vec<String> = if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        vec![word.to_owned()]
    } else {
        word.chars().map(String::from).collect()
    };
    let level = |piece: &String| whole(piece).and_then(|level| u8::try_from(level).ok());
    pieces.iter().map(|piece| level(piece).filter(|level| (1..=4).contains(level))).collect()
}
