//! The proofs of `anzhi solve` before a judge in another language: `benches/peers/check_certificate.py`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::rooms::Room;
use super::solve::small;

const SEED: &str = "2024-06-28 07-31-05";
/// Groups of every sort: seats left free, a kind at one opening, openings together, a kind wherever they go.
const GROUPS: &str = "id,openings,kind,reserve,unfilled,cap\nfree,O1,local,1,free,\nlocal,O3,local,1,open,2\n\
                      two,O1;O2,,1,open,3\none,O1,,0,open,2\ndeaf,,deaf,2,open,2\n";

/// Says of each folder whether its plan is proved; nobody has to say anything else, so a line that is neither fails.
fn judged(folders: &[PathBuf]) -> Vec<Result<(), String>> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/peers/check_certificate.py");
    let done = Command::new("python3").arg(program).args(folders).output().expect("python3 is there");
    let text = String::from_utf8(done.stdout).unwrap();
    assert_eq!(text.lines().count(), folders.len(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let answers = text.lines().zip(folders).map(|(line, folder)| {
        let line = line.strip_prefix(folder.to_str().unwrap()).unwrap();
        match line.strip_prefix(": REFUSED: ") {
            Some(why) => Err(why.to_owned()),
            None if line == ": proved" => Ok(()),
            None => panic!("{text}"),
        }
    });
    let answers: Vec<_> = answers.collect();
    assert_eq!(done.status.success(), answers.iter().all(Result::is_ok), "{text}");
    answers
}

/// The three results: the example, the lottery before the score with a plan to keep, groups of every sort.
fn solved() -> [Room; 3] {
    let [first, second] = [(); 2].map(|()| small(str::to_owned));
    let third =
        small(|text| if text.starts_with("id,openings,kind") { GROUPS.to_owned() } else { text.to_owned() });
    let solve = |room: &Room, further: &[&str]| {
        room.run(&[&["solve", "in", "--seed", SEED, "--out", "out"], further].concat()).good();
    };
    solve(&first, &["--household-cap", "1"]);
    second.put("keep.csv", first.text("out/plan.csv"));
    solve(&second, &["--household-cap", "2", "--lottery", "before-score", "--keep", "keep.csv"]);
    solve(&third, &["--household-cap", "2"]);
    [first, second, third]
}

/// Copies of a result, each with one change to one file.
struct Forger<'r> {
    room: &'r Room,
    said: Vec<String>,
    folders: Vec<PathBuf>,
}

impl Forger<'_> {
    fn change(&mut self, file: &str, text: &str, what: &str) {
        let folder = self.room.path(&format!("forged-{}", self.folders.len()));
        fs::create_dir(&folder).unwrap();
        for name in self.room.names("out") {
            fs::copy(self.room.path(&format!("out/{name}")), folder.join(name)).unwrap();
        }
        fs::write(folder.join(file), text).unwrap();
        self.folders.push(folder);
        self.said.push(format!("{file}: {what}"));
    }

    /// Every number in the last column of a table, one more and one less; nobody counts the score of a forbidden pair.
    fn numbers(&mut self, file: &str) {
        let text = self.room.text(&format!("out/{file}"));
        let orders = self.room.text("out/orders.csv");
        let lines: Vec<&str> = text.lines().collect();
        for at in 1..lines.len() {
            let (head, number) = lines[at].rsplit_once(',').unwrap();
            let Ok(number) = number.parse::<i64>() else { continue };
            if orders.contains(&format!("{head},forbid\n")) {
                continue;
            }
            for changed in [number - 1, number + 1] {
                let row = format!("{head},{changed}");
                let mut lines = lines.clone();
                lines[at] = &row;
                self.change(file, &(lines.join("\n") + "\n"), &row);
            }
        }
    }

    /// Every placement taken back, every placement moved, everybody else placed.
    fn placements(&mut self) {
        let text = self.room.text("out/plan.csv");
        for row in text.lines().skip(1) {
            self.change("plan.csv", &text.replace(&format!("{row}\n"), ""), &format!("without {row}"));
        }
        for pair in self.room.text("out/pairs.csv").lines().skip(1) {
            let (pair, _) = pair.rsplit_once(',').unwrap();
            if text.lines().any(|row| row == pair) {
                continue;
            }
            let (person, _) = pair.split_once(',').unwrap();
            let others = text.lines().filter(|row| row.split_once(',').unwrap().0 != person);
            let plan: Vec<&str> = others.chain([pair]).collect();
            self.change("plan.csv", &(plan.join("\n") + "\n"), &format!("{pair} instead"));
        }
    }

    /// Every level of every price, one more and one less; every price gone.
    fn prices(&mut self) {
        let proof = self.room.json("out/certificate.json");
        for list in ["prices", "seating"] {
            for at in 0..proof[list].as_array().map_or(0, Vec::len) {
                let mut without = proof.clone();
                let gone = without[list].as_array_mut().unwrap().remove(at);
                self.change("certificate.json", &without.to_string(), &format!("without {gone}"));
                for (level, by) in (0..11).flat_map(|level| [(level, -1), (level, 1)]) {
                    let mut changed = proof.clone();
                    let number = &mut changed[list][at]["price"][level];
                    *number = Value::from(number.as_i64().unwrap() + by);
                    self.change("certificate.json", &changed.to_string(), &format!("{gone}, {level}, {by}"));
                }
            }
        }
    }
}

#[test]
fn another_program_accepts_the_proofs_and_refuses_any_one_change() {
    for room in solved() {
        assert_eq!(judged(&[room.path("out")]), [Ok(())]);
        let mut forger = Forger { room: &room, said: Vec::new(), folders: Vec::new() };
        forger.placements();
        let plans = forger.folders.len();
        forger.numbers("pairs.csv");
        forger.numbers("openings.csv");
        forger.numbers("groups.csv");
        forger.prices();
        let answers = judged(&forger.folders);
        for (answer, what) in answers.iter().zip(&forger.said) {
            assert!(answer.is_err(), "{what}");
        }
        // another plan is refused for what it is worth or is, not only for its digest
        for (answer, what) in answers[..plans].iter().zip(&forger.said) {
            let why = answer.as_ref().unwrap_err();
            assert!(!why.starts_with("the certificate speaks"), "{what}: {why}");
        }
    }
}

#[test]
fn another_program_refuses_prices_and_caps_that_nothing_can_have() {
    let [room, ..] = solved();
    let mut forger = Forger { room: &room, said: Vec::new(), folders: Vec::new() };
    let mut proof = room.json("out/certificate.json");
    proof["prices"][0]["price"][10] = Value::from(1_i64 << 60);
    forger.change("certificate.json", &proof.to_string(), "a price is no price");
    let mut asked = room.json("out/objective.json");
    asked["household_cap"] = Value::from(0);
    forger.change("objective.json", &asked.to_string(), "a household is above its cap");
    for (answer, what) in judged(&forger.folders).iter().zip(&forger.said) {
        let why = answer.as_ref().unwrap_err();
        assert!(what.ends_with(why.as_str()), "{what}: {why}");
    }
}
