//! Accommodations by id, name or a word of adverts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anzhi::catalogue;

use super::key;

static NAMES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for it in catalogue::accommodations() {
        for name in [&it.id, &it.zh, &it.en].into_iter().chain(&it.aliases) {
            names.entry(key(name)).or_insert(it.id.as_str());
        }
    }
    names
});

/// The id of the accommodation that a name means.
pub fn accommodation(name: &str) -> Option<&'static str> {
    NAMES.get(&key(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::accommodation;

    #[test]
    fn names_lead_to_ids() {
        for name in ["text-chat", "文字交流", "打字沟通", "Text chat instead of speech"] {
            assert_eq!(accommodation(name), Some("text-chat"), "{name}");
        }
        assert_eq!(accommodation("免费午餐"), None);
    }
}
