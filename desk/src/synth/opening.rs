//! Openings: public-welfare posts of the kinds that a plan names, and a market shaped like the real adverts.

use anzhi::day::Day;

use super::body::range;
use super::employer::Employer;
use super::facts::{Accommodation, County, Facts, Post, UsualDemand};
use super::places::Place;
use super::random::Rng;
use super::table::{Row, put};

/// Kinds of openings: wire name and the word of the tables.
const KINDS: [(&str, &str); 8] = [
    ("market", "市场岗位"),
    ("urban_welfare", "城镇公益性岗位"),
    ("rural_welfare", "乡村公益性岗位"),
    ("assisted", "辅助性就业"),
    ("kiosk", "预留网点"),
    ("special_post", "专设职位"),
    ("internship", "见习"),
    ("home_based", "居家灵活"),
];
/// Seats of market adverts and how many of the real platform adverts print each (458 read, 15 and fewer kept).
const SEATS: [(u32, u32); 9] =
    [(1, 178), (2, 78), (3, 37), (4, 11), (5, 38), (6, 10), (8, 5), (10, 20), (15, 6)];
/// Limits of age as adverts and notices print them.
const AGES: [&str; 7] =
    ["18-45岁", "20-45岁", "18-50岁", "50岁以下", "女52岁以下，男55岁以下", "男18-59岁，女18-54岁", "18-60岁"];
/// Conditions that adverts print and no policy names.
const CONDITIONS: [&str; 5] = ["身体健康，能吃苦耐劳", "限女性", "视力良好，手脚麻利", "能长期上夜班", "男女不限"];

/// What the openings of a county are drawn from.
pub(super) struct Market<'a> {
    pub facts: &'a Facts,
    pub county: &'a County,
    pub places: &'a [Place],
    pub employers: &'a [Employer],
    pub seed: &'a str,
    pub date: Day,
}

impl Market<'_> {
    /// The row of the opening with this number: a public-welfare post or one of the others.
    pub(super) fn row(&self, number: u32, welfare: bool) -> Row {
        let mut rng = Rng::of(self.seed, "opening", u64::from(number));
        let mut row = Row::new();
        let Some(post) = self.draw_post(&mut rng, welfare) else { return row };
        put(&mut row, "id", self.id(number));
        put(&mut row, "title", &post.title);
        put(&mut row, "kind", KINDS.iter().find(|kind| kind.0 == post.kind).map_or("", |kind| kind.1));
        put(&mut row, "occupation", &post.occupation);
        put(&mut row, "skills", &post.skills);
        put(&mut row, "licences", &post.licences);
        put(&mut row, "form", &post.form);
        put(&mut row, "hours", post.hours);
        put(&mut row, "home_based", if post.kind == "home_based" { "是" } else { "" });
        self.put_place(&mut rng, &mut row, post);
        self.put_seats(&mut rng, &mut row, welfare);
        self.put_conditions(&mut rng, &mut row, post);
        self.put_wage(&mut rng, &mut row, post);
        self.put_dates(&mut rng, &mut row);
        self.put_demands(&mut rng, &mut row, post);
        row
    }

    /// The id of the opening with this number.
    pub(super) fn id(&self, number: u32) -> String {
        format!("{}-O{number:03}", self.county.prefix)
    }

    fn draw_post(&self, rng: &mut Rng, welfare: bool) -> Option<&Post> {
        let offered = |post: &Post| match post.kind.as_str() {
            "urban_welfare" | "rural_welfare" => welfare && self.county.posts.contains(&post.title),
            _ => !welfare,
        };
        let posts = &self.facts.posts;
        let weights: Vec<u32> =
            posts.iter().map(|post| if offered(post) { post.weight } else { 0 }).collect();
        posts.get(rng.weighted(&weights))
    }

    /// The employer and where the work is. Rural posts stand in towns and villages, and an office keeps the posts
    /// of its own township.
    fn put_place(&self, rng: &mut Rng, row: &mut Row, post: &Post) {
        let rural = post.kind == "rural_welfare";
        let welfare = rural || post.kind == "urban_welfare";
        let weight = |place: &Place| if rural && place.name.ends_with("街道") { 0 } else { place.weight(rural, &self.county.centre) };
        let weights: Vec<u32> = self.places.iter().map(weight).collect();
        let drawn = rng.weighted(&weights);
        let kinds: Vec<&str> = post.employers.split(';').collect();
        let kind = rng.pick(&kinds).copied().unwrap_or("private");
        let suits = |employer: &&Employer| {
            employer.kind == kind && employer.township == (welfare && kind == "organ") && (!employer.township || employer.place == drawn)
        };
        let suitable: Vec<&Employer> = self.employers.iter().filter(suits).collect();
        let Some(employer) = rng.pick(&suitable) else { return };
        let place = if welfare { drawn } else { employer.place };
        put(row, "employer", &employer.id);
        put(row, "place", self.places.get(place).map_or("", |place| place.name.as_str()));
    }

    fn put_seats(&self, rng: &mut Rng, row: &mut Row, welfare: bool) {
        if !welfare {
            put(row, "seats", SEATS[rng.weighted(&SEATS.map(|seats| seats.1))].0);
            return;
        }
        let seats = rng.weighted(&self.county.seats) + 1;
        put(row, "seats", seats);
        if seats > 1 && rng.chance(400) {
            let group = rng.pick(&self.county.reserves).map_or("", String::as_str);
            put(row, "reserve", format!("{group}:1"));
        }
    }

    /// Who may apply, as adverts print it.
    fn put_conditions(&self, rng: &mut Rng, row: &mut Row, post: &Post) {
        let welfare = post.wage.is_empty();
        let stated = rng.chance(if welfare { 450 } else { 985 });
        if !post.accepts.is_empty() {
            put(row, "accepts", &post.accepts);
        } else if stated {
            let weights: Vec<u32> = self.facts.accepts.iter().map(|text| text.adverts).collect();
            put(row, "accepts", self.facts.accepts.get(rng.weighted(&weights)).map_or("", |text| text.text.as_str()));
        }
        let schooling = match post.education.as_str() {
            "" if welfare => "",
            "" => "学历不限",
            "高中" => "高中/中专",
            other => other,
        };
        put(row, "education", if rng.chance(900) { schooling } else { "" });
        if rng.chance(if welfare { 350 } else { 170 }) {
            put(row, "age", rng.pick(&AGES).copied().unwrap_or_default());
        }
        if rng.chance(40) {
            put(row, "conditions", rng.pick(&CONDITIONS).copied().unwrap_or_default());
        }
    }

    fn put_wage(&self, rng: &mut Rng, row: &mut Row, post: &Post) {
        let county = self.county;
        let fixed = match post.kind.as_str() {
            "urban_welfare" => Some(county.urban_welfare_wage),
            "rural_welfare" => Some(county.rural_welfare_wage),
            _ => None,
        };
        if let Some([least, most]) = fixed {
            let wage = rng.between(least / 50, most / 50) * 50;
            put(row, "wage_min", wage);
            put(row, "wage_max", wage);
        } else if let Some((least, most)) = range(&post.wage).filter(|_| rng.chance(880)) {
            let firm = rng.between(90, 112);
            let amount = |per_mille: u32| county.market_wage * per_mille / 1000 * firm / 100 / 100 * 100;
            put(row, "wage_min", amount(least));
            put(row, "wage_max", amount(most));
        }
    }

    /// Most openings are open on the day of the run; a few are over, or begin later.
    fn put_dates(&self, rng: &mut Rng, row: &mut Row) {
        let mut days = |first, last| i32::try_from(rng.between(first, last)).unwrap_or(first as i32);
        let (from, until) = match days(1, 100) {
            1 | 2 => (-days(120, 200), -days(1, 30)),
            3 => (days(5, 20), days(60, 90)),
            _ => (-days(5, 100), days(10, 200)),
        };
        if let Some(from) = self.date.plus_days(from) {
            put(row, "from", from);
        }
        if let Some(until) = self.date.plus_days(until).filter(|_| days(1, 100) > 12) {
            put(row, "until", until);
        }
    }

    /// What the work asks. Where an employer has confirmed it, the duties outside the minimum profile are
    /// mostly such that somebody else can take them; where not, the cells stay empty and the table of usual posts
    /// gives hints.
    fn put_demands(&self, rng: &mut Rng, row: &mut Row, post: &Post) {
        let usual = self.facts.usual.get(&post.profile).map_or(&[][..], Vec::as_slice);
        let welfare = post.wage.is_empty();
        let confirmed = rng.chance(if welfare { 680 } else { 420 });
        put(row, "demands_confirmed", if confirmed { "是" } else { "否" });
        for demand in usual.iter().filter(|_| confirmed) {
            put(row, &demand.item, demand_cell(rng, demand));
        }
        let helps = |offer: &&Accommodation| usual.iter().any(|demand| demand.level > 1 && offer.helps(&demand.item));
        let mut offers: Vec<&Accommodation> = self.facts.accommodations.iter().filter(helps).collect();
        rng.shuffle(&mut offers);
        offers.truncate(rng.weighted(&[450, 300, 170, 80]));
        offers.sort_by(|one, other| one.zh.cmp(&other.zh));
        put(row, "accommodations", offers.iter().map(|offer| offer.zh.as_str()).collect::<Vec<_>>().join(";"));
    }
}

/// A demand as the employer confirms it: sometimes a step less than usual, often reassignable.
fn demand_cell(rng: &mut Rng, demand: &UsualDemand) -> String {
    let eased = demand.safety != "yes" && demand.level > 1 && rng.chance(300);
    let level = demand.level - u32::from(eased);
    let essential = ["P2", "M1", "U2", "S1", "E1", "V1", "H1", "K1", "C1", "O2", "T2"].contains(&demand.item.as_str());
    let marginal = demand.marginal == "yes" || !rng.chance(if essential { 880 } else { 350 });
    match (demand.safety == "yes", marginal) {
        (true, _) => format!("{level}!"),
        (false, true) => format!("{level}?"),
        (false, false) => level.to_string(),
    }
}
