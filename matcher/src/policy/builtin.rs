//! The policies that are compiled in, so that an installed program has them without a folder beside it.

use super::whole::Policy;

const TEXTS: [(&str, &str); 6] = [
    ("xinhuang", include_str!("../../../fixtures/policies/xinhuang.toml")),
    ("zhongshan", include_str!("../../../fixtures/policies/zhongshan.toml")),
    ("panjin", include_str!("../../../fixtures/policies/panjin.toml")),
    ("dianjiang", include_str!("../../../fixtures/policies/dianjiang.toml")),
    ("jizhou", include_str!("../../../fixtures/policies/jizhou.toml")),
    ("general", include_str!("../../../fixtures/policies/general.toml")),
];

impl Policy {
    /// The names of the policies that are compiled in: five places and `general`.
    pub const BUILTIN: &[&str] = &[TEXTS[0].0, TEXTS[1].0, TEXTS[2].0, TEXTS[3].0, TEXTS[4].0, TEXTS[5].0];

    /// The policy of the user's own three groups: low-income households, households with several disabled
    /// members, zero-employment households; one tier, all equal. It has no source text and no end.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the text is compiled in, and a test reads it"
    )]
    pub fn general() -> Self {
        Self::builtin("general").expect("the compiled-in policy reads")
    }

    /// The policy that is compiled in under this name. Reads the text anew: keep the value.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        Self::from_toml(Self::builtin_text(name)?).ok()
    }

    /// The TOML text of the policy that is compiled in under this name.
    #[must_use]
    pub fn builtin_text(name: &str) -> Option<&'static str> {
        TEXTS.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
    }
}
