//! What a request asks: a document, a policy, a day, and what is wanted of them.

use std::sync::Arc;

use anzhi::day::Day;
use anzhi::input::Document;
use anzhi::policy::Policy;
use anzhi::run::Scope;
use anzhi_desk::messages::Language;
use anzhi_desk::run::{MOST_TOP, Options, USUAL_TOP, Undecided, decide, names};
use serde::Deserialize;

use crate::problem::{Kind, Problem, pointer};
use crate::state::Policies;

/// The body of every `POST`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Everything about people and openings, `anzhi.input/1`.
    document: Document,
    /// A policy that comes with the service.
    policy: Option<String>,
    /// The text of another policy.
    policy_toml: Option<String>,
    /// The day of the match.
    date: Day,
    /// Local decisions, where the policy leaves something open.
    decisions_toml: Option<String>,
    /// The published seed of the lottery.
    seed: Option<String>,
    /// The published salt of the order among equals.
    salt: Option<String>,
    /// Entries of each shortlist.
    top: Option<usize>,
    /// `zh` or `en`.
    language: Option<String>,
}

/// A request that has been read and checked.
#[derive(Debug)]
pub struct Asked {
    /// The document, not yet behind the gate.
    pub document: Document,
    /// The policy with its local decisions.
    pub policy: Policy,
    /// Day, seed, salt, length of the lists, language, scope.
    pub options: Options,
}

impl Asked {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// One problem: not the JSON asked for, no or no known policy, faults of its text or of the decisions, a value out
    /// of its range.
    pub fn read(bytes: &[u8], policies: &Policies, scope: Scope) -> Result<Self, Problem> {
        let ask = parse(bytes)?;
        let policy = ask.policy(policies)?;
        let policy = match &ask.decisions_toml {
            None => Arc::unwrap_or_clone(policy),
            Some(text) => decide(Arc::unwrap_or_clone(policy), text, ask.date)
                .map_err(|why| undecided(&why, ask.date))?,
        };
        let top = ask.top.unwrap_or(USUAL_TOP);
        if !(1..=MOST_TOP).contains(&top) {
            let detail =
                format!("a shortlist cannot have {top} entries; write a number from 1 to {MOST_TOP}");
            return Err(Problem::new(Kind::BadValue, detail).at("/top"));
        }
        let language = ask.language.as_deref().unwrap_or("zh").parse::<Language>();
        let language =
            language.map_err(|error| Problem::new(Kind::BadValue, error.to_string()).at("/language"))?;
        let seed = ask.seed.filter(|seed| !seed.is_empty());
        let salt = ask.salt.filter(|salt| !salt.is_empty());
        let options = Options { on: ask.date, seed, salt, top, language, scope };
        Ok(Self { document: ask.document, policy, options })
    }
}

fn parse(bytes: &[u8]) -> Result<Ask, Problem> {
    // a list of values would be read as a record, by position
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::new(Kind::BadBody, "the body is no JSON object; send one, `{…}`").at(""));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let ask = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let at = pointer("", &error.path().to_string());
        Problem::new(Kind::BadBody, error.inner().to_string()).at(at)
    })?;
    json.end().map_err(|error| Problem::new(Kind::BadBody, error.to_string()).at(""))?;
    Ok(ask)
}

impl Ask {
    fn policy(&self, policies: &Policies) -> Result<Arc<Policy>, Problem> {
        let text = match (&self.policy, &self.policy_toml) {
            (Some(name), None) => Policy::builtin_text(name).ok_or_else(|| {
                let detail = format!("no policy is called `{name}`; those of this service are {}", names());
                Problem::new(Kind::UnknownPolicy, detail).at("/policy")
            })?,
            (None, Some(text)) => text.as_str(),
            (None, None) => {
                let detail = format!("name one of {} as `policy`, or send a text as `policy_toml`", names());
                return Err(Problem::new(Kind::PolicyChoice, detail).at("/policy"));
            }
            (Some(_), Some(_)) => {
                let detail = "both `policy` and `policy_toml` are given; keep one of the two";
                return Err(Problem::new(Kind::PolicyChoice, detail).at("/policy_toml"));
            }
        };
        policies.read(text).map_err(|error| Problem::of_text(Kind::BadPolicy, "/policy_toml", &error))
    }
}

fn undecided(why: &Undecided, on: Day) -> Problem {
    match why {
        Undecided::Text(error) => Problem::of_text(Kind::BadDecisions, "/decisions_toml", error),
        Undecided::Later(used) => {
            let said: Vec<String> = used.iter().map(|it| format!("{} of {}", it.what, it.date)).collect();
            let detail = format!(
                "the decisions on {} had not been taken on the day of the match, {on}; correct one of the two",
                said.join(", ")
            );
            Problem::new(Kind::BadDecisions, detail).at("/decisions_toml")
        }
    }
}
