//! Instances for the benchmarks, drawn from fixed seeds; building them stays outside the timed part.

pub mod bare;
pub mod crowd;
pub mod facts;
pub mod ranking;

use anzhi::assign::LotteryStage;
use anzhi::ids::{CandidateIx, HouseholdIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, Instance, InstanceParts, Pair};
use anzhi::{Day, Document, Policy, Problem};
use anzhi_desk::intake;

/// The seed of every instance.
pub const SEED: u64 = 0x5EED;

/// How big a bare instance is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// People.
    pub candidates: u32,
    /// Openings.
    pub openings: u32,
    /// Seats, all openings together.
    pub seats: u32,
    /// Openings that each person may take.
    pub pairs: u32,
}

/// A sequence of numbers that depends on its seed alone (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A sequence.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `end`, which must be above 0.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(end.max(1))).unwrap_or(0)
    }
}

/// A bare instance with five tiers, one person in eight sharing a household, and scores as the engine makes them.
///
/// # Panics
///
/// If the numbers do not make an instance, which would be a fault of this generator.
#[must_use]
#[expect(clippy::expect_used, reason = "the generator's own numbers")]
pub fn instance(size: Size, household_cap: Option<u32>) -> Instance {
    let mut dice = Dice::new(SEED);
    let households = size.candidates / 8 + 1;
    let candidates = (0..size.candidates).map(|lot| CandidateNumbers {
        tier: u8::try_from(dice.below(5)).unwrap_or(0),
        household: (dice.below(8) == 0).then(|| HouseholdIx::new(dice.below(households) as usize)),
        lot,
    });
    let candidates: Vec<_> = candidates.collect();
    let each = size.seats / size.openings.max(1);
    let rest = size.seats % size.openings.max(1);
    let seats = (0..size.openings).map(|row| each + u32::from(row < rest)).collect();
    let parts = InstanceParts {
        tiers: 5,
        candidates,
        seats,
        pairs: pairs(size, &mut dice),
        households: households as usize,
        household_cap,
        ..InstanceParts::default()
    };
    Instance::new(parts).expect("an instance")
}

fn pairs(size: Size, dice: &mut Dice) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for candidate in 0..size.candidates {
        let mut openings: Vec<u32> = (0..size.pairs).map(|_| dice.below(size.openings)).collect();
        openings.sort_unstable();
        openings.dedup();
        pairs.extend(openings.into_iter().map(|opening| Pair {
            candidate: CandidateIx::new(candidate as usize),
            opening: OpeningIx::new(opening as usize),
            score: dice.below(10_001),
        }));
    }
    pairs
}

/// Where the lottery stands in the benchmarks: where the policies of the fixtures put it.
pub const LOTTERY: LotteryStage = LotteryStage::AfterScore;

/// A shipped county as a document, with its policy and day; `None` if the fixtures are not beside the workspace.
#[must_use]
pub fn county(name: &str) -> Option<(Document, Policy, Day)> {
    let folder =
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/counties")).join(name);
    let document = intake::read_folder(&folder).ok()?.document;
    Some((document, Policy::builtin(name)?, "2024-06-30".parse().ok()?))
}

/// The same, checked and in order.
#[must_use]
pub fn problem(name: &str) -> Option<Problem> {
    let (document, policy, on) = county(name)?;
    Problem::new(document, policy, on).ok()
}

/// The most memory that the process has held, from the kernel's own account.
#[must_use]
pub fn peak_megabytes() -> Option<u64> {
    account("VmHWM:")
}

/// The memory that the process holds now.
#[must_use]
pub fn resident_megabytes() -> Option<u64> {
    account("VmRSS:")
}

fn account(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with(line))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// How long the processors have been at work for this process, all its threads together.
#[must_use]
pub fn work_seconds() -> f64 {
    let clock = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    std::time::Duration::try_from(clock).unwrap_or_default().as_secs_f64()
}
