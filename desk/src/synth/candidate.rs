//! The row of a candidate in the sheet 求职者: what the person is, as far as somebody wrote it down.

use anzhi::words::{Item, Sex};

use super::body;
use super::facts::Post;
use super::household::{Household, Setting};
use super::number::{certificate_number, id_number};
use super::person::Person;
use super::random::Rng;
use super::table::{Row, put};

/// Schooling, lowest first, in the words of the tables.
const EDUCATION: [&str; 7] = ["未上学", "小学", "初中", "高中", "大专", "本科", "研究生"];
/// Classes in the order of their digits.
const CLASSES: [&str; 7] = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"];
/// Levels, most severe first.
const LEVELS: [&str; 4] = ["一级", "二级", "三级", "四级"];
/// Wish to work, strongest first.
const WILLINGNESS: [&str; 4] = ["强", "一般", "弱", "无"];
/// Farthest commutes that people state, kilometres.
const COMMUTES: [u32; 6] = [3, 5, 10, 15, 20, 30];

/// A candidate in the making.
pub(super) struct Candidate<'a> {
    pub setting: &'a Setting<'a>,
    pub household: &'a Household,
    pub person: &'a Person,
    /// Number in the folder, from 1.
    pub number: u32,
    /// How many from the same place with the same birthday stand before.
    pub before: u32,
}

impl Candidate<'_> {
    /// The id in the folder.
    pub(super) fn id(&self) -> String {
        format!("{}-{:04}", self.setting.prefix, self.number)
    }

    /// The whole row.
    pub(super) fn row(&self) -> Row {
        let mut rng = Rng::of(self.setting.seed, "candidate", u64::from(self.number));
        let mut row = Row::new();
        let education = self.education(&mut rng);
        self.put_identity(&mut rng, &mut row);
        self.put_certificate(&mut rng, &mut row);
        self.put_places(&mut rng, &mut row);
        self.put_education(&mut rng, &mut row, education);
        self.put_work(&mut rng, &mut row);
        self.put_placements(&mut rng, &mut row);
        self.put_trades(&mut rng, &mut row, education);
        self.put_wishes(&mut rng, &mut row, education);
        self.put_profile(&mut rng, &mut row);
        row
    }

    fn unasked(&self, rng: &mut Rng, per_mille: u32) -> bool {
        // a member without certificate comes to the window in person: fewer cells stay empty
        rng.chance(if self.person.family { per_mille / 3 } else { per_mille })
    }

    fn put_identity(&self, rng: &mut Rng, row: &mut Row) {
        let setting = self.setting;
        put(row, "id", self.id());
        put(row, "kind", if self.person.family { "家庭成员" } else { "残疾人" });
        put(row, "synthetic", "是");
        put(row, "name", format!("合成{}{:04}", setting.mark, self.number));
        put(row, "id_number", self.id_number());
        if !self.unasked(rng, setting.facts.population.empty.birth) {
            put(row, "birth", self.person.birth);
        }
        put(row, "sex", if self.person.sex == Sex::Male { "男" } else { "女" });
        if !self.unasked(rng, setting.facts.population.empty.household) {
            put(row, "household", &self.household.id);
        }
    }

    /// The order begins anywhere and counts on within a place and birthday, so that no two numbers are alike.
    fn id_number(&self) -> String {
        let division = self.setting.homes[self.household.home].place.division();
        let birth = self.person.birth;
        let first = Rng::of(division, "order", birth.number().unsigned_abs().into()).below(499);
        id_number(division, birth, first + self.before, self.person.sex)
    }

    fn put_certificate(&self, rng: &mut Rng, row: &mut Row) {
        let (person, shares) = (self.person, &self.setting.facts.population);
        if person.family {
            return;
        }
        let reissues = u32::from(rng.chance(30)) + u32::from(rng.chance(3));
        let number = certificate_number(&self.id_number(), person.class, person.level, reissues);
        put(row, "certificate_number", number);
        if !rng.chance(shares.empty.class) {
            put(row, "category", CLASSES[usize::from(person.class - 1) % 7]);
            put(row, "level", LEVELS[usize::from(person.level - 1) % 4]);
        }
        if person.class == 7 && !rng.chance(shares.multiple.unknown) {
            let names: Vec<&str> =
                person.constituents.iter().map(|(class, _)| CLASSES[usize::from(class - 1) % 7]).collect();
            put(row, "constituents", names.join(";"));
        }
        if !rng.chance(shares.empty.certificate_until) {
            let expired = rng.chance(shares.work.expired);
            let months = if expired { -i32_between(rng, 1, 18) } else { i32_between(rng, 2, 118) };
            put_day(row, "certificate_until", self.setting.date.plus_months(months));
        }
    }

    fn put_places(&self, rng: &mut Rng, row: &mut Row) {
        let setting = self.setting;
        let home = &setting.homes[self.household.home];
        put(row, "residence", &home.label);
        let registered = match rng.weighted(&[930, 50, 20]) {
            1 => rng.pick(&setting.homes).map_or("", |other| other.label.as_str()),
            2 => rng.pick(&setting.elsewhere).map_or("", |other| other.path.as_str()),
            _ => home.label.as_str(),
        };
        put(row, "registered", registered);
        put(row, "hukou", if self.household.rural { "农业" } else { "非农业" });
        let point = home.place.near(&mut Rng::of(setting.seed, &self.household.id, 2));
        if let Some((lat, lng)) = point.filter(|_| !rng.chance(setting.facts.population.empty.position)) {
            put(row, "latitude", lat);
            put(row, "longitude", lng);
        }
    }

    fn education(&self, rng: &mut Rng) -> usize {
        let shares = &self.setting.facts.population.education;
        let drawn = rng.weighted(if self.household.rural { &shares.rural } else { &shares.urban });
        let raised = (drawn + usize::from(self.person.age < shares.step_up_below_age)).min(5);
        let higher = raised == 5 && rng.chance(shares.postgraduate);
        raised + usize::from(higher)
    }

    fn put_education(&self, rng: &mut Rng, row: &mut Row, education: usize) {
        if !self.unasked(rng, self.setting.facts.population.empty.education) {
            put(row, "education", EDUCATION[education]);
        }
        let years = 20 + i32::try_from(education).unwrap_or(0) - 3;
        if education >= 4 && self.person.age < 32 && rng.chance(850) {
            let (year, _, _) = self.person.birth.parts();
            let july = anzhi::day::Day::new(year.saturating_add(i16::try_from(years).unwrap_or(22)), 7, 1);
            put_day(row, "graduated", july.filter(|july| *july <= self.setting.date));
        }
    }

    fn put_work(&self, rng: &mut Rng, row: &mut Row) {
        let (shares, employed) = (&self.setting.facts.population, self.person.employed);
        if !self.unasked(rng, shares.empty.employment) {
            put(row, "employment", if employed { "已就业" } else { "未就业" });
        }
        if !employed && rng.chance(shares.work.registered) {
            // short spells are commoner: the smaller of two draws
            let most = shares.work.longest_months.min(self.person.age.saturating_sub(16) * 12);
            let months = (0..2).map(|_| rng.between(0, most)).min().unwrap_or(0);
            let since = self.setting.date.plus_months(-i32::try_from(months).unwrap_or(0));
            let days = i32_between(rng, 1, 28);
            put_day(row, "unemployed_since", since.and_then(|since| since.plus_days(-days)));
        }
        if !self.unasked(rng, shares.empty.willingness) {
            put(row, "willingness", WILLINGNESS[rng.weighted(&shares.work.willingness)]);
        }
        if !self.unasked(rng, shares.empty.hard_to_employ) {
            put(row, "hard_to_employ", if rng.chance(shares.work.hard_to_employ) { "是" } else { "否" });
        }
        if !employed && rng.chance(700) {
            put(row, "reason_not_employed", [3, 4, 5, 6, 7][rng.weighted(&[30, 380, 40, 50, 500])]);
        }
    }

    fn put_placements(&self, rng: &mut Rng, row: &mut Row) {
        let shares = &self.setting.facts.population;
        if self.unasked(rng, shares.empty.placements) {
            return;
        }
        let times = if self.person.age < 22 { 0 } else { rng.weighted(&shares.work.placements) };
        let months = match times {
            0 => 0,
            1 => rng.between(2, 36),
            _ => rng.between(30, 60),
        };
        put(row, "welfare_placements", times);
        put(row, "welfare_months", months);
    }

    /// Wanted trades, the skills that go with them, and licences.
    fn put_trades(&self, rng: &mut Rng, row: &mut Row, education: usize) {
        if rng.chance(60) {
            return;
        }
        let posts = &self.setting.facts.posts;
        let weights: Vec<u32> = posts.iter().map(|post| self.likes(post, education)).collect();
        let (mut codes, mut skills, mut licences) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rng.between(1, 3) {
            let Some(post) = posts.get(rng.weighted(&weights)) else { continue };
            if !codes.contains(&post.occupation) {
                codes.push(post.occupation.clone());
                add_skills(rng, &mut skills, post);
                if !post.licences.is_empty() && rng.chance(550) {
                    licences.push(post.licences.clone());
                }
            }
        }
        put(row, "occupations", codes.join(";"));
        put(
            row,
            "skills",
            skills.iter().map(|(name, level)| format!("{name}:{level}")).collect::<Vec<_>>().join(";"),
        );
        put(row, "licences", licences.join(";"));
    }

    /// How much a person is drawn to a kind of work: four times as much where people of the class often are, and
    /// not at all where more schooling is asked than a step above their own.
    fn likes(&self, post: &Post, education: usize) -> u32 {
        let asked = EDUCATION.iter().position(|name| *name == post.education).unwrap_or(0);
        let drawn = post.fits.chars().any(|digit| self.person.has_class(digit)) || self.person.family;
        let blind_only = post.fits == "1" && !drawn;
        if asked > education + 1 || blind_only { 0 } else { post.weight * if drawn { 4 } else { 1 } }
    }

    fn put_wishes(&self, rng: &mut Rng, row: &mut Row, education: usize) {
        let (setting, empty) = (self.setting, &self.setting.facts.population.empty);
        if !rng.chance(empty.wage) {
            let schooling = [80, 85, 95, 105, 120, 135, 150][education];
            let wish = setting.wage * rng.between(60, 95) / 100 * schooling / 100;
            put(row, "wage_wish", wish / 100 * 100);
        }
        if !rng.chance(empty.forms) {
            let forms =
                ["全日制", "全日制;非全日制", "非全日制", "非全日制;居家", "居家;灵活就业", "全日制;临时"];
            put(row, "forms", forms[rng.weighted(&[430, 240, 110, 100, 70, 50])]);
        }
        let located = row.contains_key("latitude");
        if rng.chance(if located { 750 } else { 250 }) {
            put(row, "max_commute_km", COMMUTES[rng.weighted(&[60, 140, 260, 230, 200, 110])]);
        }
        if rng.chance(setting.facts.population.history.refuses_one) {
            let all = if rng.chance(500) { &setting.market } else { &setting.welfare };
            put(row, "refused", rng.pick(all).map_or("", |offer| offer.id.as_str()));
        }
    }

    fn put_profile(&self, rng: &mut Rng, row: &mut Row) {
        let facts = self.setting.facts;
        let able = body::capacities(rng, facts, &self.person.constituents, self.person.age);
        if self.person.family && rng.chance(700) {
            return;
        }
        for item in body::recorded(rng, &facts.population.profile) {
            put(row, item.as_str(), able[Item::index(item)]);
        }
    }
}

/// Most of the skills that a kind of work wants, near the level it wants.
fn add_skills(rng: &mut Rng, skills: &mut Vec<(String, u32)>, post: &Post) {
    for wanted in post.skills.split(';') {
        let mut parts = wanted.split(':');
        let (Some(name), Some(level)) =
            (parts.next(), parts.next().and_then(|level| level.parse::<u32>().ok()))
        else {
            continue;
        };
        let known = skills.iter().any(|(known, _)| known == name);
        if !known && rng.chance(650) {
            let level = level + [0, 0, 1, 2][rng.weighted(&[450, 250, 220, 80])];
            skills.push((name.to_owned(), level.min(5)));
        }
    }
}

fn i32_between(rng: &mut Rng, first: u32, last: u32) -> i32 {
    i32::try_from(rng.between(first, last)).unwrap_or(0)
}

fn put_day(row: &mut Row, field: &str, day: Option<anzhi::day::Day>) {
    if let Some(day) = day {
        put(row, field, day);
    }
}
