//! Employers: the offices that keep public-welfare posts, and the units of the market.

use super::facts::County;
use super::places::Place;
use super::random::Rng;
use super::table::{Row, put};

/// Kinds of employers: wire name, Chinese, share of the market's units, what their names end in.
const KINDS: [(&str, &str, u32, &[&str]); 8] = [
    ("organ", "机关", 40, &["民政局", "人力资源和社会保障局", "文化旅游局", "住房和城乡建设局"]),
    (
        "institution",
        "事业单位",
        90,
        &["图书馆", "中心卫生院", "公路养护中心", "林业服务中心", "实验中学", "幼儿园"],
    ),
    ("state_owned", "国有企业", 80, &["供水公司", "公交公司", "邮政分公司", "体彩分中心"]),
    (
        "private",
        "民营企业",
        560,
        &[
            "电子有限公司",
            "服装有限公司",
            "食品有限公司",
            "包装有限公司",
            "物业服务有限公司",
            "电商有限公司",
            "人力资源有限公司",
            "农业专业合作社",
            "塑料制品有限公司",
            "物流有限公司",
        ],
    ),
    ("social", "社会组织", 60, &["社会工作服务中心", "托养服务中心", "养老服务中心"]),
    ("assisted", "辅助性就业机构", 40, &["残疾人之家", "温馨家园", "阳光家园"]),
    ("concentrated", "集中就业单位", 40, &["福利包装厂", "福利服装厂"]),
    ("self_employed", "个体工商户", 90, &["餐馆", "超市", "盲人按摩店", "裁缝店", "快递驿站"]),
];

/// An employer.
#[derive(Clone, Debug)]
pub(super) struct Employer {
    /// Its id.
    pub id: String,
    /// Wire name of its kind.
    pub kind: &'static str,
    /// Row of the county's places.
    pub place: usize,
    /// Whether it is the office of a township.
    pub township: bool,
    name: String,
}

/// The office of every township, then `count` units of the market, at least one of each kind.
pub(super) fn employers(seed: &str, county: &County, places: &[Place], count: u32) -> Vec<Employer> {
    let offices =
        places.iter().enumerate().map(|(place, at)| ("organ", place, at.name.clone() + "（合成）人民政府"));
    let mut rng = Rng::of(seed, "employers", 0);
    let weights: Vec<u32> = places.iter().map(|place| place.weight(false, &county.centre)).collect();
    let shares: Vec<u32> = KINDS.iter().map(|kind| kind.2).collect();
    let units = (0..count.max(24)).map(|number| {
        let first_rounds = (number as usize) < 3 * KINDS.len();
        let at = if first_rounds { number as usize % KINDS.len() } else { rng.weighted(&shares) };
        let (kind, _, _, names) = KINDS[at];
        let ending = if first_rounds {
            names.get(number as usize / KINDS.len() % names.len()).copied().unwrap_or_default()
        } else {
            rng.pick(names).copied().unwrap_or_default()
        };
        (kind, rng.weighted(&weights), format!("{}合成{:03}{ending}", county.short, number + 1))
    });
    let township = places.len();
    let all: Vec<_> = offices.chain(units).collect();
    all.into_iter()
        .enumerate()
        .map(|(at, (kind, place, name))| Employer {
            id: format!("{}-E{:03}", county.prefix, at + 1),
            kind,
            place,
            township: at < township,
            name,
        })
        .collect()
}

impl Employer {
    /// The row of the sheet 用人单位.
    pub(super) fn row(&self, seed: &str) -> Row {
        let mut rng = Rng::of(seed, &self.id, 0);
        let mut row = Row::new();
        put(&mut row, "id", &self.id);
        put(&mut row, "name", &self.name);
        put(&mut row, "kind", KINDS.iter().find(|kind| kind.0 == self.kind).map_or("", |kind| kind.1));
        if rng.chance(860) {
            self.put_staff(&mut rng, &mut row);
        }
        let school = self.name.ends_with("中学") || self.name.ends_with("幼儿园");
        put(&mut row, "school", if school { "是" } else { "否" });
        let public = matches!(self.kind, "organ" | "institution");
        put(&mut row, "committee_member", if public && rng.chance(250) { "是" } else { "否" });
        row
    }

    /// Staff, disabled staff (most units have few), and how many of those count as two.
    fn put_staff(&self, rng: &mut Rng, row: &mut Row) {
        let (least, most) = match self.kind {
            "self_employed" => (2, 9),
            "assisted" => (6, 30),
            "concentrated" => (20, 80),
            "private" => [(6, 40), (40, 150), (150, 600)][rng.weighted(&[600, 300, 100])],
            _ => (12, 160),
        };
        let staff = rng.between(least, most);
        let share = match self.kind {
            "assisted" => 700,
            "concentrated" => rng.between(250, 450),
            _ => rng.below(26),
        };
        let disabled = staff * share / 1000;
        put(row, "staff", staff);
        put(row, "disabled_staff", disabled);
        put(row, "double_counted", (0..disabled).filter(|_| rng.chance(300)).count());
    }
}
