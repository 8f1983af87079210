//! From TOML to a [`Policy`]: the tree is read by hand, so that every fault shows in one pass, each at its place.

pub(super) mod decisions;
mod fields;
mod orders;
mod page;
mod register;
mod rules;
mod scores;
mod tiers;

use self::fields::{Fields, Node, Told};
use self::page::Page;
use self::register::Register;
use self::tiers::{How, ReadTiers};
use super::model::{Basis, Choices, Decided, Definitions, Period, Rule, Weights};
use super::whole::Policy;
use crate::error::Error;
use crate::ids::RegionCode;

pub(super) use self::tiers::{missing_definition, undefined};

/// The value of `format` that this version reads.
pub const POLICY_FORMAT: &str = "anzhi.policy/1";

const KEYS: &[&str] = &[
    "format",
    "name",
    "title",
    "source_file",
    "jurisdiction",
    "from",
    "until",
    "not_applied",
    "rules",
    "tiers",
    "definitions",
    "weights",
    "commute_scale",
    "choices",
];

impl Policy {
    /// Reads a policy and checks it. The format is described in `docs/policies.md`.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Policy`] with every fault of the text in order, each with line and column:
    /// what is not TOML; else each mistyped key, unknown word, missing statement and contradiction.
    ///
    /// ```
    /// use anzhi::policy::Policy;
    ///
    /// let text = Policy::builtin_text("xinhuang").unwrap_or_default();
    /// assert_eq!(Policy::from_toml(text)?.name(), "xinhuang");
    ///
    /// let mistyped = text.replace("lottery]", "lotery]");
    /// let error = Policy::from_toml(&mistyped).unwrap_err();
    /// assert!(error.to_string().contains("write `lottery`"));
    /// # Ok::<(), anzhi::error::Error>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let page = Page::new(text);
        let policy = page.parse().and_then(|tree| policy(&Fields::root(&page, &tree)));
        page.finish(policy)
    }
}

/// Everything of a policy but its heading, read so far as it could be.
struct Body {
    rules: Option<Vec<Rule>>,
    tiers: Result<Option<ReadTiers>, Told>,
    definitions: Definitions,
    weights: Option<(Weights, Basis)>,
    commute_scale: Option<Decided<u32>>,
    choices: Option<Choices>,
}

fn policy(root: &Fields<'_>) -> Option<Policy> {
    if !format_is(root, POLICY_FORMAT) {
        return None;
    }
    root.only(&[KEYS]);
    let name = root.need("name", "give the policy a short name, e.g. `xinhuang`").and_then(|it| name(&it));
    let title = root.need("title", "write the title as published").and_then(|it| it.text());
    let source_file = root.get("source_file").map(|it| file_name(&it));
    let jurisdiction = root.get("jurisdiction").map(|it| it.text());
    let in_force = period(root);
    let body = body(root, &Register::new(source_file.is_some()), in_force.unwrap_or_default());
    let (weights, weights_basis) = body.weights?;
    Some(Policy {
        name: name?.to_owned(),
        title: title?.to_owned(),
        source_file: source_file.flatten(),
        jurisdiction: jurisdiction.flatten().map(RegionCode::from),
        in_force: in_force?,
        tiers: body.tiers.ok()?.map(|read| read.tiers),
        rules: body.rules?,
        definitions: body.definitions,
        weights,
        weights_basis,
        commute_scale_km: body.commute_scale?,
        choices: body.choices?,
        decisions: Vec::new(),
        orders: Vec::new(),
    })
}

fn body(root: &Fields<'_>, register: &Register, in_force: Period) -> Body {
    let rules = rules::read(root, register, in_force.from);
    let (definitions, definitions_sound) = scores::definitions(root, register);
    let tiers = tiers(root, register);
    if definitions_sound && let Ok(Some(read)) = &tiers {
        for entry in &read.places {
            if let Some(table) = missing_definition(entry.group, &definitions) {
                root.fault_at(entry.at, &entry.path, undefined(entry.group, table));
            }
        }
    }
    let weights = scores::weights(root, register);
    let commute_scale = scores::commute_scale(root, register);
    let choices = scores::choices(root, register);
    Body { rules, tiers, definitions, weights, commute_scale, choices }
}

/// Whether the text says that it is in this format; if not, nothing else of it can be judged.
fn format_is(root: &Fields<'_>, format: &str) -> bool {
    let Some(node) = root.need("format", &format!("write format = \"{format}\"")) else { return false };
    let same = node.is_text(format);
    if !same {
        node.fault(format!(
            "this is another format than `{format}`; write \"{format}\" if the text is in it"
        ));
    }
    same
}

/// A name that can be typed as an argument and used in a file name.
fn name<'r>(node: &Node<'r>) -> Option<&'r str> {
    let name = node.text()?;
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-' || it == '_';
    if name.len() > 64 || !name.chars().all(plain) {
        node.fault("a name is made of at most 64 letters a-z, digits, `-` and `_`; write another");
        return None;
    }
    Some(name)
}

fn file_name(node: &Node<'_>) -> Option<String> {
    let name = node.text()?;
    if name.starts_with('.') || name.contains(['/', '\\', ':']) {
        node.fault("the source is named by its file name alone; take the folder out");
        return None;
    }
    Some(name.to_owned())
}

fn period(root: &Fields<'_>) -> Option<Period> {
    let from = root.get("from").map(|node| node.day());
    let last = root.get("until");
    let until = last.as_ref().map(Node::day);
    if let (Some(Some(from)), Some(Some(until)), Some(node)) = (from, until, &last)
        && until < from
    {
        node.fault(format!("the last day {until} comes before the first day {from}; correct one of the two"));
    }
    let sound = from.is_none_or(|day| day.is_some()) && until.is_none_or(|day| day.is_some());
    sound.then_some(Period { from: from.flatten(), until: until.flatten() })
}

/// The tiers, or that the policy leaves them to a local decision.
fn tiers(root: &Fields<'_>, register: &Register) -> Result<Option<ReadTiers>, Told> {
    let node = root.need(
        "tiers",
        "add `[[tiers]]` tables, or write tiers = \"decide\" to leave the order to a local decision",
    );
    let node = node.ok_or(Told)?;
    if node.is_text(scores::DECIDE) {
        return Ok(None);
    }
    let how = How { keys: register::KEYS, basis: |fields: &Fields<'_>, _: &str| register.read(fields) };
    tiers::read(&node, &how).map(Some).ok_or(Told)
}
