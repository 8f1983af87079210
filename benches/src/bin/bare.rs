//! Draws a bare instance and writes its binary form to a file, or its tables to a folder.

use anzhi_benches::SEED;
use anzhi_benches::bare::{Bare, FAMILIES, Family, Rows};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: bare NAME [--people N] [--seed S] (--out FILE | --tables FOLDER [--shuffled])";

struct Wish {
    family: Family,
    seed: u64,
    out: String,
    form: Form,
}

/// What is written.
#[derive(Clone, Copy)]
enum Form {
    Binary,
    Tables(Rows),
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
    let saved = match wish.form {
        Form::Binary => save(&bare, &wish.out),
        Form::Tables(rows) => bare.write_tables(Path::new(&wish.out), rows),
    };
    if let Err(fault) = saved {
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
    let (mut family, mut people, mut seed) = (None, None, SEED);
    let (mut out, mut tables, mut shuffled) = (None, None, false);
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
            "--tables" => tables = Some(value()?),
            "--shuffled" => shuffled = true,
            name => family = Some(Family::named(name).ok_or(format!("no family is called {name}"))?),
        }
    }
    let family = family.ok_or("which family?")?;
    let family = people.map_or(family, |people| family.sized(people));
    let rows = if shuffled { Rows::Shuffled(seed) } else { Rows::Sorted };
    let (out, form) = match (out, tables) {
        (Some(out), None) => (out, Form::Binary),
        (None, Some(folder)) => (folder, Form::Tables(rows)),
        _ => return Err("which file, or which folder?".to_owned()),
    };
    Ok(Wish { family, seed, out, form })
}

fn save(bare: &Bare, path: &str) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    bare.write(&mut out)?;
    out.flush()
}
