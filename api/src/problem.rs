//! The only place where a failure becomes a status: problem details after RFC 9457, `application/problem+json`.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE};
use actix_web::{HttpResponse, ResponseError};
use anzhi::error::{Error, ErrorKind, PolicyFault};
use serde::Serialize;

macro_rules! kinds {
    ($($name:ident $code:literal $status:ident $title:literal;)+) => {
        /// What kind of failure it is. The code is a public promise, the wording is not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $(#[doc = $title] $name,)+
        }

        impl Kind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The last part of the problem's type.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The status of the answer.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// What it is, the same for every occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

kinds! {
    UnknownPath "unknown-path" NOT_FOUND "there is nothing at this path";
    WrongMethod "wrong-method" METHOD_NOT_ALLOWED "this path does not take this method";
    ContentType "content-type" UNSUPPORTED_MEDIA_TYPE "the body is not declared as JSON";
    TooLarge "too-large" PAYLOAD_TOO_LARGE "the body is larger than this service takes";
    BrokenBody "broken-body" BAD_REQUEST "the body could not be received";
    BadBody "bad-body" BAD_REQUEST "the body is not the JSON that this path takes";
    PolicyChoice "policy-choice" UNPROCESSABLE_ENTITY "exactly one of `policy` and `policy_toml` is needed";
    UnknownPolicy "unknown-policy" UNPROCESSABLE_ENTITY "no policy has this name";
    BadPolicy "bad-policy" UNPROCESSABLE_ENTITY "the text of the policy has faults";
    BadDecisions "bad-decisions" UNPROCESSABLE_ENTITY "the local decisions cannot be taken up";
    BadValue "bad-value" UNPROCESSABLE_ENTITY "a value is out of its range";
    BadDocument "bad-document" UNPROCESSABLE_ENTITY "the document cannot be used at all";
    Unsolvable "unsolvable" UNPROCESSABLE_ENTITY "the assignment asks for what is refused by name";
    Crashed "crashed" INTERNAL_SERVER_ERROR "the service failed";
}

/// Where something is wrong, and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// JSON pointer into the body.
    pub path: String,
    /// Line in the text at that pointer, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in that line, in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What is wrong and what to do, one English sentence.
    pub text: String,
}

/// A failure as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    kind: Kind,
    detail: String,
    findings: Vec<Finding>,
    allow: Option<&'static str>,
}

#[derive(Serialize)]
struct Wire<'p> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'p str,
    findings: &'p [Finding],
}

impl Problem {
    /// A problem with one sentence about this occurrence.
    #[must_use]
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), findings: Vec::new(), allow: None }
    }

    /// The same, about a place in the body.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        let text = self.detail.clone();
        self.findings.push(Finding { path: path.into(), text, ..Finding::default() });
        self
    }

    /// The method is not one of those that the path takes.
    #[must_use]
    pub fn wrong_method(found: &str, allow: &'static str) -> Self {
        let detail = format!("this path takes {allow}, and the request was {found}");
        Self { allow: Some(allow), ..Self::new(Kind::WrongMethod, detail) }
    }

    /// Faults of a TOML text that stands at a pointer of the body.
    #[must_use]
    pub fn of_text(kind: Kind, path: &str, error: &Error) -> Self {
        let finding = |fault: &PolicyFault| {
            let within = if fault.path.is_empty() { String::new() } else { format!("`{}`: ", fault.path) };
            Finding {
                path: path.to_owned(),
                line: fault.at.map(|at| at.0),
                column: fault.at.map(|at| at.1),
                text: format!("{within}{}", fault.message),
            }
        };
        let findings: Vec<Finding> = error.policy_faults().iter().map(finding).collect();
        let detail = match findings.as_slice() {
            [one] => one.text.clone(),
            many => format!("{} faults; see the findings", many.len()),
        };
        Self { findings, ..Self::new(kind, detail) }
    }

    /// What the engine refused.
    #[must_use]
    pub fn of_engine(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Syntax if ["seed", "salt"].contains(&error.path()) => {
                Self::new(Kind::BadValue, error.to_string()).at(format!("/{}", error.path()))
            }
            ErrorKind::Syntax => {
                Self::new(Kind::BadDocument, error.to_string()).at(pointer("/document", error.path()))
            }
            ErrorKind::Limit => Self::new(Kind::BadDocument, error.to_string()).at("/document"),
            // a policy is read before; what the engine finds is an order that cannot be followed
            ErrorKind::Policy => Self::of_text(Kind::BadDecisions, "/decisions_toml", error),
            _ => Self::new(Kind::Unsolvable, error.to_string()).at("/document"),
        }
    }

    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }
}

/// A path such as `document.candidates[3].birth` as a JSON pointer below `root`.
#[must_use]
pub fn pointer(root: &str, path: &str) -> String {
    let mut pointer = root.to_owned();
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty() && *part != "?");
    for part in parts {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.code(), self.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let wire = Wire {
            r#type: format!("urn:anzhi:problem:{}", self.kind.code()),
            title: self.kind.title(),
            status: self.status_code().as_u16(),
            detail: &self.detail,
            findings: &self.findings,
        };
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((CONTENT_TYPE, "application/problem+json"));
        if let Some(allow) = self.allow {
            answer.insert_header((ALLOW, allow));
        }
        answer.body(serde_json::to_vec(&wire).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_pointers() {
        assert_eq!(pointer("", "document.candidates[3].birth"), "/document/candidates/3/birth");
        assert_eq!(pointer("/document", "format"), "/document/format");
        assert_eq!(pointer("", "."), "");
        assert_eq!(pointer("", "a/b"), "/a~1b");
    }

    #[test]
    fn codes_are_distinct() {
        let mut codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}
