//! Openings: public-welfare posts of the kinds that a plan names, and a market shaped like the real adverts.

use anzhi::day::Day;

use super::body::range;
use super::employer::Employer;
use super::facts::{Accommodation, County, Facts, OpeningShares, Post, UsualDemand};
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
/// Limits of age as adverts and notices print them.
const AGES: [&str; 7] = [
    "18-45岁",
    "20-45岁",
    "18-50岁",
    "50岁以下",
    "女52岁以下，男55岁以下",
    "男18-59岁，女18-54岁",
    "18-60岁",
];
/// Conditions that adverts print and no policy names.
const CONDITIONS: [&str; 5] =
    ["身体健康，能吃苦耐劳", "限女性", "视力良好，手脚麻利", "能长期上夜班", "男女不限"];

/// Items of the minimum profile that work is mostly about; the rest can often be given to somebody else.
const ESSENTIAL: [&str; 11] = ["P2", "M1", "U2", "S1", "E1", "V1", "H1", "K1", "C1", "O2", "T2"];

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
        put(&mut row, "id", format!("{}-O{number:03}", self.county.prefix));
        if let Some(post) = self.draw_post(&mut rng, number, welfare) {
            let severe_only = welfare && rng.chance(self.shares().severe_only);
            Draft { market: self, post, welfare, severe_only }.fill(&mut rng, &mut row);
        }
        row
    }

    fn shares(&self) -> &OpeningShares {
        &self.facts.population.opening
    }

    /// The first public-welfare posts are one of each kind that the plan names, the others are drawn.
    fn draw_post(&self, rng: &mut Rng, number: u32, welfare: bool) -> Option<&Post> {
        let first = self.county.posts.get(number.saturating_sub(1) as usize);
        let offered = |post: &Post| match post.kind.as_str() {
            "urban_welfare" | "rural_welfare" if welfare => {
                first.map_or(self.county.posts.contains(&post.title), |first| *first == post.title)
            }
            "urban_welfare" | "rural_welfare" => false,
            _ => !welfare,
        };
        let posts = &self.facts.posts;
        let weights: Vec<u32> =
            posts.iter().map(|post| if offered(post) { post.weight } else { 0 }).collect();
        posts.get(rng.weighted(&weights))
    }
}

/// An opening in the making.
struct Draft<'a> {
    market: &'a Market<'a>,
    post: &'a Post,
    welfare: bool,
    /// Asks for levels 1 and 2 alone (an employer counts such a person twice), for every duty, and for more schooling
    /// than the work needs: a post that stays vacant because nobody fits.
    severe_only: bool,
}

impl Draft<'_> {
    fn fill(&self, rng: &mut Rng, row: &mut Row) {
        let post = self.post;
        put(row, "title", &post.title);
        put(row, "kind", KINDS.iter().find(|kind| kind.0 == post.kind).map_or("", |kind| kind.1));
        put(row, "occupation", &post.occupation);
        put(row, "skills", &post.skills);
        put(row, "licences", &post.licences);
        put(row, "form", &post.form);
        put(row, "hours", post.hours);
        put(row, "home_based", if post.kind == "home_based" { "是" } else { "" });
        self.put_place(rng, row);
        self.put_seats(rng, row);
        self.put_accepts(rng, row);
        self.put_conditions(rng, row);
        self.put_wage(rng, row);
        self.put_dates(rng, row);
        self.put_demands(rng, row);
        self.put_accommodations(rng, row);
    }

    /// Which of two shares counts here.
    fn share(&self, market: u32, welfare: u32) -> u32 {
        if self.welfare { welfare } else { market }
    }

    /// The employer and where the work is. Rural posts stand in towns and villages, and an office keeps the posts
    /// of its own township.
    fn put_place(&self, rng: &mut Rng, row: &mut Row) {
        let (places, employers) = (self.market.places, self.market.employers);
        let rural = self.post.kind == "rural_welfare";
        let weight = |place: &Place| {
            let street = rural && place.name.ends_with("街道");
            if street { 0 } else { place.weight(rural, &self.market.county.centre) }
        };
        let drawn = rng.weighted(&places.iter().map(weight).collect::<Vec<u32>>());
        let kinds: Vec<&str> = self.post.employers.split(';').collect();
        let kind = rng.pick(&kinds).copied().unwrap_or("private");
        let office = self.welfare && kind == "organ";
        let suits = |employer: &&Employer| {
            employer.kind == kind && employer.township == office && (!office || employer.place == drawn)
        };
        let suitable: Vec<&Employer> = employers.iter().filter(suits).collect();
        let Some(employer) = rng.pick(&suitable) else { return };
        let place = if self.welfare { drawn } else { employer.place };
        put(row, "employer", &employer.id);
        put(row, "place", places.get(place).map_or("", |place| place.name.as_str()));
    }

    fn put_seats(&self, rng: &mut Rng, row: &mut Row) {
        let county = self.market.county;
        if !self.welfare {
            let printed = &self.market.shares().seats;
            let weights: Vec<u32> = printed.iter().map(|[_, adverts]| *adverts).collect();
            put(row, "seats", printed.get(rng.weighted(&weights)).map_or(1, |[seats, _]| *seats));
            return;
        }
        let seats = rng.weighted(&county.seats) + 1;
        put(row, "seats", seats);
        if seats > 1 && rng.chance(self.market.shares().reserve) {
            let group = rng.pick(&county.reserves).map_or("", String::as_str);
            put(row, "reserve", format!("{group}:1"));
        }
    }

    /// Accepted classes and levels: the post's own, or a cell of the real adverts.
    fn put_accepts(&self, rng: &mut Rng, row: &mut Row) {
        let (facts, shares) = (self.market.facts, self.market.shares());
        let stated = rng.chance(self.share(shares.accepts_stated, shares.accepts_stated_welfare));
        if !self.post.accepts.is_empty() {
            put(row, "accepts", &self.post.accepts);
        } else if stated || self.severe_only {
            let fits = |text: &str| !self.severe_only || (text.contains("1,2,级") && !text.contains('4'));
            let weights: Vec<u32> =
                facts.accepts.iter().map(|cell| if fits(&cell.text) { cell.adverts } else { 0 }).collect();
            let cell = facts.accepts.get(rng.weighted(&weights));
            put(row, "accepts", cell.map_or("", |cell| cell.text.as_str()));
        }
    }

    /// Schooling, age, and now and then a condition that nobody may apply.
    fn put_conditions(&self, rng: &mut Rng, row: &mut Row) {
        let shares = self.market.shares();
        let schooling = match self.post.education.as_str() {
            "" if self.welfare => "",
            _ if self.severe_only => "大专",
            "" => "学历不限",
            "高中" => "高中/中专",
            other => other,
        };
        put(row, "education", if rng.chance(900) || self.severe_only { schooling } else { "" });
        if rng.chance(self.share(shares.age_stated, shares.age_stated_welfare)) {
            put(row, "age", rng.pick(&AGES).copied().unwrap_or_default());
        }
        if rng.chance(shares.odd_condition) {
            put(row, "conditions", rng.pick(&CONDITIONS).copied().unwrap_or_default());
        }
    }

    fn put_wage(&self, rng: &mut Rng, row: &mut Row) {
        let county = self.market.county;
        let stated = rng.chance(self.market.shares().wage_stated);
        let fixed = match self.post.kind.as_str() {
            "urban_welfare" => Some(county.urban_welfare_wage),
            "rural_welfare" => Some(county.rural_welfare_wage),
            _ => None,
        };
        if let Some([least, most]) = fixed {
            let wage = rng.between(least / 50, most / 50) * 50;
            put(row, "wage_min", wage);
            put(row, "wage_max", wage);
        } else if let Some((least, most)) = range(&self.post.wage).filter(|_| stated) {
            let firm = rng.between(90, 112);
            let amount = |per_mille: u32| county.market_wage * per_mille / 1000 * firm / 100 / 100 * 100;
            put(row, "wage_min", amount(least));
            put(row, "wage_max", amount(most));
        }
    }

    /// Most openings are open on the day of the run; a few are over, or begin later.
    fn put_dates(&self, rng: &mut Rng, row: &mut Row) {
        let (shares, date) = (self.market.shares(), self.market.date);
        let open = 1000_u32.saturating_sub(shares.closed + shares.later);
        let mut days = |first: u16, last: u16| {
            i32::from(first) + i32::try_from(rng.below(u32::from(last - first) + 1)).unwrap_or(0)
        };
        let spells =
            [(-days(5, 330), days(10, 200)), (-days(120, 300), -days(1, 30)), (days(5, 20), days(60, 90))];
        let (from, until) = spells[rng.weighted(&[open, shares.closed, shares.later])];
        let without_end = rng.chance(120);
        if let Some(from) = date.plus_days(from) {
            put(row, "from", from);
        }
        if let Some(until) = date.plus_days(until).filter(|_| !without_end) {
            put(row, "until", until);
        }
    }

    /// What the work asks. Where an employer has confirmed it, the duties outside the minimum profile are mostly
    /// such that somebody else can take them; where not, the cells stay empty and the table of usual posts hints.
    fn put_demands(&self, rng: &mut Rng, row: &mut Row) {
        let shares = self.market.shares();
        let drawn = rng.chance(self.share(shares.confirmed, shares.confirmed_welfare));
        let confirmed = drawn || self.severe_only;
        put(row, "demands_confirmed", if confirmed { "是" } else { "否" });
        for demand in self.usual().iter().filter(|_| confirmed) {
            put(row, &demand.item, self.demand_cell(rng, demand));
        }
    }

    fn usual(&self) -> &[UsualDemand] {
        self.market.facts.usual.get(&self.post.profile).map_or(&[], Vec::as_slice)
    }

    /// A demand as the employer confirms it: sometimes a step less than usual, often reassignable.
    fn demand_cell(&self, rng: &mut Rng, demand: &UsualDemand) -> String {
        let safety = demand.safety == "yes";
        let eased = !safety && demand.level > 1 && rng.chance(300);
        let core = ESSENTIAL.contains(&demand.item.as_str());
        let given_away = demand.marginal == "yes" || !rng.chance(if core { 880 } else { 350 });
        match (safety, self.severe_only) {
            (true, _) => format!("{}!", demand.level),
            (false, true) => demand.level.to_string(),
            (false, false) => {
                let mark = if given_away { "?" } else { "" };
                format!("{}{mark}", demand.level - u32::from(eased))
            }
        }
    }

    /// Up to three accommodations that close a gap on something the work asks.
    fn put_accommodations(&self, rng: &mut Rng, row: &mut Row) {
        let asked = |offer: &Accommodation| {
            self.usual().iter().any(|demand| demand.level > 1 && offer.helps(&demand.item))
        };
        let mut offers: Vec<&str> = self
            .market
            .facts
            .accommodations
            .iter()
            .filter(|offer| asked(offer))
            .map(|offer| offer.zh.as_str())
            .collect();
        rng.shuffle(&mut offers);
        offers.truncate(rng.weighted(&[450, 300, 170, 80]));
        offers.sort_unstable();
        put(row, "accommodations", offers.join(";"));
    }
}
