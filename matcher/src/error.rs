//! A call that did not happen. Findings about single rows are [`crate::issue::Issue`]s, results are outcomes; neither is an error.

use std::fmt;

use crate::issue::{Issue, Severity};

/// Everything that can go wrong in a call of this crate. One word wide; details stay private.
#[derive(Debug)]
pub struct Error(Box<Repr>);

#[derive(Debug)]
enum Repr {
    Syntax { path: String, found: String },
    Policy(Vec<PolicyFault>),
    Limit { what: &'static str, found: u64, most: u64 },
    Unsolvable(String),
    Rejected(Vec<Issue>),
}

/// What a caller can usefully branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not what its format asks for.
    Syntax,
    /// The policy or the local decisions are wrong or incomplete.
    Policy,
    /// More than a limit allows.
    Limit,
    /// The instance breaks a promise that the solver needs.
    Unsolvable,
    /// The gate would set the row aside.
    Rejected,
}

/// One fault of a policy or decisions file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// Line and column, from 1; `None` where the fault is of the whole file.
    pub at: Option<(usize, usize)>,
    /// Where in the file's structure, e.g. `tiers[0].groups[1]`.
    pub path: String,
    /// What is wrong and what to do, one English sentence.
    pub message: String,
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "line {line}, column {column}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl Error {
    pub(crate) fn syntax(path: &str, found: &str) -> Self {
        Self(Box::new(Repr::Syntax { path: path.to_owned(), found: found.to_owned() }))
    }

    pub(crate) fn policy(faults: Vec<PolicyFault>) -> Self {
        Self(Box::new(Repr::Policy(faults)))
    }

    pub(crate) fn limit(what: &'static str, found: u64, most: u64) -> Self {
        Self(Box::new(Repr::Limit { what, found, most }))
    }

    pub(crate) fn unsolvable(why: impl Into<String>) -> Self {
        Self(Box::new(Repr::Unsolvable(why.into())))
    }

    pub(crate) fn rejected(issues: Vec<Issue>) -> Self {
        Self(Box::new(Repr::Rejected(issues)))
    }

    /// What went wrong, to branch on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Repr::Syntax { .. } => ErrorKind::Syntax,
            Repr::Policy(_) => ErrorKind::Policy,
            Repr::Limit { .. } => ErrorKind::Limit,
            Repr::Unsolvable(_) => ErrorKind::Unsolvable,
            Repr::Rejected(_) => ErrorKind::Rejected,
        }
    }

    /// The faults of the policy file; empty unless the kind is [`ErrorKind::Policy`].
    #[must_use]
    pub fn policy_faults(&self) -> &[PolicyFault] {
        match &*self.0 {
            Repr::Policy(faults) => faults,
            _ => &[],
        }
    }

    /// What the gate found in the row, that for which it is set aside among it; empty unless the kind is
    /// [`ErrorKind::Rejected`].
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        match &*self.0 {
            Repr::Rejected(issues) => issues,
            _ => &[],
        }
    }

    /// Where in the text reading stopped, as a JSON path; empty unless the kind is [`ErrorKind::Syntax`].
    #[must_use]
    pub fn path(&self) -> &str {
        match &*self.0 {
            Repr::Syntax { path, .. } => path,
            _ => "",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Syntax { path, found } => write!(f, "at `{path}`: {found}"),
            Repr::Policy(faults) => lines(f, faults.iter()),
            Repr::Rejected(issues) => {
                let grave = |it: &&Issue| it.code().severity() == Severity::Rejected;
                let all = issues.iter().all(|it| !grave(&it));
                lines(f, issues.iter().filter(|it| all || grave(it)))
            }
            Repr::Limit { what, found, most } => write!(f, "{found} {what}, and at most {most} are allowed"),
            Repr::Unsolvable(why) => f.write_str(why),
        }
    }
}

fn lines<T: fmt::Display>(f: &mut fmt::Formatter<'_>, all: impl Iterator<Item = T>) -> fmt::Result {
    for (at, one) in all.enumerate() {
        let separator = if at == 0 { "" } else { "\n" };
        write!(f, "{separator}{one}")?;
    }
    Ok(())
}

impl std::error::Error for Error {}
