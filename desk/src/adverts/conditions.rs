//! Conditions about sex, health and looks. They are reported as findings about the advert and never applied:
//! no policy names them.

use super::text::{patterns, tight};

/// A condition that an advert states and the engine does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Women alone, or women first.
    Women,
    /// Men alone, or men first.
    Men,
    /// "Good health".
    GoodHealth,
    /// A medical standard or check-up decides.
    MedicalStandard,
    /// "Able to carry out the duties", "has working capacity".
    AbleToWork,
    /// Looks or bearing.
    Looks,
    /// A height or weight.
    BodySize,
    /// Good eyesight, asked for beyond the classes accepted.
    Eyesight,
    /// Married, with children, or without.
    Family,
}

impl Condition {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Women,
        Self::Men,
        Self::GoodHealth,
        Self::MedicalStandard,
        Self::AbleToWork,
        Self::Looks,
        Self::BodySize,
        Self::Eyesight,
        Self::Family,
    ];

    /// A stable name, the key of a message catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Women => "condition.women",
            Self::Men => "condition.men",
            Self::GoodHealth => "condition.good_health",
            Self::MedicalStandard => "condition.medical_standard",
            Self::AbleToWork => "condition.able_to_work",
            Self::Looks => "condition.looks",
            Self::BodySize => "condition.body_size",
            Self::Eyesight => "condition.eyesight",
            Self::Family => "condition.family",
        }
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self {
            Self::Women => "women",
            Self::Men => "men",
            Self::GoodHealth => "good health",
            Self::MedicalStandard => "a medical standard",
            Self::AbleToWork => "being able to do the work",
            Self::Looks => "looks",
            Self::BodySize => "a height or weight",
            Self::Eyesight => "good eyesight",
            Self::Family => "a family status",
        };
        write!(f, "the advert asks for {what}, which no policy names: not applied; ask the employer why")
    }
}

patterns! {
    NO_SEX = r"男女(?:性)?(?:不限|均可|皆可|都可|不拘|均招)?|性别不限|不限(?:男女|性别)|不限制?性别";
    NOT_A_CONDITION = r"妇女儿?童?|女士服装|男装|女装|男鞋|女鞋|子女|儿女|男科|妇女联";
    WOMEN = r"女工|女性|限女|招女|女生|女士|女孩|阿姨|宝妈|(?:^|[,;、(])女(?:$|[,;、)\d])|^女$";
    MEN = r"男工|男性|限男|招男|男生|男士|(?:^|[,;、(])男(?:$|[,;、)\d])|^男$";
    HEALTH = r"身体健康|身心健康|健康状况良好|身体素质|无(?:重大|传染|慢性)?疾?病|体健|身体条件";
    MEDICAL = r"体检|健康证|矫正视力|裸眼视力|体能测试";
    ABLE = r"履行(?:工作|岗位)?职责|劳动能力|胜任|适应岗位|正常工作能力|生活(?:能)?自理";
    LOOKS = r"五官端正|形象|气质|相貌|仪表";
    SIZE = r"身高|体重|净高";
    EYESIGHT = r"视力(?:良好|较好|好|正常|佳|[0-9])|视力(?:均)?(?:不低于|低于|达到)";
    FAMILY = r"已婚|未婚|已育|未育|婚育";
}

/// Finds the conditions in a title, a sex column or other demands. Order as in [`Condition::ALL`], each once.
///
/// `男女不限` is no condition.
///
/// ```
/// use anzhi_desk::adverts::conditions::{Condition, read};
///
/// assert_eq!(read("女工加工电脑芯片，身体健康"), [Condition::Women, Condition::GoodHealth]);
/// assert_eq!(read("语音主播【男女不限】"), []);
/// ```
pub fn read(text: &str) -> Vec<Condition> {
    let text = tight(&text.replace('\n', ";"));
    let text = NO_SEX.replace_all(&text, "");
    let text = NOT_A_CONDITION.replace_all(&text, "");
    let words = [&WOMEN, &MEN, &HEALTH, &MEDICAL, &ABLE, &LOOKS, &SIZE, &EYESIGHT, &FAMILY];
    let found = Condition::ALL.iter().zip(words).filter(|(_, word)| word.is_match(&text));
    found.map(|(condition, _)| *condition).collect()
}

#[cfg(test)]
mod tests {
    use super::{Condition, read};

    #[test]
    fn conditions_of_the_real_adverts() {
        for (text, expected) in [
            ("男女不限", vec![]),
            ("男女均可", vec![]),
            ("女工加工电脑芯片类的材料", vec![Condition::Women]),
            ("清洁阿姨", vec![Condition::Women]),
            ("身体健康，能吃苦耐劳", vec![Condition::GoodHealth]),
            ("具有履行工作职责的身体条件", vec![Condition::GoodHealth, Condition::AbleToWork]),
            (
                "体检参照有关标准(双眼矫正视力均低于0.8将被视为不合格)",
                vec![Condition::MedicalStandard, Condition::Eyesight],
            ),
            ("视力良好，手脚麻利", vec![Condition::Eyesight]),
            ("具有适应岗位的基本劳动能力", vec![Condition::AbleToWork]),
            ("妇女儿童保健科医师", vec![]),
            ("男", vec![Condition::Men]),
            ("五官端正，身高160以上", vec![Condition::Looks, Condition::BodySize]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_differ() {
        let codes: std::collections::BTreeSet<_> =
            Condition::ALL.iter().map(|condition| condition.code()).collect();
        assert_eq!(codes.len(), Condition::ALL.len());
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = read(&text);
        }
    }
}
