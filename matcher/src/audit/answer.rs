//! Answers with three values.

/// Yes, no, or `None`: unknown.
pub(super) type Answer = Option<bool>;

/// *and*: one no makes no; else one unknown makes unknown; else yes.
pub(super) fn every(answers: impl IntoIterator<Item = Answer>) -> Answer {
    let mut all = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// *or*: one yes makes yes; else one unknown makes unknown; else no.
pub(super) fn some(answers: impl IntoIterator<Item = Answer>) -> Answer {
    let mut any = Some(false);
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            None => any = None,
            Some(false) => {}
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    const YES: Answer = Some(true);
    const NO: Answer = Some(false);

    #[test]
    fn tables_of_three_values() {
        let rows = [
            (YES, YES, YES, YES),
            (YES, NO, NO, YES),
            (YES, None, None, YES),
            (NO, NO, NO, NO),
            (NO, None, NO, None),
            (None, None, None, None),
        ];
        for (left, right, and, or) in rows {
            assert_eq!(every([left, right]), and, "{left:?} and {right:?}");
            assert_eq!(every([right, left]), and, "{right:?} and {left:?}");
            assert_eq!(some([left, right]), or, "{left:?} or {right:?}");
            assert_eq!(some([right, left]), or, "{right:?} or {left:?}");
        }
        assert_eq!((every([]), some([])), (YES, NO));
    }
}
