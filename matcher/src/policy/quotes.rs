//! Quotations: each must stand word for word in the source text of the policy.

use super::model::Basis;
use super::whole::Policy;

/// Left in two of the source texts by the word processor they were written with; whitespace taken out.
const ARTEFACT: &str = "[bookmark:_GoBack]";

/// Every basis of the policy that carries a quotation.
pub fn quotations(policy: &Policy) -> impl Iterator<Item = &Basis> {
    policy.bases().filter(|basis| basis.quote.is_some())
}

/// Every basis whose quotation does not stand in the source text.
///
/// White space and the bookmarks of a word processor are passed over, since line and page breaks fall anywhere;
/// every other character must be the same, full-width and half-width punctuation told apart.
pub fn find_quotes<'p>(policy: &'p Policy, source_text: &str) -> Vec<&'p Basis> {
    let source = bare(source_text);
    let missing = |basis: &&Basis| basis.quote.as_deref().is_some_and(|quote| !source.contains(&bare(quote)));
    quotations(policy).filter(missing).collect()
}

fn bare(text: &str) -> String {
    let dense: String = text.chars().filter(|it| !it.is_whitespace() && *it != '\u{feff}').collect();
    dense.replace(ARTEFACT, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_passed_over_and_punctuation_is_not() {
        let source = bare("要优先\r\n 安置　[bookmark: _GoBack]残疾人，及家庭\n成员。");
        assert!(source.contains(&bare("优先安置残疾人，及家庭成员")));
        assert!(!source.contains(&bare("残疾人,及家庭")));
    }
}
