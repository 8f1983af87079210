//! The tables of a bare instance: a folder of CSV, as `anzhi solve` reads it.

use std::fmt::Write as _;
use std::fs;
use std::io::Result;
use std::path::Path;

use super::{Bare, Group, NONE, Unfilled};
use crate::Dice;

/// In which order the rows of pairs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// By candidate, then by opening.
    Sorted,
    /// By chance, from this seed.
    Shuffled(u64),
}

impl Bare {
    /// Writes the tables to a folder, which is made if it is not there: candidates are called `C0000001`, openings
    /// `O0000001`.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write_tables(&self, folder: &Path, rows: Rows) -> Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("candidates.csv"), self.candidates())?;
        let seats = (1..).zip(&self.seats).map(|(row, seats): (u32, _)| format!("O{row:07},{seats}\n"));
        fs::write(folder.join("openings.csv"), "id,seats\n".to_owned() + &seats.collect::<String>())?;
        if !self.groups.is_empty() {
            let groups = (0..).zip(&self.groups).map(|(row, group): (u32, _)| group.row(row));
            let heading = "id,openings,kind,reserve,unfilled,cap\n".to_owned();
            fs::write(folder.join("groups.csv"), heading + &groups.collect::<String>())?;
        }
        fs::write(folder.join("pairs.csv"), self.pairs(rows))
    }

    fn candidates(&self) -> String {
        // a string takes everything that is written to it
        let mut kinds = vec![String::new(); self.tiers.len()];
        for (kind, members) in self.kinds.iter().enumerate() {
            for &member in members {
                let own = &mut kinds[member as usize];
                let joint = if own.is_empty() { "" } else { ";" };
                let _ = write!(own, "{joint}k{kind}");
            }
        }
        let mut text = "id,tier,household,kinds\n".to_owned();
        for (row, ((tier, &home), kinds)) in self.tiers.iter().zip(&self.household).zip(kinds).enumerate() {
            let home = if home == NONE { String::new() } else { format!("H{home}") };
            let _ = writeln!(text, "C{:07},{},{home},{kinds}", row + 1, tier + 1);
        }
        text
    }

    fn pairs(&self, rows: Rows) -> String {
        let mut order: Vec<(u32, u32)> = Vec::with_capacity(self.opening.len());
        for (candidate, ends) in (0..).zip(self.first.windows(2)) {
            order.extend((ends[0]..ends[1]).map(|pair| (candidate, u32::try_from(pair).unwrap_or(NONE))));
        }
        if let Rows::Shuffled(seed) = rows {
            let mut dice = Dice::new(seed);
            for row in (1..order.len()).rev() {
                let other = dice.below(u32::try_from(row + 1).unwrap_or(NONE));
                order.swap(row, other as usize);
            }
        }
        let mut text = String::with_capacity(24 + 24 * order.len());
        text += "candidate,opening,score\n";
        for (candidate, pair) in order {
            let (opening, score) = (self.opening[pair as usize], self.score[pair as usize]);
            let _ = writeln!(text, "C{:07},O{:07},{score}", candidate + 1, opening + 1);
        }
        text
    }
}

impl Group {
    fn row(&self, row: u32) -> String {
        let openings: Vec<String> = self.openings.iter().map(|it| format!("O{:07}", it + 1)).collect();
        let kind = if self.kind == NONE { String::new() } else { format!("k{}", self.kind) };
        let cap = if self.cap == NONE { String::new() } else { self.cap.to_string() };
        let unfilled = if self.unfilled == Unfilled::Opens { "open" } else { "free" };
        format!("g{row},{},{kind},{},{unfilled},{cap}\n", openings.join(";"), self.reserve)
    }
}
