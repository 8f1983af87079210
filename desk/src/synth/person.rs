//! Who a person is: sex, age, class, level, whether in work.

use anzhi::day::Day;
use anzhi::words::Sex;

use super::facts::Facts;
use super::random::Rng;

/// A member of a household who looks for work, as drawn; the tables may not know all of it.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// A member without a certificate.
    pub family: bool,
    pub sex: Sex,
    /// Completed years on the day of the run.
    pub age: u32,
    pub birth: Day,
    /// Class digit 1 to 7; 0 for a family member.
    pub class: u8,
    /// 1 to 4; 4 for a family member, who has none.
    pub level: u8,
    /// The classes with their levels: one for classes 1 to 6, two for class 7, none for a family member.
    pub constituents: Vec<(u8, u8)>,
    /// In work now.
    pub employed: bool,
}

impl Person {
    /// A certificate holder.
    pub(super) fn disabled(rng: &mut Rng, facts: &Facts, date: Day) -> Self {
        let shares = &facts.population;
        let mut person = Self::somebody(rng, facts, date);
        person.class = u8::try_from(rng.weighted(&shares.class.share) + 1).unwrap_or(1);
        person.level = level(rng, facts, person.class);
        person.constituents = match person.class {
            7 => constituents(rng, facts, person.level),
            class => vec![(class, person.level)],
        };
        person.employed = rng.chance(shares.work.employed);
        person
    }

    /// A member of the household without a certificate.
    pub(super) fn family_member(rng: &mut Rng, facts: &Facts, date: Day) -> Self {
        Self { family: true, ..Self::somebody(rng, facts, date) }
    }

    fn somebody(rng: &mut Rng, facts: &Facts, date: Day) -> Self {
        let sex = if rng.chance(facts.population.sex.men) { Sex::Male } else { Sex::Female };
        let ages = &facts.population.age;
        let band = rng.weighted(if sex == Sex::Male { &ages.men } else { &ages.women });
        let limit = |limits: &[u32]| limits.get(band).copied().unwrap_or(30);
        let age = rng.between(limit(&ages.from), limit(&ages.until));
        let birth = birth(rng, date, age);
        let (class, level, constituents) = (0, 4, Vec::new());
        Self { family: false, sex, age, birth, class, level, constituents, employed: false }
    }

    /// Whether one of the person's classes is this one.
    pub(super) fn has_class(&self, digit: char) -> bool {
        self.constituents.iter().any(|(class, _)| char::from_digit(u32::from(*class), 10) == Some(digit))
    }
}

/// A birthday that makes this age on the day of the run. No day after the 28th: the number's year is of another
/// century and may be no leap year.
fn birth(rng: &mut Rng, date: Day, age: u32) -> Day {
    let months = i32::try_from(age * 12 + rng.between(1, 11)).unwrap_or(0);
    let (year, month, _) = date.plus_months(-months).unwrap_or(date).parts();
    let day = i8::try_from(rng.between(1, 28)).unwrap_or(1);
    Day::new(year, month, day).unwrap_or(date)
}

fn level(rng: &mut Rng, facts: &Facts, class: u8) -> u8 {
    let shares = &facts.population.class;
    let at = usize::from(class).saturating_sub(1).min(6);
    if rng.chance(shares.severe[at]) {
        if rng.chance(shares.most_severe_of_severe[at]) { 1 } else { 2 }
    } else if rng.chance(shares.third_of_mild[at]) {
        3
    } else {
        4
    }
}

/// Two classes, the first at the level of the certificate (which is that of the most severe), the second milder
/// or equal.
fn constituents(rng: &mut Rng, facts: &Facts, level: u8) -> Vec<(u8, u8)> {
    let Some(pair) = rng.pick(&facts.population.multiple.pairs) else { return Vec::new() };
    let milder = u8::try_from(rng.between(u32::from(level), 4)).unwrap_or(4);
    let digits = pair.bytes().map(|digit| digit.wrapping_sub(b'0'));
    digits.zip([level, milder]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_birthday_makes_the_age() {
        let facts = Facts::read().expect("the tables");
        let date = Day::new(2024, 6, 30).expect("a day");
        for number in 0..500 {
            let mut rng = Rng::of("person", "test", number);
            let person = Person::disabled(&mut rng, &facts, date);
            assert_eq!(i32::try_from(person.age), Ok(date.age_of(person.birth)), "{:?}", person.birth);
            assert!(person.constituents.iter().any(|(_, level)| *level == person.level));
            assert_eq!(person.constituents.len(), if person.class == 7 { 2 } else { 1 });
        }
    }
}
