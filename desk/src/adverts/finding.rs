//! Everything a reader may remark about a cell. Each says what was met and what to do, in one sentence.

use std::fmt;

macro_rules! findings {
    ($($name:ident $kind:ident $code:literal $sentence:literal;)*) => {
        /// A remark about one cell. The code is a promise; the sentence is not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Finding {
            $(#[doc = $sentence] $name,)*
        }

        impl Finding {
            /// Every finding, in a fixed order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// A stable name, the key of a message catalogue.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Whether the cell, or the part that is meant, gave no value. Otherwise the value stands and a
            /// person should look at it.
            pub const fn is_fault(self) -> bool {
                match self {
                    $(Self::$name => findings!(@fault $kind),)*
                }
            }
        }

        impl fmt::Display for Finding {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$name => $sentence,)*
                })
            }
        }
    };
    (@fault fault) => { true };
    (@fault hint) => { false };
}

findings! {
    // accepted classes and levels
    NoClassNamed hint "accepts.no_class" "disabled people are meant, but no class is named: not applied; ask the employer which classes";
    SharedLevel hint "accepts.shared_level" "one level stands behind several classes and was taken for all of them; ask the employer";
    LevelScope hint "accepts.level_scope" "it is not clear to which class the level belongs, so the class without one was taken at any level; ask the employer";
    LevelWithoutClass hint "accepts.level_without_class" "levels are named without a class and were taken for every class; ask the employer";
    LevelThreshold hint "accepts.threshold" "a level is given as a threshold; 以上 was taken as more severe, 以下 as less severe; write the levels out";
    LevelOutOfScale fault "accepts.out_of_scale" "a level is not 1 to 4; soldiers and work injuries have scales of their own; write a level of the certificate of disability";
    SeverityWord hint "accepts.severity_word" "a word such as 轻度 is no level of the certificate: not applied; ask the employer which levels";
    ClassTwice hint "accepts.class_twice" "a class is named both with and without a level and was taken at any level; ask the employer";
    ClassInBrackets hint "accepts.brackets" "a class is named in brackets and may be meant for another post; ask the employer";
    ClassExcluded hint "accepts.excluded" "a class is refused; ask the employer for the demand of the work behind it";
    ConditionOnClass hint "accepts.condition" "a class is named only with a condition of function: not taken as accepted; enter the demand instead";
    Relatives hint "accepts.relatives" "relatives of disabled people may apply: their relative's class is not accepted by that; check who is meant";
    OtherScale hint "accepts.other_scale" "soldiers' certificates and work injuries have scales of their own: not read as levels; check by hand";
    ClassPreferred hint "accepts.preferred" "a class comes first, which bars nobody: not applied; ask the employer whether others may come";
    UnreadableClass fault "class.unreadable" "no class of disability can be read; write 视力, 听力, 言语, 肢体, 智力, 精神 or 多重";
    SeveralClasses fault "class.several" "several classes stand in one cell; look at the certificate: 多重 with its constituents, or one class";
    UnreadableLevel fault "level.unreadable" "no level can be read; write 一级 to 四级";
    LevelNotGraded fault "level.not_graded" "no level has been given yet; enter it from the certificate when there is one";
    UnreadableSex fault "sex.unreadable" "no sex can be read; write 男 or 女";
    // pay
    UnreadableWage fault "wage.unreadable" "no pay can be read; write an amount and its period";
    NegotiableWage fault "wage.negotiable" "pay is left to negotiation; ask the employer for a range";
    TiedToMinimumWage hint "wage.minimum_wage" "pay is tied to the local minimum wage without a figure; look up the figure of the day";
    PeriodAssumed hint "wage.period_assumed" "no period is stated and a month was taken, as is usual for such words; ask the employer";
    PeriodUnclear hint "wage.period_unclear" "no period is stated, so the figure was not taken as monthly pay; ask the employer";
    SubsidyOnly hint "wage.subsidy" "the figure is a subsidy and may be only part of the pay; ask for the whole";
    PieceRate hint "wage.piece_rate" "pay is by the piece, so the figure is what some reach; ask what is guaranteed";
    ProbationWage hint "wage.probation" "the figure is that of the probation; ask for the pay after it";
    NetWage hint "wage.net" "the figure is after deductions, others are before; compare with care";
    ApproximateWage hint "wage.approximate" "the figure is approximate; ask the employer";
    ExtraPay hint "wage.extra" "a figure for meals, rewards or the like was not taken as pay";
    SeveralWages hint "wage.several" "several figures are stated; the lowest least and the highest most were taken, check them";
    DigitsApart hint "wage.digits_apart" "digits stand apart and were joined; check the figure";
    OtherCurrency hint "wage.currency" "the figure is not in yuan of the mainland: kept as an amount, not compared with wishes";
    ImplausibleWage fault "wage.implausible" "the figure cannot be yuan a month (100 to 200 000); check the unit, a K may be missing";
    WageContradicts fault "wage.contradicts" "the least pay is above the most; correct the order";
    // ages
    UnreadableAge fault "age.unreadable" "no age limit can be read; write a range such as 18-45岁";
    AgeWithoutBound fault "age.no_bound" "an age stands alone, neither as least nor as most; write 以上 or 以下";
    AgeRule fault "age.rule" "the limit is a rule on the retirement age, not a number: not applied; check by hand";
    AgeOfAGroup hint "age.group" "ages that define a group are no limit of the post: not applied";
    AgeRelaxed hint "age.relaxed" "the limit is relaxed for some: not applied; check by hand";
    AgeUsually hint "age.usually" "the limit holds \"as a rule\"; ask the employer about exceptions";
    AgeByBirthDate hint "age.birth_dates" "birth dates are stated; they may not agree with the ages, check by hand";
    AgeTwice hint "age.twice" "two different limits are stated and the first was taken; check them";
    ImpossibleAge fault "age.impossible" "the limits are no ages of workers, or upside down; correct them";
    // seats
    UnreadableHeadcount fault "headcount.unreadable" "no number of seats can be read; write a number";
    ZeroHeadcount fault "headcount.zero" "0 seats is a placeholder; ask the employer for the number";
    PlaceholderHeadcount fault "headcount.placeholder" "999 is a placeholder, not a number of seats; ask the employer for the number";
    VagueHeadcount fault "headcount.vague" "a word such as 若干 is no number of seats; ask the employer for the number";
    HeadcountRange fault "headcount.range" "a range is no number of seats; ask the employer for the number";
    HeadcountRule fault "headcount.rule" "seats are given by a rule, not a number; work the number out and enter it";
    HeadcountMultiplied hint "headcount.multiplied" "seats are given for each place and were multiplied by the number of places; check the product";
    SeveralHeadcounts hint "headcount.several" "several numbers are stated and were added up; make an opening of each kind of work";
    ApproximateHeadcount hint "headcount.approximate" "the number of seats is approximate; ask the employer";
    HeadcountInAnnex hint "headcount.annex" "the details are in an annex; split the number by it";
    ImplausibleHeadcount fault "headcount.implausible" "more seats than an advert ever offers; ask the employer for the number";
    // schooling
    UnreadableEducation fault "education.unreadable" "no schooling can be read; write 小学, 初中, 高中, 大专, 本科 or 研究生";
    SeveralEducations fault "education.several" "several levels of schooling stand in one cell; enter the highest completed one";
    EducationUpperBound fault "education.upper_bound" "schooling is given as an upper bound: not applied; ask the employer why";
    EducationOfMostPosts hint "education.most_posts" "the schooling holds for most of the posts, not for all; ask which";
    FullTimeStudy hint "education.full_time" "full-time study is asked for, which this program does not check; check the diploma";
    // places and days
    NotAPlace fault "place.not_a_place" "part of the place is no administrative unit; write 省·市·县";
    AddressCut hint "place.cut" "an address in one piece was cut into its parts; check them";
    UnreadableDate fault "date.unreadable" "no date can be read; write year-month-day";
    ImpossibleDate fault "date.impossible" "the calendar has no such day; correct it";
    DayMissing fault "date.day_missing" "only a month is stated; add the day";
    DateOrderUnclear fault "date.order" "the order of year, month and day is not clear; write the year first with four digits";
    OpenEndedDate fault "date.open_ended" "there is no last day; leave the cell empty, or ask for a day";
    SpreadsheetDay hint "date.serial" "a spreadsheet's day number was turned into a date; check it";
    // plain cells
    UnreadableForm fault "form.unreadable" "no form of employment can be read; write 全职, 兼职, 非全日制, 临时 or 实习";
    UnreadableHours fault "hours.unreadable" "no hours can be read; write hours a week";
    UnreadableNumber fault "number.unreadable" "this is no number; write digits";
    NegativeNumber fault "number.negative" "a negative number cannot stand here; correct it";
    NotWhole fault "number.not_whole" "a whole number is needed here; correct it";
    UnreadableYesNo fault "flag.unreadable" "neither yes nor no can be read; write 是 or 否, or leave the cell empty";
    NameMissing fault "list.name_missing" "an entry of the list has no name; write name:level;name:level";
    RepeatedName hint "list.repeated" "a name stands twice in the list and the first entry was taken";
    TooManyParts hint "list.too_many_parts" "an entry has more parts than the column takes; the rest was left out";
    UnreadableItem fault "item.unreadable" "no functional value can be read; write 0 to 4, in an opening with ! for safety or ? for a marginal duty";
    ItemOutOfScale fault "item.out_of_scale" "a functional value is 0 to 4; correct it";
    SafetyAndMarginal hint "item.both_marks" "a duty cannot be both safety and marginal; it was taken as safety, check it";
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn codes_differ_and_sentences_are_single() {
        let codes: std::collections::BTreeSet<_> =
            Finding::ALL.iter().map(|finding| finding.code()).collect();
        assert_eq!(codes.len(), Finding::ALL.len());
        for finding in Finding::ALL {
            let sentence = finding.to_string();
            assert!(!sentence.ends_with('.') && !sentence.contains(". "), "{sentence}");
        }
    }
}
