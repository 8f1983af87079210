//! Findings about the input: a stable code, a place, what was found, what to do.
//!
//! One table for the whole project, tables and workbooks of the desk included, so that a code means the same in a
//! report, on a screen and over HTTP. The code is a public promise, the wording is not.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is set aside, with what hangs on it.
    Rejected,
    /// The row is kept; what this cell says is treated as unknown or not stated, or needs a look.
    Warning,
    /// A remark about an advert: nothing is lost, an employer should be asked.
    Advert,
}

macro_rules! issues {
    ($($(#[$doc:meta])* $name:ident $code:literal $severity:ident $message:literal $help:literal;)+) => {
        /// What is wrong, as a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum IssueCode {
            $(
                #[doc = $message]
                $(#[$doc])*
                #[serde(rename = $code)]
                $name,
            )+
        }

        impl IssueCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The public name of the code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How much it takes away.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What is wrong, in English.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)+ }
            }

            /// What the person who made the input can do about it, in English.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)+ }
            }
        }
    };
}

issues! {
    // tables and cells, found by the desk
    FileMissing "T101" Warning "the folder lacks this file" "add the file; without households and referrals nobody can be in the groups that hang on them";
    FileEmpty "T102" Warning "the file has no rows" "fill in the table, or remove the file";
    FileNotText "T103" Warning "the file is not a text table" "save the sheet as CSV and put that file here";
    BytesReplaced "T104" Warning "some bytes are not text in this encoding" "save the file as UTF-8 or GB18030 again";
    HeadingUnknown "T105" Warning "no column has this heading; the column is not read" "correct the heading, or leave the column out";
    HeadingTwice "T106" Warning "two columns have this meaning; the first one is read" "remove one of the two columns";
    HeadingMissing "T107" Warning "a column that is needed is missing; no row of this file can be read" "add the column";
    RowRagged "T108" Rejected "the row has more cells than the heading" "check for a comma or a quotation mark too many";
    CellEmpty "T109" Rejected "a cell that must be filled is empty" "fill in the cell";
    NotADate "T110" Warning "not a date" "write the date as YYYY-MM-DD";
    NotANumber "T111" Warning "not a whole number" "write a whole number with digits";
    NumberNegative "T112" Warning "a number below zero" "write a number of 0 or more";
    NotAWord "T113" Warning "not one of the words of this column" "use one of the words that the template lists";
    NumberRounded "T114" Warning "the spreadsheet has rounded this number, so its digits are lost" "format the column as text and type the number in again";
    IdNumberForm "T115" Warning "not an 18-digit citizen number" "compare with the identity card";
    IdNumberCheck "T116" Warning "the check character of the citizen number is wrong" "compare with the identity card";
    IdNumberDate "T117" Warning "the citizen number holds no possible birth date" "compare with the identity card";
    CertificateForm "T118" Warning "not a 20-digit certificate number" "compare with the certificate of disability";
    CertificateClass "T119" Warning "the class digit of the certificate differs from the column" "look at the certificate; the column is used";
    CertificateLevel "T120" Warning "the level digit of the certificate differs from the column" "look at the certificate; the column is used";
    BirthDiffers "T121" Warning "the birth date differs from the one in the number" "compare with the identity card; the column is used";
    SexDiffers "T122" Warning "the sex differs from the one in the number" "compare with the identity card; the column is used";
    AcceptsUnreadable "T123" Warning "the accepted categories and levels cannot be read" "write them as 听力残疾1-4级;肢体残疾3,4级";
    WageUnreadable "T124" Warning "the wage cannot be read as yuan a month" "write whole yuan a month";
    AgeUnreadable "T125" Warning "the age limits cannot be read" "write them as 18-45, or 男18-60,女18-55";
    HeadcountUnreadable "T126" Rejected "the number of seats is no number" "ask the employer how many seats there are";
    PlaceUnknown "T127" Warning "no region has this name" "write the name or code of a township, county or city";
    ListUnreadable "T128" Warning "the list cannot be read" "write name:level, separated by semicolons";
    DemandUnreadable "T129" Warning "not a functional value" "write 0 to 4, with ! for safety or ? for marginal";
    SkillUnmatched "T130" Warning "no skill has this name" "use a name of the skill table, or add the skill to it";
    AccommodationUnmatched "T131" Warning "no accommodation has this name" "use a name of the accommodation table";
    WageFromTitle "T132" Advert "the wage was read from the title" "ask the employer to state the wage in its own cell";
    CertificateIdDiffers "T133" Warning "the certificate number begins with another citizen number" "compare both with the papers";
    FileUnknown "T134" Warning "no table has this file name; the file is not read" "rename the file, or move it elsewhere";
    PersonNotRead "T135" Rejected "the kind (of person, opening, service or region) is not one of the words of this column" "use one of the words that the template lists";
    OccupationUnmatched "T136" Warning "no occupation has this name or code" "use a code of the dictionary, or a name of the occupation table";
    TableTooLarge "T137" Warning "the file is larger than a table may be; what is beyond the limit is not read" "split the file, and delete empty rows and columns at its end";
    CellTooLong "T138" Warning "the cell holds more than 4,000 characters; it is treated as empty" "shorten it, and look for a quotation mark that is never closed";
    FileUnreadable "T139" Warning "the file cannot be opened" "close it in the spreadsheet, and check that you may read it";
    PlaceAmbiguous "T140" Warning "several regions have this name; the place is treated as unknown" "write the whole path, as in 湖南省·怀化市·新晃侗族自治县·波洲镇, or the code";
    PlaceCoarse "T141" Warning "only the upper part of this place is known; that part is used" "correct the rest of the name, or add the place to the table of regions";
    IdIsPrivate "T142" Rejected "the id is a person's name, or a citizen, certificate or telephone number, and must not leave the office" "give every person and household an id of its own, such as C0001";
    DateNeeded "T143" Rejected "the date of this row cannot be read, and without it the row means nothing" "write the date as YYYY-MM-DD";
    CellDoubtful "T144" Advert "the cell can be read in more than one way, or says more than could be read" "compare with the advert, and ask the employer where it is unclear";
    // rows of the document
    IdEmpty "E101" Rejected "the id is empty" "give every row an id";
    CandidateTwice "E102" Rejected "the candidate's id is used before" "give each candidate an id of their own";
    HouseholdTwice "E103" Rejected "the household's id is used before" "give each household an id of its own";
    EmployerTwice "E104" Rejected "the employer's id is used before" "give each employer an id of its own";
    OpeningTwice "E105" Rejected "the opening's id is used before" "give each opening an id of its own";
    RegionTwice "E106" Rejected "the region's code is used before" "give each region one row";
    SkillTwice "E107" Rejected "the skill's id is used before" "give each skill one row";
    HouseholdUnknown "E111" Rejected "no household has this id" "add the household, or correct the id";
    EmployerUnknown "E112" Rejected "no employer has this id" "add the employer, or correct the id";
    CandidateUnknown "E113" Rejected "no candidate has this id" "add the candidate, or correct the id";
    OpeningUnknown "E114" Warning "no opening has this id" "correct the id, or leave it out";
    RegionUnknown "E115" Warning "no region has this code; the place is treated as unknown" "add the region, or correct the code";
    SkillUnknown "E116" Warning "no skill has this id; it is left out" "add the skill, or correct the id";
    AccommodationUnknown "E117" Warning "no accommodation has this id; it is left out" "use an id of the accommodation table";
    RegionOrder "E118" Warning "the region's parent is not larger than the region; the parent is left out" "correct the parent, or the level of one of the two";
    SkillCycle "E119" Warning "the skill is broader than itself; the link is left out" "correct the broader skills";
    LevelRange "E121" Warning "the level of disability is not 1 to 4; the certificate is treated as unknown" "compare with the certificate";
    CapacityRange "E122" Warning "the functional value is not 0 to 4; it is treated as unknown" "write 0 to 4";
    SkillRange "E123" Warning "the level or weight of a skill is not 1 to 5; it is left out" "write 1 to 5";
    SeatsRange "E124" Rejected "the opening has no seat, or more than 100,000" "ask the employer how many seats there are";
    WageReversed "E125" Warning "the lowest wage is above the highest; both are treated as not stated" "correct the two wages";
    AgeReversed "E126" Warning "the lowest age is above the highest; both are treated as not stated" "correct the two ages";
    DatesReversed "E127" Warning "the first day is after the last; both are treated as not stated" "correct the two dates";
    BirthImpossible "E128" Warning "the birth date is after the day of the match, or more than 120 years before; it is treated as unknown" "compare with the identity card";
    CoordinatesRange "E129" Warning "the coordinates are not on the earth; they are treated as unknown" "write degrees, latitude −90 to 90, longitude −180 to 180";
    WishesTooMany "E130" Warning "more than three wishes; the first three are read" "keep the three most wanted";
    ReserveRange "E131" Warning "more seats are reserved than there are; the reserves of this opening are left out" "correct the reserved seats";
    CountsContradict "E132" Warning "the household has more disabled or employed members than members; the counts are treated as unknown" "correct the counts";
    DemandTwice "E133" Warning "the item is demanded twice; the confirmed or else the higher demand is used" "state each item once";
    ReasonRange "E134" Warning "the reason for not working is not a code 1 to 7; it is treated as unknown" "use the codes of item R19";
    ReferralAfter "E135" Warning "the referral is dated after the day of the match; it is not counted" "correct the date";
    ReserveOverlap "E136" Warning "two reserves of this opening name one group; the first is used" "state each group once";
    // adverts
    ClassesNotStated "A201" Advert "the advert does not say whom it accepts, so nothing is applied" "ask the employer which categories and levels can do the work";
    DemandsSuggested "A202" Advert "the functional demands are suggestions of the table of usual posts; they hint and never bar" "have the employer confirm or correct them";
    ConditionNotApplied "A203" Advert "the advert states a condition that no policy names; it is not applied" "ask the employer to drop it, or to state the task that needs it";
    WageNotStated "A204" Advert "the advert states no wage" "ask the employer for the wage";
    PlaceNotStated "A205" Advert "the advert states no place of work" "ask the employer for the township or street";
    NobodyEligible "A206" Advert "nobody in the lists can take this opening" "look at the conditions that stand in the way, and discuss them with the employer";
    // policy
    PolicyOutOfDates "P301" Warning "the policy is not in force on the day of the match" "use the policy that is in force, or record why this one is used";
}

impl fmt::Display for IssueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One finding about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    code: IssueCode,
    path: Box<str>,
    found: Box<str>,
}

impl Issue {
    /// A finding at a JSON pointer of the document (`/candidates/17/id`), with what was found there: the value as
    /// written, or the pointer of the row that it collides with; empty where there is nothing to show. The caller
    /// answers for it that `found` holds no name, number or telephone of a person.
    #[must_use]
    pub fn new(code: IssueCode, path: impl Into<String>, found: impl Into<String>) -> Self {
        Self { code, path: path.into().into(), found: found.into().into() }
    }

    /// What is wrong.
    #[must_use]
    pub const fn code(&self) -> IssueCode {
        self.code
    }

    /// Where: a JSON pointer into the document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was found there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.code, self.path, self.code.message())?;
        if !self.found.is_empty() {
            write!(f, " (found `{}`)", self.found)?;
        }
        write!(f, "; {}", self.code.help())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_sentences_are_plain() {
        let mut codes: Vec<_> = IssueCode::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), IssueCode::ALL.len());
        for code in IssueCode::ALL {
            for text in [code.message(), code.help()] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{code}: {text}");
            }
        }
    }
}
