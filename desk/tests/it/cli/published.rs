//! Published assignment problems, stated as bare instances: the optimum is the one that others have published.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::rooms::Room;

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/peers/published")
}

/// One problem: a row of `index.csv` with its matrix, people × openings.
struct Case {
    name: String,
    costs: Vec<Vec<u64>>,
    least: bool,
    optimum: u64,
    household_cap: String,
    /// By person; empty where nobody shares one.
    households: Vec<String>,
}

impl Case {
    /// What the columns in front of the source say; only the source holds commas.
    fn of(line: &str) -> Self {
        let cells: Vec<&str> = line.splitn(7, ',').collect();
        let [name, file, sense, optimum, household_cap, households, _] = cells[..] else {
            panic!("columns: {line}")
        };
        let text = fs::read_to_string(published().join(file)).unwrap();
        let row = |line: &str| line.split_whitespace().map(|cost| cost.parse().unwrap()).collect();
        Self {
            name: name.to_owned(),
            costs: text.lines().filter(|line| !line.trim().is_empty()).map(row).collect(),
            least: match sense {
                "min" => true,
                "max" => false,
                _ => panic!("sense: {line}"),
            },
            optimum: optimum.parse().unwrap(),
            household_cap: household_cap.to_owned(),
            households: households.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Costs i × j, n by n: the least sum pairs the greatest i with the smallest j.
    fn machol(n: u64) -> Self {
        Self {
            name: format!("machol-{n}"),
            costs: (1..=n).map(|i| (1..=n).map(|j| i * j).collect()).collect(),
            least: true,
            optimum: n * (n + 1) * (n + 2) / 6,
            household_cap: String::new(),
            households: Vec::new(),
        }
    }

    fn highest(&self) -> u64 {
        self.costs.iter().flatten().copied().max().unwrap_or(0)
    }

    /// The tables of the bare instance. A cost counts as what it stays below the highest.
    fn write(&self, room: &Room) {
        let mut candidates = "id,tier,household\n".to_owned();
        let mut openings = "id,seats\n".to_owned();
        let mut pairs = "candidate,opening,score\n".to_owned();
        for (person, costs) in self.costs.iter().enumerate() {
            let household = self.households.get(person).map_or("", String::as_str);
            writeln!(candidates, "C{person},1,{household}").unwrap();
            for (task, cost) in costs.iter().enumerate() {
                let score = if self.least { self.highest() - cost } else { *cost };
                writeln!(pairs, "C{person},O{task},{score}").unwrap();
            }
        }
        for task in 0..self.costs[0].len() {
            writeln!(openings, "O{task},1").unwrap();
        }
        for (name, text) in [("candidates", candidates), ("openings", openings), ("pairs", pairs)] {
            room.put(&format!("{}/{name}.csv", self.name), text);
        }
    }

    /// The sum that the plan reaches, in the numbers of the problem.
    fn reached(&self, objective: &Value) -> u64 {
        let score = objective["score"].as_u64().unwrap();
        let placed = objective["placed_per_tier"][0].as_u64().unwrap();
        assert_eq!(placed, self.costs.len().min(self.costs[0].len()) as u64, "{}", self.name);
        if self.least { placed * self.highest() - score } else { score }
    }
}

#[test]
fn published_optima_are_met_and_proved() {
    let index = fs::read_to_string(published().join("index.csv")).unwrap();
    let listed = index.lines().skip(1).map(Case::of);
    let cases: Vec<Case> = listed.chain([1, 2, 10, 40].map(Case::machol)).collect();
    assert!(cases.len() > 10 && cases.iter().any(|case| !case.households.is_empty()));
    let room = Room::new();
    for case in &cases {
        fs::create_dir(room.path(&case.name)).unwrap();
        case.write(&room);
        let out = format!("{}.out", case.name);
        let mut words = vec!["solve", &case.name, "--seed", "published", "--out", &out];
        if !case.household_cap.is_empty() {
            words.extend(["--household-cap", &case.household_cap]);
        }
        room.run(&words).good();
        room.run(&["verify", &out]).good();
        let objective: Value = serde_json::from_str(&room.text(&format!("{out}/objective.json"))).unwrap();
        assert_eq!(case.reached(&objective), case.optimum, "{}", case.name);
    }
}
