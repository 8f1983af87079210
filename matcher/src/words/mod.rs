//! Closed vocabularies of the wire formats: what a record or a policy may say, and nothing else.
//!
//! Every word has one wire name (English, `snake_case`); Chinese stands in the message catalogue of the desk.

mod few;
mod levels;

use serde::{Deserialize, Serialize};

pub use few::Few;
pub use levels::Levels;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $wire:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $wire)] $word,)+
        }

        impl $name {
            /// Every word, in the fixed order of this vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$word,)+];

            /// The wire name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $wire,)+
                }
            }

            /// The word with this wire name.
            #[must_use]
            pub fn from_wire(wire: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == wire)
            }

            /// The place of the word in [`Self::ALL`].
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// A list of the document: a sheet of a workbook, a table of a folder.
    Sheet {
        /// 求职者.
        Candidates = "candidates",
        /// 家庭.
        Households = "households",
        /// 用人单位.
        Employers = "employers",
        /// 岗位.
        Openings = "openings",
        /// 推荐记录.
        Referrals = "referrals",
        /// 服务记录.
        Services = "services",
        /// 区划.
        Regions = "regions",
        /// 技能.
        Skills = "skills",
    }
}
words! {
    /// What kind of person a candidate is (人员类别).
    PersonKind {
        /// 残疾人: holds, or should hold, a certificate of disability.
        Disabled = "disabled",
        /// 家庭成员: a member of a disabled person's household, without a certificate.
        FamilyMember = "family_member",
    }
}
words! {
    /// Sex as registered; some legal ages depend on it.
    Sex {
        /// 男.
        Male = "male",
        /// 女.
        Female = "female",
    }
}
words! {
    /// Category of disability (残疾类别), GB/T 26341-2010, in the order of the certificate's class digit 1–7.
    Category {
        /// 视力, class digit 1.
        Visual = "visual",
        /// 听力, class digit 2.
        Hearing = "hearing",
        /// 言语, class digit 3.
        Speech = "speech",
        /// 肢体, class digit 4.
        Physical = "physical",
        /// 智力, class digit 5.
        Intellectual = "intellectual",
        /// 精神, class digit 6.
        Mental = "mental",
        /// 多重, class digit 7: two or more of the others.
        Multiple = "multiple",
    }
}
words! {
    /// Household registration (户口性质).
    Hukou {
        /// 农业.
        Rural = "rural",
        /// 非农业.
        Urban = "urban",
    }
}
words! {
    /// Schooling completed, lowest first (steps of GB/T 4658).
    Education {
        /// 未上过学.
        None = "none",
        /// 小学.
        Primary = "primary",
        /// 初中.
        Junior = "junior",
        /// 高中、中专、职高、技校.
        Senior = "senior",
        /// 大专.
        College = "college",
        /// 本科.
        Bachelor = "bachelor",
        /// 研究生.
        Postgraduate = "postgraduate",
    }
}
words! {
    /// Whether the person works now (就业状况).
    Employment {
        /// 已就业.
        Employed = "employed",
        /// 未就业.
        Unemployed = "unemployed",
    }
}
words! {
    /// Wish to work (就业意愿), strongest first.
    Willingness {
        /// 强.
        Strong = "strong",
        /// 一般.
        Average = "average",
        /// 弱.
        Weak = "weak",
        /// 无.
        None = "none",
    }
}
words! {
    /// Form of employment (用工形式), both offered and wished.
    Form {
        /// 全日制、全职.
        FullTime = "full_time",
        /// 非全日制、兼职.
        PartTime = "part_time",
        /// 临时、季节性.
        Temporary = "temporary",
        /// 实习、见习.
        Internship = "internship",
        /// 居家.
        Home = "home",
        /// 灵活就业.
        Flexible = "flexible",
    }
}
words! {
    /// Kind of opening (岗位类别).
    OpeningKind {
        /// 市场岗位.
        Market = "market",
        /// 城镇公益性岗位.
        UrbanWelfare = "urban_welfare",
        /// 乡村公益性岗位.
        RuralWelfare = "rural_welfare",
        /// 辅助性就业.
        Assisted = "assisted",
        /// 预留网点: reserved kiosk.
        Kiosk = "kiosk",
        /// 专设职位.
        SpecialPost = "special_post",
        /// 见习.
        Internship = "internship",
        /// 居家灵活.
        HomeBased = "home_based",
    }
}

impl OpeningKind {
    /// Whether it is a public-welfare post (公益性岗位), urban or rural: these are assigned, all others listed.
    #[must_use]
    pub const fn is_welfare(self) -> bool {
        matches!(self, Self::UrbanWelfare | Self::RuralWelfare)
    }
}

words! {
    /// Kind of employer (单位性质).
    EmployerKind {
        /// 机关.
        Organ = "organ",
        /// 事业单位.
        Institution = "institution",
        /// 国有企业.
        StateOwned = "state_owned",
        /// 民营企业.
        Private = "private",
        /// 社会组织.
        Social = "social",
        /// 辅助性就业机构.
        Assisted = "assisted",
        /// 集中就业单位.
        Concentrated = "concentrated",
        /// 个体工商户.
        SelfEmployed = "self_employed",
    }
}
words! {
    /// Priority group (优先群体) that a policy may name.
    Group {
        /// 低保: minimum living allowance.
        LowIncome = "low_income",
        /// 低保边缘.
        Marginal = "marginal",
        /// 一户多残: a household with two or more certificate holders.
        SeveralDisabled = "several_disabled",
        /// 零就业.
        ZeroEmployment = "zero_employment",
        /// 依老养残: a disabled adult kept by ageing parents.
        AgedCarer = "aged_carer",
        /// 防返贫监测.
        Watched = "watched",
        /// 连续 N 次推荐未就业.
        FailedReferrals = "failed_referrals",
        /// 长期失业.
        LongUnemployed = "long_unemployed",
        /// 重度: level 1 or 2.
        Severe = "severe",
        /// 残疾人高校毕业生.
        Graduate = "graduate",
        /// 其他失业残疾人.
        OtherUnemployed = "other_unemployed",
    }
}
words! {
    /// Way in which a referral was made (渠道).
    Channel {
        /// 市场: an ordinary opening of the labour market.
        Market = "market",
        /// 公益性岗位.
        Welfare = "welfare",
        /// 其他.
        Other = "other",
    }
}
words! {
    /// What came of a referral (结果).
    ReferralOutcome {
        /// 录用.
        Hired = "hired",
        /// 单位未录用.
        NotHired = "not_hired",
        /// 本人拒绝.
        Declined = "declined",
        /// 试用期内解除.
        EndedInProbation = "ended_in_probation",
        /// 待反馈.
        Pending = "pending",
    }
}
words! {
    /// Kind of service event (服务记录).
    ServiceKind {
        /// 信息比对.
        Check = "check",
        /// 能力评估.
        Assessment = "assessment",
        /// 需求登记.
        NeedsSurvey = "needs_survey",
        /// 就业服务、指导.
        Guidance = "guidance",
        /// 职业培训.
        Training = "training",
        /// 跟踪回访.
        FollowUp = "follow_up",
    }
}
words! {
    /// A condition that an employer wrote and that no policy names: reported, never applied.
    ConditionKind {
        /// A condition on sex.
        Sex = "sex",
        /// A condition on health or the body as a whole.
        Health = "health",
    }
}
words! {
    /// The 33 functional items, each demanded and possessed on 0–4 (domain study 8.3; scale after the ICF qualifiers).
    Item {
        /// 坐.
        P1 = "P1",
        /// 站立.
        P2 = "P2",
        /// 弯腰、蹲、跪.
        P3 = "P3",
        /// 行走.
        M1 = "M1",
        /// 上下楼梯、登高.
        M2 = "M2",
        /// 出门通勤.
        M3 = "M3",
        /// 伸臂、上举.
        U1 = "U1",
        /// 抓握、提拿.
        U2 = "U2",
        /// 精细手指.
        U3 = "U3",
        /// 双手配合.
        U4 = "U4",
        /// 搬举力量.
        S1 = "S1",
        /// 体力耐力.
        E1 = "E1",
        /// 近看.
        V1 = "V1",
        /// 远看、视野.
        V2 = "V2",
        /// 辨色.
        V3 = "V3",
        /// 听懂讲话.
        H1 = "H1",
        /// 听警示声.
        H2 = "H2",
        /// 说话表达.
        K1 = "K1",
        /// 读.
        K2 = "K2",
        /// 写、打字.
        K3 = "K3",
        /// 计数计算.
        K4 = "K4",
        /// 学习记忆.
        C1 = "C1",
        /// 注意集中.
        C2 = "C2",
        /// 计划、解决问题.
        C3 = "C3",
        /// 速度、多任务切换.
        C4 = "C4",
        /// 接待公众.
        O1 = "O1",
        /// 协作、接受管理.
        O2 = "O2",
        /// 承受压力.
        T1 = "T1",
        /// 守时、独立完成.
        T2 = "T2",
        /// 室外、冷热.
        N1 = "N1",
        /// 噪声、震动.
        N2 = "N2",
        /// 机器、高处、火险.
        N3 = "N3",
        /// 夜班、轮班、独处.
        N4 = "N4",
    }
}

words! {
    /// A scored aspect (评分项); [`Criterion::Priority`] counts in shortlists only.
    Criterion {
        /// 技能.
        Skills = "skills",
        /// 通勤.
        Commute = "commute",
        /// 意向工种.
        Occupation = "occupation",
        /// 工资.
        Wage = "wage",
        /// 用工形式.
        Form = "form",
        /// 岗位定向.
        Category = "category",
        /// 优先群体.
        Priority = "priority",
    }
}
words! {
    /// A kind of hard condition (规则), in the order in which reasons are given.
    RuleKind {
        /// 就业年龄.
        WorkingAge = "working_age",
        /// 未就业.
        NotInWork = "not_in_work",
        /// 有就业意愿.
        Willing = "willing",
        /// 残疾人证有效.
        CertificateValid = "certificate_valid",
        /// 政策对象: who may hold a public-welfare post.
        Beneficiary = "beneficiary",
        /// 就业困难认定.
        HardToEmploy = "hard_to_employ",
        /// 属地.
        Territory = "territory",
        /// 岗位有效期.
        OpeningDates = "opening_dates",
        /// 接受的类别等级.
        Classes = "classes",
        /// 年龄要求.
        AgeLimits = "age_limits",
        /// 文化程度.
        Education = "education",
        /// 证书.
        Licence = "licence",
        /// 功能.
        Function = "function",
        /// 最远通勤.
        Commute = "commute",
        /// 本人不接受.
        Refusal = "refusal",
        /// 公益性岗位期限与次数.
        RepeatPlacement = "repeat_placement",
    }
}
words! {
    /// A choice that a policy or a local decision must state.
    Topic {
        /// 优先层级的次序.
        Tiers = "tiers",
        /// 每户上限.
        HouseholdCap = "household_cap",
        /// 待核实者如何处理.
        Unresolved = "unresolved",
        /// 抽签在得分之前或之后.
        Lottery = "lottery",
    }
}
words! {
    /// Standing (资格) of a pair.
    Standing {
        /// 可.
        Eligible = "eligible",
        /// 待核实.
        Unresolved = "unresolved",
        /// 不可.
        Barred = "barred",
    }
}
words! {
    /// A datum (所缺信息) without which a rule has no answer.
    Datum {
        /// 出生日期.
        Birth = "birth",
        /// 性别.
        Sex = "sex",
        /// 就业状况.
        Employment = "employment",
        /// 就业意愿.
        Willingness = "willingness",
        /// 残疾人证 (category and level).
        Certificate = "certificate",
        /// 残疾人证有效期.
        CertificateUntil = "certificate_until",
        /// 家庭情况: a status of the household that makes a family member eligible.
        HouseholdStatus = "household_status",
        /// 失业登记日期.
        UnemployedSince = "unemployed_since",
        /// 就业困难认定.
        HardToEmploy = "hard_to_employ",
        /// 户籍地.
        Registered = "registered",
        /// 常住地.
        Residence = "residence",
        /// 户口性质.
        Hukou = "hukou",
        /// 工作地点.
        Place = "place",
        /// 住处的准确位置.
        Coordinates = "coordinates",
        /// 工作地点的准确位置: to be asked of the employer.
        PlaceCoordinates = "place_coordinates",
        /// 单位是否接受多重残疾: to be asked of the employer.
        AcceptsMultiple = "accepts_multiple",
        /// 文化程度.
        Education = "education",
        /// 技能证书.
        Licences = "licences",
        /// 功能条目.
        Capacity = "capacity",
        /// 公益性岗位已安置次数.
        WelfarePlacements = "welfare_placements",
        /// 公益性岗位已安置月数.
        WelfareMonths = "welfare_months",
    }
}
words! {
    /// Why a candidate holds no public-welfare post (未安置原因), in the order in which the first true one is the answer.
    ReasonCode {
        /// 本人不接受: every opening that would take the person otherwise was declined.
        Declined = "declined",
        /// 经办机构决定不予安置: every opening that may take the person was forbidden by an order.
        Prohibited = "prohibited",
        /// 尚无本地决定.
        NoDecision = "no_decision",
        /// 没有岗位可以接收.
        NoOpening = "no_opening",
        /// 缺少信息.
        MissingDatum = "missing_datum",
        /// 同户已有人安置.
        HouseholdPlaced = "household_placed",
        /// 预留名额.
        Reserve = "reserve",
        /// 会使本层级或更高层级少安置.
        FewerOfTier = "fewer_of_tier",
        /// 会使较低层级少安置.
        FewerOfLower = "fewer_of_lower",
        /// 总分较低.
        LowerScore = "lower_score",
        /// 抽签在后.
        LaterLot = "later_lot",
    }
}
words! {
    /// What an officer orders about a candidate and an opening.
    OrderKind {
        /// 指定安置: this placement is fixed.
        Pin = "pin",
        /// 不予安置: this placement is never made.
        Forbid = "forbid",
    }
}
words! {
    /// What happens to people whose standing is unresolved when posts are assigned.
    Unresolved {
        /// 暂缓: they are not placed until the datum is there.
        Hold = "hold",
        /// 附条件安置: they may be placed, on condition that the datum is confirmed.
        Conditional = "conditional",
    }
}
words! {
    /// Where the lottery stands in the order of aims.
    LotteryStage {
        /// After the score: it only parts equals.
        AfterScore = "after_score",
        /// Before the score: the people of a tier are chosen by lot, the score only decides their seats.
        BeforeScore = "before_score",
    }
}

impl Default for LotteryStage {
    /// After the score: it only parts equals.
    fn default() -> Self {
        Self::AfterScore
    }
}
