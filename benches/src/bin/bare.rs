//! Draws a bare instance and writes its binary form.

use anzhi_benches::SEED;
use anzhi_benches::bare::{Bare, FAMILIES, Family};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: bare NAME [--people N] [--seed S] --out FILE";

struct Wish {
    family: Family,
    seed: u64,
    out: String,
}

fn main() -> ExitCode {
    let wish = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(fault) => {
            let names: Vec<_> = FAMILIES.iter().map(|family| family.name).collect();
            eprintln!("{fault}\n{USAGE}\nnames: {}", names.join(" "));
            return ExitCode::from(2);
        }
    };
    let bare = wish.family.draw(wish.seed);
    if let Err(fault) = save(&bare, &wish.out) {
        eprintln!("{}: {fault}", wish.out);
        return ExitCode::from(3);
    }
    println!(
        "{}: {} people, {} openings, {} seats, {} pairs, {} households, {} groups, seed {}",
        wish.family.name,
        bare.tiers.len(),
        bare.seats.len(),
        bare.seats.iter().sum::<u32>(),
        bare.opening.len(),
        bare.households,
        bare.groups.len(),
        wish.seed,
    );
    ExitCode::SUCCESS
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let (mut family, mut people, mut seed, mut out) = (None, None, SEED, None);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match word.as_str() {
            "--people" => {
                let number: u64 = number(value()?)?;
                people = Some(u32::try_from(number).map_err(|_| format!("{number} people are too many"))?);
            }
            "--seed" => seed = number(value()?)?,
            "--out" => out = Some(value()?),
            name => family = Some(Family::named(name).ok_or(format!("no family is called {name}"))?),
        }
    }
    let family = family.ok_or("which family?")?;
    let out = out.ok_or("which file?")?;
    Ok(Wish { family: people.map_or(family, |people| family.sized(people)), seed, out })
}

fn save(bare: &Bare, path: &str) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    bare.write(&mut out)?;
    out.flush()
}
