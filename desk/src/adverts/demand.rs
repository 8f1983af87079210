//! Functional items: `0` to `4`, of an opening with `!` for safety and `?` for a marginal duty.

use super::text::{patterns, tight};
use super::{Finding, Reading};

/// What an opening asks of one functional item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// 0 (not required) to 4 (constant or very heavy).
    pub value: u8,
    /// `!`: a gap endangers somebody; only an accommodation that names the hazard closes it.
    pub safety: bool,
    /// `?`: a duty that can be given to others; a gap does not bar.
    pub marginal: bool,
}

patterns! {
    DEMAND = r"^([0-9]{1,3})(?:\.0)?([!?]*)$";
    NEGATIVE = r"^-\d";
}

/// What an opening asks: `0` to `4`, then `!` (safety) or `?` (marginal) in either width.
///
/// Both marks together contradict each other: the value stands as a safety item and a finding says so.
pub fn demand(text: &str) -> Reading<Option<Demand>> {
    let text = tight(text);
    if text.is_empty() {
        return Reading::clean(None);
    }
    let Some(parts) = DEMAND.captures(&text) else { return Reading::with(None, fault_of(&text)) };
    let part = |place: usize| parts.get(place).map_or("", |part| part.as_str());
    let (safety, marginal) = (part(2).contains('!'), part(2).contains('?'));
    match part(1).parse() {
        Ok(value @ 0..=4) if safety && marginal => {
            Reading::with(Some(Demand { value, safety, marginal: false }), Finding::SafetyAndMarginal)
        }
        Ok(value @ 0..=4) => Reading::clean(Some(Demand { value, safety, marginal })),
        _ => Reading::with(None, Finding::ItemOutOfScale),
    }
}

/// What a person can do: `0` to `4`; an empty cell is unknown, never 0.
pub fn capacity(text: &str) -> Reading<Option<u8>> {
    let reading = demand(text);
    match reading.value {
        Some(demand) if demand.safety || demand.marginal => Reading::with(None, Finding::UnreadableItem),
        _ => reading.map(|demand| demand.map(|demand| demand.value)),
    }
}

fn fault_of(text: &str) -> Finding {
    if NEGATIVE.is_match(text) { Finding::ItemOutOfScale } else { Finding::UnreadableItem }
}

#[cfg(test)]
mod tests {
    use super::{Demand, Finding, capacity, demand};

    #[test]
    fn demands_with_their_marks() {
        for (text, value, safety, marginal) in [
            ("3", 3, false, false),
            ("3！", 3, true, false),
            ("2 ？", 2, false, true),
            ("4.0", 4, false, false),
        ] {
            assert_eq!(demand(text).value, Some(Demand { value, safety, marginal }), "{text}");
        }
        assert_eq!(demand("3!?").findings, [Finding::SafetyAndMarginal]);
        assert_eq!(demand("").value, None);
    }

    #[test]
    fn faults() {
        for (text, fault) in [
            ("5", Finding::ItemOutOfScale),
            ("-1", Finding::ItemOutOfScale),
            ("高", Finding::UnreadableItem),
            ("2.5", Finding::UnreadableItem),
        ] {
            assert_eq!((demand(text).value, demand(text).findings), (None, vec![fault]), "{text}");
            assert_eq!(capacity(text).value, None, "{text}");
        }
        assert_eq!((capacity("２").value, capacity("2!").value), (Some(2), None));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9.!?-]{0,8}") {
            let _ = (demand(&text), capacity(&text), demand(&near), capacity(&near));
        }
    }
}
