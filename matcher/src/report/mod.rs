//! **Wire**: the [`Report`] and its records, `format: "anzhi.report/1"`. Everything that people see is made from it.
//!
//! Codes and numbers stand here, and no text: fields named `text` are empty until the caller's message catalogue
//! fills them in one language. Every list has a fixed order, so that equal input gives equal bytes.

mod certificate;
mod records;

pub use certificate::{CertificateRecord, PricesRecord};
pub use records::{
    BarredRecord, CandidateReport, ChoiceRecord, CountRecord, DecisionRecord, EntryRecord, FindingRecord,
    HallRecord, HitRecord, LossRecord, MissingRecord, NearRecord, ObjectiveRecord, OpeningReport,
    OrderRecord, OutcomeRecord, PairRecord, PairsRecord, PlacementRecord, PlanReport, PlanStatus,
    PolicyRecord, RankedRecord, ReasonCount, ReasonRecord, RejectedRecord, RemedyRecord, Report, RiseRecord,
    RuleRecord, SeedRecord, StandingCounts, Summary, TierCount, TierRecord, UnresolvedRecord, WeightRecord,
};

/// The value of [`Report::format`] that this version writes.
pub const FORMAT: &str = "anzhi.report/1";
