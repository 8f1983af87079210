//! The binary form of a bare instance: `instance.bin`.

use super::{Bare, Group, TIERS, Unfilled};
use std::io::{Result, Write};

/// The first eight bytes of the binary form.
pub const MAGIC: [u8; 8] = *b"ANZHIBI1";

impl Bare {
    /// Writes the binary form: the magic, eight numbers of 64 bits (candidates, openings, pairs, households, the
    /// household cap, kinds, groups, tiers), then the sections in the order of the fields, each padded to eight
    /// bytes. All numbers are little-endian.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut impl Write) -> Result<()> {
        out.write_all(&MAGIC)?;
        let header = [
            self.tiers.len() as u64,
            self.seats.len() as u64,
            self.opening.len() as u64,
            u64::from(self.households),
            u64::from(self.household_cap),
            self.kinds.len() as u64,
            self.groups.len() as u64,
            u64::from(TIERS),
        ];
        long(out, &header)?;
        out.write_all(&self.tiers)?;
        pad(out, self.tiers.len())?;
        short(out, &self.household)?;
        short(out, &self.seats)?;
        long(out, &self.first)?;
        short(out, &self.opening)?;
        short(out, &self.score)?;
        for kind in &self.kinds {
            long(out, &[kind.len() as u64])?;
            short(out, kind)?;
        }
        self.groups.iter().try_for_each(|group| group.write(out))
    }
}

impl Group {
    fn write(&self, out: &mut impl Write) -> Result<()> {
        long(out, &[self.openings.len() as u64])?;
        short(out, &self.openings)?;
        let unfilled = match self.unfilled {
            Unfilled::Opens => 0,
            Unfilled::LeftFree => 1,
        };
        short(out, &[self.kind, self.reserve, unfilled, self.cap])
    }
}

fn long(out: &mut impl Write, numbers: &[u64]) -> Result<()> {
    numbers.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

fn short(out: &mut impl Write, numbers: &[u32]) -> Result<()> {
    numbers.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))?;
    pad(out, numbers.len() * 4)
}

fn pad(out: &mut impl Write, written: usize) -> Result<()> {
    out.write_all(&[0; 8][..written.next_multiple_of(8) - written])
}
