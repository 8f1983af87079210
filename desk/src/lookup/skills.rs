//! Skills by name, other spelling or id, and the ones near to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use anzhi::ids::SkillId;
use anzhi::input::SkillRecord;
use serde::Deserialize;

use super::{entries, key};

/// A skill with its spellings and its links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skill {
    /// The id.
    pub id: String,
    /// The Chinese name.
    pub zh: String,
    /// The English name; may be empty.
    pub en: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Ids or names of broader skills.
    pub broader: Vec<String>,
    /// Ids or names of related skills.
    pub related: Vec<String>,
}

/// A table of skills.
#[derive(Clone, Debug, Default)]
pub struct Skills {
    skills: BTreeMap<String, Skill>,
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    zh: String,
    en: String,
    aliases: String,
}

#[derive(Deserialize)]
struct Link {
    from: String,
    to: String,
    kind: String,
}

static BUILT_IN: LazyLock<Skills> = LazyLock::new(|| {
    let mut skills: BTreeMap<String, Skill> = BTreeMap::new();
    for Row { id, zh, en, aliases } in super::rows(include_str!("../../data/skills.csv")) {
        let aliases = entries(&aliases).map(str::to_owned).collect();
        skills.insert(id.clone(), Skill { id, zh, en, aliases, ..Skill::default() });
    }
    for link in super::rows::<Link>(include_str!("../../data/skill_links.csv")) {
        let Some(skill) = skills.get_mut(&link.from) else { continue };
        if link.kind == "broader" { skill.broader.push(link.to) } else { skill.related.push(link.to) }
    }
    let mut table = Skills::default();
    for skill in skills.into_values() {
        table.insert(skill);
    }
    table
});

/// How many links away from a used skill the score looks (docs/rules.md, criterion `skills`).
const NEAR: usize = 2;

impl Skills {
    /// The skills that ship with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Lays a skill over the table: it replaces the one with its id, or joins the table. Its spellings lead to it even
    /// where they led to another one before.
    pub fn insert(&mut self, skill: Skill) {
        let spellings = [&skill.id, &skill.zh, &skill.en].into_iter().chain(&skill.aliases);
        for spelling in spellings.filter(|spelling| !spelling.is_empty()) {
            self.names.insert(key(spelling), skill.id.clone());
        }
        self.skills.insert(skill.id.clone(), skill);
    }

    /// The skill that a name means.
    pub fn find(&self, name: &str) -> Option<SkillId> {
        self.names.get(&key(name)).map(|id| id.as_str().into())
    }

    /// The Chinese name of a skill.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.skills.get(id).map(|skill| skill.zh.as_str())
    }

    /// Links of a skill to ids of the table; a name that is none is left out.
    fn links<'s>(&'s self, names: &'s [String]) -> impl Iterator<Item = &'s str> {
        names.iter().filter_map(|name| self.names.get(&key(name))).map(String::as_str)
    }

    /// The records of these skills and of all within two links, whatever the direction, in order of id. A link that
    /// leads out of them is left out.
    pub fn records<'i>(&self, used: impl IntoIterator<Item = &'i SkillId>) -> Vec<SkillRecord> {
        let mut near: BTreeSet<&str> = used
            .into_iter()
            .filter_map(|id| self.skills.get_key_value(id.as_str()))
            .map(|(id, _)| id.as_str())
            .collect();
        for _ in 0..NEAR {
            let mut next = near.clone();
            for (id, skill) in &self.skills {
                let linked: Vec<&str> =
                    self.links(&skill.broader).chain(self.links(&skill.related)).collect();
                if near.contains(id.as_str()) {
                    next.extend(&linked);
                } else if linked.iter().any(|other| near.contains(other)) {
                    next.insert(id);
                }
            }
            near = next;
        }
        let kept = |names: &[String]| -> Vec<SkillId> {
            let ids: BTreeSet<&str> = self.links(names).filter(|id| near.contains(id)).collect();
            ids.into_iter().map(SkillId::from).collect()
        };
        let skills = near.iter().filter_map(|id| self.skills.get(*id));
        skills
            .map(|skill| SkillRecord {
                id: skill.id.as_str().into(),
                name: skill.zh.clone(),
                broader: kept(&skill.broader),
                related: kept(&skill.related),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_table_is_whole() {
        let table = Skills::built_in();
        let rows_of = |text: &str| text.lines().count() - 1;
        assert_eq!(table.skills.len(), rows_of(include_str!("../../data/skills.csv")));
        let links: usize = table.skills.values().map(|skill| skill.broader.len() + skill.related.len()).sum();
        assert_eq!(links, rows_of(include_str!("../../data/skill_links.csv")));
        for skill in table.skills.values() {
            assert_eq!(table.find(&skill.zh), Some(skill.id.as_str().into()));
            assert_eq!(table.links(&skill.broader).count(), skill.broader.len(), "{}", skill.id);
            assert_eq!(table.links(&skill.related).count(), skill.related.len(), "{}", skill.id);
        }
    }

    #[test]
    fn names_meet_and_neighbours_come_along() {
        let table = Skills::built_in();
        assert_eq!(table.find("Ｅxcel"), Some("spreadsheets".into()));
        assert_eq!(table.find("电子表格"), table.find("SPREADSHEETS"));
        assert_eq!(table.find("屠龙"), None);
        let ids: Vec<_> =
            table.records(&["spreadsheets".into()]).into_iter().map(|record| record.id).collect();
        for near in ["spreadsheets", "office-software", "office", "presentations"] {
            assert!(ids.contains(&near.into()), "{near}");
        }
        assert!(ids.len() < table.skills.len());
        assert!(table.records(&["unheard-of".into()]).is_empty());
    }
}
