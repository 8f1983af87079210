//! Kinds of work, and the classes that adverts accept.

use anzhi::ids::SkillId;
use anzhi::input::{Accepted, Demand};
use anzhi::text::ShortText;
use anzhi::words::{Category, Education, Form, Levels, OpeningKind};
use anzhi_desk::adverts::accepts;
use anzhi_desk::lookup::{Skills, suggested_demands};
use serde::Deserialize;

use super::tables::{Broken, range};

/// A kind of work that openings offer and people look for.
pub(super) struct Trade {
    pub(super) kind: OpeningKind,
    pub(super) title: ShortText,
    pub(super) occupation: ShortText,
    /// Skill, level, weight.
    pub(super) skills: Vec<(SkillId, u8, u8)>,
    pub(super) licences: Vec<ShortText>,
    pub(super) education: Education,
    /// Per mille of a middling wage; `None` for public-welfare posts.
    pub(super) wage: Option<(u32, u32)>,
    pub(super) form: Form,
    pub(super) hours: u8,
    pub(super) weight: u32,
    /// Classes of the people who look for it most, by their digit.
    pub(super) fits: Vec<u8>,
    pub(super) accepts: Option<Vec<Accepted>>,
    pub(super) demands: Vec<Demand>,
}

#[derive(Deserialize)]
pub(super) struct Row {
    #[serde(rename = "use")]
    kind: OpeningKind,
    title: String,
    profile: String,
    occupation: String,
    skills: String,
    licences: String,
    education: String,
    wage: String,
    form: String,
    hours: u8,
    weight: u32,
    fits: String,
    accepts: String,
}

pub(super) fn trades(rows: &[Row]) -> Result<Vec<Trade>, Broken> {
    rows.iter().map(trade).collect()
}

fn trade(row: &Row) -> Result<Trade, Broken> {
    let unknown = |word: &str| Broken::new("posts.csv", &word);
    Ok(Trade {
        kind: row.kind,
        title: row.title.as_str().into(),
        occupation: row.occupation.as_str().into(),
        skills: row
            .skills
            .split(';')
            .map(|text| skill(text).ok_or_else(|| unknown(text)))
            .collect::<Result<_, _>>()?,
        licences: row.licences.split(';').filter(|name| !name.is_empty()).map(Into::into).collect(),
        education: schooling(&row.education),
        wage: range(&row.wage),
        form: form(&row.form).ok_or_else(|| unknown(&row.form))?,
        hours: row.hours,
        weight: row.weight,
        fits: row.fits.bytes().map(|digit| digit.wrapping_sub(b'0')).collect(),
        accepts: accepted(&row.accepts),
        demands: suggested_demands(&row.profile, None),
    })
}

fn skill(text: &str) -> Option<(SkillId, u8, u8)> {
    let mut parts = text.split(':');
    let id = Skills::built_in().find(parts.next()?)?;
    Some((id, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn schooling(text: &str) -> Education {
    match text {
        "小学" => Education::Primary,
        "初中" => Education::Junior,
        "高中" => Education::Senior,
        "大专" => Education::College,
        _ => Education::None,
    }
}

fn form(text: &str) -> Option<Form> {
    match text {
        "全日制" => Some(Form::FullTime),
        "非全日制" => Some(Form::PartTime),
        "临时" => Some(Form::Temporary),
        "灵活就业" => Some(Form::Flexible),
        "实习" => Some(Form::Internship),
        _ => None,
    }
}

fn accepted(text: &str) -> Option<Vec<Accepted>> {
    let read = accepts::read(text).value;
    let class = |it: &accepts::Accepted| {
        let category = *Category::ALL.get(usize::from(it.class.digit()).checked_sub(1)?)?;
        Some(Accepted { category, levels: Levels::of(&it.levels.iter().collect::<Vec<_>>())? })
    };
    let list: Vec<Accepted> = read.classes.iter().filter_map(class).collect();
    (!list.is_empty() && !read.partial).then_some(list)
}

impl Trade {
    pub(super) fn skill_ids(&self) -> impl Iterator<Item = &SkillId> {
        self.skills.iter().map(|(id, _, _)| id)
    }
}

/// The accepted classes of some adverts.
pub(super) struct Advert {
    pub(super) accepts: Option<Vec<Accepted>>,
    pub(super) adverts: u32,
}

#[derive(Deserialize)]
pub(super) struct AdvertRow {
    text: String,
    adverts: u32,
}

impl Advert {
    pub(super) fn read(row: &AdvertRow) -> Self {
        Self { accepts: accepted(&row.text), adverts: row.adverts }
    }
}
