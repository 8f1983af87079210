//! The binary form of an instance (`docs/bare.md`): sections of little-endian numbers.

use anzhi::ids::{CandidateIx, HouseholdIx, KindIx, OpeningIx};
use anzhi::instance::{CandidateNumbers, Group, InstanceParts, Pair, Unfilled};
use anzhi::plan::Lottery;

use super::{Bare, Ids, groups};
use crate::run::Sentence;

/// The first bytes of every binary instance.
pub const MAGIC: &[u8; 8] = b"ANZHIBI1";

/// What stands for no household, everybody and no cap.
const NONE: u32 = u32::MAX;

/// Reads the numbers of an instance. The lots are drawn for row numbers in decimal.
///
/// # Errors
///
/// One sentence, if the file ends early, goes on after its end or contradicts itself. Nothing is allocated for numbers
/// that the file does not hold. Whether the numbers make an instance is for [`anzhi::Instance::new`] to say.
pub fn read_binary(bytes: &[u8], lottery: &Lottery) -> Result<InstanceParts, Sentence> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| Sentence::new("bare_no_magic"))?;
    let mut bytes = Bytes { whole: bytes.len(), rest };
    let head: [u64; 8] = [
        bytes.number("candidates")?,
        bytes.number("openings")?,
        bytes.number("pairs")?,
        bytes.number("households")?,
        bytes.number("household cap")?,
        bytes.number("kinds")?,
        bytes.number("groups")?,
        bytes.number("tiers")?,
    ];
    let [people, openings, pairs, households, cap, kinds, groups, tiers] = head;
    let tier = bytes.section(people, 1, "tiers")?;
    let home = words(bytes.section(people, 4, "households")?);
    let seats = words(bytes.section(openings, 4, "seats")?).collect();
    let first = bytes.section(people.saturating_add(1), 8, "first")?;
    let opening = words(bytes.section(pairs, 4, "openings of pairs")?);
    let score = words(bytes.section(pairs, 4, "scores")?);
    let mut parts = InstanceParts {
        tiers: usize::try_from(tiers).unwrap_or(usize::MAX),
        seats,
        households: least(households, people, "households")?,
        household_cap: match least(cap, u64::from(NONE), "household cap")? {
            0 => None,
            cap => u32::try_from(cap).ok(),
        },
        ..InstanceParts::default()
    };
    let lots = lottery.places_of((0..tier.len()).map(|row| row.to_string()));
    parts.candidates = tier
        .iter()
        .zip(home)
        .enumerate()
        .map(|(row, (tier, home))| CandidateNumbers {
            tier: *tier,
            household: (home != NONE).then(|| HouseholdIx::new(home as usize)),
            lot: lots.get(CandidateIx::new(row)).copied().unwrap_or(0),
        })
        .collect();
    parts.pairs = pairs_of(first, opening, score)?;
    for _ in 0..kinds {
        let members = bytes.number("kinds")?;
        let members = bytes.section(members, 4, "kinds")?;
        parts.kinds.push(words(members).map(|row| CandidateIx::new(row as usize)).collect());
    }
    for _ in 0..groups {
        parts.groups.push(group(&mut bytes)?);
    }
    if bytes.rest.is_empty() {
        return Ok(parts);
    }
    Err(Sentence::new("bare_binary_longer").with("found", bytes.rest.len()))
}

fn least(number: u64, most: u64, of: &'static str) -> Result<usize, Sentence> {
    let fits = usize::try_from(number).ok().filter(|_| number <= most);
    fits.ok_or_else(|| {
        Sentence::new("bare_binary_number").with("section", of).with("found", number).with("most", most)
    })
}

fn pairs_of(
    first: &[u8],
    opening: impl ExactSizeIterator<Item = u32>,
    score: impl Iterator<Item = u32>,
) -> Result<Vec<Pair>, Sentence> {
    let wrong = |row: usize| Sentence::new("bare_binary_first").with("row", row);
    let (ends, _) = first.as_chunks::<8>();
    let mut ends = ends.iter().map(|end| u64::from_le_bytes(*end)).enumerate();
    let count = opening.len() as u64;
    let mut pairs = Vec::with_capacity(opening.len());
    let mut numbers = opening.zip(score);
    let mut at = ends.next().filter(|(_, end)| *end == 0).ok_or_else(|| wrong(0))?.1;
    for (row, end) in ends {
        if end < at || end > count {
            return Err(wrong(row));
        }
        let candidate = CandidateIx::new(row - 1);
        for (opening, score) in numbers.by_ref().take(usize::try_from(end - at).unwrap_or(0)) {
            pairs.push(Pair { candidate, opening: OpeningIx::new(opening as usize), score });
        }
        at = end;
    }
    if at == count { Ok(pairs) } else { Err(wrong(first.len() / 8 - 1)) }
}

fn group(bytes: &mut Bytes<'_>) -> Result<Group, Sentence> {
    let openings = bytes.number("groups")?;
    let openings = words(bytes.section(openings, 4, "groups")?);
    let openings = openings.map(|row| OpeningIx::new(row as usize)).collect();
    let mut numbers = words(bytes.section(4, 4, "groups")?);
    let mut next = || numbers.next().unwrap_or(NONE);
    let (kind, reserve, unfilled, cap) = (next(), next(), next(), next());
    Ok(Group {
        openings,
        kind: (kind != NONE).then(|| KindIx::new(kind as usize)),
        reserve,
        unfilled: match least(u64::from(unfilled), 1, "unfilled")? {
            0 => Unfilled::Opens,
            _ => Unfilled::LeftFree,
        },
        cap: (cap != NONE).then_some(cap),
    })
}

/// The numbers as a binary file, the pairs sorted by candidate and opening. Pins, prohibitions, a plan to keep and
/// lots have no place in it.
#[must_use]
pub fn write_binary(parts: &InstanceParts) -> Vec<u8> {
    let mut pairs = parts.pairs.clone();
    pairs.sort_unstable();
    let mut bytes = MAGIC.to_vec();
    let counts = [parts.candidates.len(), parts.seats.len(), pairs.len(), parts.households];
    let cap = parts.household_cap.map_or(0, |cap| cap as usize);
    for number in counts.into_iter().chain([cap, parts.kinds.len(), parts.groups.len(), parts.tiers]) {
        long(&mut bytes, number);
    }
    bytes.extend(parts.candidates.iter().map(|it| it.tier));
    pad(&mut bytes);
    section(&mut bytes, parts.candidates.iter().map(|it| it.household.map_or(NONE, |it| word(it.get()))));
    section(&mut bytes, parts.seats.iter().copied());
    let mut end = 0;
    long(&mut bytes, end);
    for row in 0..parts.candidates.len() {
        let own = pairs.get(end..).unwrap_or_default();
        end += own.iter().take_while(|pair| pair.candidate.get() == row).count();
        long(&mut bytes, end);
    }
    section(&mut bytes, pairs.iter().map(|pair| word(pair.opening.get())));
    section(&mut bytes, pairs.iter().map(|pair| pair.score));
    for kind in &parts.kinds {
        long(&mut bytes, kind.len());
        section(&mut bytes, kind.iter().map(|row| word(row.get())));
    }
    for group in &parts.groups {
        long(&mut bytes, group.openings.len());
        section(&mut bytes, group.openings.iter().map(|row| word(row.get())));
        let kind = group.kind.map_or(NONE, |kind| word(kind.get()));
        let unfilled = u32::from(group.unfilled == Unfilled::LeftFree);
        section(&mut bytes, [kind, group.reserve, unfilled, group.cap.unwrap_or(NONE)].into_iter());
    }
    bytes
}

fn long(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend((number as u64).to_le_bytes());
}

fn word(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NONE)
}

fn section(bytes: &mut Vec<u8>, words: impl Iterator<Item = u32>) {
    bytes.extend(words.flat_map(u32::to_le_bytes));
    pad(bytes);
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(8), 0);
}

/// The instance with row numbers for names.
pub(super) fn named(mut parts: InstanceParts, bytes: Vec<u8>) -> Bare {
    for group in &mut parts.groups {
        group.openings.sort_unstable();
        group.openings.dedup();
    }
    let listed: Vec<(Box<str>, Group)> = std::mem::take(&mut parts.groups)
        .into_iter()
        .enumerate()
        .map(|(at, it)| (at.to_string().into(), it))
        .collect();
    let (names, groups) = groups::in_order(listed, |(_, group)| group).into_iter().unzip();
    parts.groups = groups;
    Bare {
        candidates: Ids::Rows(parts.candidates.len()),
        openings: Ids::Rows(parts.seats.len()),
        households: Ids::Rows(parts.households),
        kinds: Ids::Rows(parts.kinds.len()),
        groups: Ids::named(names),
        parts,
        binary: Some(bytes),
        ..Bare::default()
    }
}

/// What has not been read yet.
struct Bytes<'b> {
    whole: usize,
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    fn number(&mut self, of: &'static str) -> Result<u64, Sentence> {
        let (number, rest) = self.rest.split_first_chunk().ok_or_else(|| self.ends_early(of))?;
        self.rest = rest;
        Ok(u64::from_le_bytes(*number))
    }

    /// So many numbers of so many bytes each; what fills up the last eight must be zero.
    fn section(&mut self, count: u64, size: u64, of: &'static str) -> Result<&'b [u8], Sentence> {
        let length = count.checked_mul(size).and_then(|length| usize::try_from(length).ok());
        let padded = length.and_then(|length| length.checked_next_multiple_of(8));
        let split = padded.and_then(|padded| self.rest.split_at_checked(padded));
        let (section, rest) = split.ok_or_else(|| self.ends_early(of))?;
        self.rest = rest;
        let (numbers, zeros) = section.split_at(length.unwrap_or(0));
        if zeros.iter().any(|byte| *byte != 0) {
            return Err(Sentence::new("bare_binary_padding").with("section", of));
        }
        Ok(numbers)
    }

    fn ends_early(&self, of: &'static str) -> Sentence {
        Sentence::new("bare_binary_short").with("found", self.whole).with("section", of)
    }
}

fn words(bytes: &[u8]) -> impl ExactSizeIterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}
