//! What the audit answers on small documents, built by hand from `docs/rules.md`.

mod case;
mod function;
mod groups;
mod plans;
mod points;
mod rules;
