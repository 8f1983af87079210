//! Words about function in titles and demands: one crutch, artificial limb, wheelchair, hands intact. They
//! hint at what an employer thinks of; they bar nobody and fill no demand.

use super::text::{patterns, tight};

/// How the advert means the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// People with it are welcome.
    Welcome,
    /// It is asked for.
    Asked,
    /// The work brings it along.
    Work,
}

/// One functional remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// A crutch (单拐, 拄拐, also misprinted 柱拐).
    Crutch,
    /// Two crutches (双拐).
    TwoCrutches,
    /// An artificial limb (假肢, 义肢).
    ArtificialLimb,
    /// A wheelchair (轮椅).
    Wheelchair,
    /// Short stature (矮个子, 侏儒).
    ShortStature,
    /// Deaf or hard of hearing (听障).
    HardOfHearing,
    /// Hands intact (手部完整, 双手健全).
    HandsIntact,
    /// Nimble hands (手脚麻利, 手灵巧, 打字).
    NimbleHands,
    /// Good eyesight (视力良好).
    Eyesight,
    /// Walks freely (行动方便).
    Walking,
    /// Talks with others (沟通, 表达).
    Talking,
    /// Telephone work (打电话).
    Telephone,
    /// Seated work (坐班, 坐岗).
    Seated,
    /// Standing work (站立).
    Standing,
    /// Night work or rotating shifts (夜班, 倒班).
    Nights,
    /// Heavy or outdoor work (野外, 吃苦耐劳, 搬运).
    Strength,
}

/// A remark with its sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hint {
    /// What it is about.
    pub function: Function,
    /// How it is meant.
    pub sense: Sense,
}

impl Function {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Crutch,
        Self::TwoCrutches,
        Self::ArtificialLimb,
        Self::Wheelchair,
        Self::ShortStature,
        Self::HardOfHearing,
        Self::HandsIntact,
        Self::NimbleHands,
        Self::Eyesight,
        Self::Walking,
        Self::Talking,
        Self::Telephone,
        Self::Seated,
        Self::Standing,
        Self::Nights,
        Self::Strength,
    ];

    /// A stable name, the key of a message catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Crutch => "function.crutch",
            Self::TwoCrutches => "function.two_crutches",
            Self::ArtificialLimb => "function.artificial_limb",
            Self::Wheelchair => "function.wheelchair",
            Self::ShortStature => "function.short_stature",
            Self::HardOfHearing => "function.hard_of_hearing",
            Self::HandsIntact => "function.hands_intact",
            Self::NimbleHands => "function.nimble_hands",
            Self::Eyesight => "function.eyesight",
            Self::Walking => "function.walking",
            Self::Talking => "function.talking",
            Self::Telephone => "function.telephone",
            Self::Seated => "function.seated",
            Self::Standing => "function.standing",
            Self::Nights => "function.nights",
            Self::Strength => "function.strength",
        }
    }

    /// The functional items (P1 … N4) that staff should ask the employer about.
    pub const fn items(self) -> &'static [&'static str] {
        match self {
            Self::Crutch | Self::TwoCrutches | Self::ArtificialLimb | Self::Walking => &["P2", "M1", "M2"],
            Self::Wheelchair => &["P2", "M1", "M2", "M3"],
            Self::ShortStature => &["U1"],
            Self::HardOfHearing => &["H1", "H2"],
            Self::HandsIntact => &["U2", "U3", "U4"],
            Self::NimbleHands => &["U3", "C4"],
            Self::Eyesight => &["V1", "V2"],
            Self::Talking => &["H1", "K1", "O1"],
            Self::Telephone => &["H1", "K1"],
            Self::Seated => &["P1"],
            Self::Standing => &["P2"],
            Self::Nights => &["N4"],
            Self::Strength => &["S1", "E1", "N1"],
        }
    }

    const fn sense(self) -> Sense {
        match self {
            Self::Crutch
            | Self::TwoCrutches
            | Self::ArtificialLimb
            | Self::Wheelchair
            | Self::ShortStature
            | Self::HardOfHearing => Sense::Welcome,
            Self::Seated | Self::Standing | Self::Nights | Self::Telephone => Sense::Work,
            _ => Sense::Asked,
        }
    }
}

patterns! {
    REFUSED = r"(?:不接受|不招|不要|谢绝|不适合|除)[^,;。()]*";
    NO_TELEPHONE = r"(?:不用|无需|不需要?|不)打电话";
    CRUTCH = r"单拐|[拄柱]拐|拐杖|[拄柱]单拐";
    TWO_CRUTCHES = r"双拐";
    LIMB = r"假肢|义肢";
    WHEELCHAIR = r"轮椅";
    STATURE = r"矮个|侏儒|个子矮|身材矮小";
    HEARING = r"听障|聋";
    HANDS = r"(?:手部|双手|上肢|手)(?:完整|健全|齐全)";
    NIMBLE = r"手脚麻利|灵巧|手巧|打字|动手能力";
    EYESIGHT = r"视力(?:良好|较好|好|正常|佳)|矫正视力";
    WALKING = r"行动(?:方便|自如)|行走";
    TALKING = r"沟通|表达能力|普通话|口齿";
    TELEPHONE = r"打电话|外呼|接听|电话客服|热线";
    SEATED = r"坐班|坐岗|坐着";
    STANDING = r"站立|站岗|久站";
    NIGHTS = r"夜班|倒班|两班倒|三班倒|轮班|通宵";
    STRENGTH = r"吃苦耐劳|野外|搬运|装卸|体力|力气";
}

/// Finds the functional remarks of a text. Order as in [`Function::ALL`], each once.
///
/// ```
/// use anzhi_desk::adverts::functions::{Function, Sense, read};
///
/// let hints = read("包吃住假肢单拐矮个子均可做的包装岗");
/// let found: Vec<_> = hints.iter().map(|hint| hint.function).collect();
/// assert_eq!(found, [Function::Crutch, Function::ArtificialLimb, Function::ShortStature]);
/// assert!(hints.iter().all(|hint| hint.sense == Sense::Welcome));
/// ```
pub fn read(text: &str) -> Vec<Hint> {
    let text = tight(&text.replace('\n', ";"));
    let text = REFUSED.replace_all(&text, "");
    let text = NO_TELEPHONE.replace_all(&text, "");
    let words = [
        &CRUTCH,
        &TWO_CRUTCHES,
        &LIMB,
        &WHEELCHAIR,
        &STATURE,
        &HEARING,
        &HANDS,
        &NIMBLE,
        &EYESIGHT,
        &WALKING,
        &TALKING,
        &TELEPHONE,
        &SEATED,
        &STANDING,
        &NIGHTS,
        &STRENGTH,
    ];
    let found = Function::ALL.into_iter().zip(words).filter(|(_, word)| word.is_match(&text));
    found.map(|(function, _)| Hint { function, sense: function.sense() }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Function, read};

    fn found(text: &str) -> Vec<Function> {
        read(text).into_iter().map(|hint| hint.function).collect()
    }

    #[test]
    fn words_of_the_real_adverts() {
        for (text, expected) in [
            (
                "听障，假肢，柱单拐的残友都可以报名",
                vec![Function::Crutch, Function::ArtificialLimb, Function::HardOfHearing],
            ),
            ("适合：肢体残疾，轮椅同学", vec![Function::Wheelchair]),
            ("适合：（肢体残疾，行动方便）", vec![Function::Walking]),
            ("手部完整；能熟练操作电脑", vec![Function::HandsIntact]),
            ("拄拐，矮个子都可以接受", vec![Function::Crutch, Function::ShortStature]),
            ("视力良好，手脚麻利", vec![Function::NimbleHands, Function::Eyesight]),
            ("不用打电话，坐班", vec![Function::Seated]),
            ("单拐可以，不接受轮椅", vec![Function::Crutch]),
            ("保洁", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_differ_and_each_kind_has_items() {
        let codes: std::collections::BTreeSet<_> =
            Function::ALL.iter().map(|function| function.code()).collect();
        assert_eq!(codes.len(), Function::ALL.len());
        assert!(Function::ALL.iter().all(|function| !function.items().is_empty()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = read(&text);
        }
    }
}
