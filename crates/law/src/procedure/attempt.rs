//! What a step is done with: who acts and approves, and the part of its content that guards look at.

use serde::{Deserialize, Serialize};

use super::case::{Finding, Weight};

/// Defines one kind of content: its values with the words for people, the first being the proper one.
macro_rules! content {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_label:literal $(, $variant:ident = $label:literal)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            #[doc = $first_label]
            #[default]
            $first,
            $(#[doc = $label] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$variant),*];

            /// What people read.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { Self::$first => $first_label, $(Self::$variant => $label,)* }
            }
        }
    };
}

content! {
    /// Who handles it (执法人员).
    Crew { Sound = "两名以上持有效执法证件的人员", OneCertificate = "持有效执法证件的人员不足两人", Recused = "应当回避的人员参与" }
}
content! {
    /// Who approves it (审批人).
    Approver { Head = "机关负责人", Handler = "承办人自批" }
}
content! {
    /// Who hosts the hearing (听证主持人).
    Host { Outsider = "非本案调查人员主持", Investigator = "本案调查人员主持", Related = "与本案有直接利害关系者主持" }
}
content! {
    /// Who reviews (法制审核人员).
    Reviewer { Qualified = "合格的法制审核人员", Unqualified = "初次从事且无法律职业资格", Handler = "承办人自审" }
}
content! {
    /// How it is served (送达方式).
    Mode {
        Direct = "直接送达", LeftWitnessed = "留置送达，有见证或者录像", LeftUnwitnessed = "留置送达，无见证无录像", ElectronicAgreed = "电子送达，已签确认书",
        ElectronicUnagreed = "电子送达，未签确认书", Posted = "邮寄或者委托送达，有回执", PublicLast = "其他方式无法送达后公告送达", PublicFirst = "未试其他方式即公告送达",
    }
}
content! {
    /// The penalty against what the party was told (与告知相比).
    Change { Same = "与告知一致", Lighter = "轻于告知", Heavier = "重于告知" }
}
content! {
    /// The penalty against its range (裁量幅度).
    Range { Within = "在幅度以内", BelowGrounded = "低于幅度，有减轻事由并说明理由", Outside = "超出幅度且无减轻事由" }
}
content! {
    /// When it is carried out (执行时间).
    Hour { Working = "工作日白天", Night = "夜间", Holiday = "法定节假日", UrgentNight = "夜间，情况紧急" }
}
content! {
    /// How seizing was approved (查封扣押批准).
    Measure { Before = "事先批准", Urgent = "情况紧急，先行实施", Never = "不报批准" }
}
content! {
    /// What the organ enforces itself (强制执行的内容).
    Means { Other = "代履行、划拨等其他方式", Money = "对罚款和加处罚款直接强制", Demolition = "强制拆除违法建筑物、构筑物、设施" }
}

/// The content of a step; [`Attempt::default`] is proper in every way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "fields of a type of this module carry its documentation")]
pub struct Attempt {
    pub crew: Crew,
    pub approver: Approver,
    pub host: Host,
    pub reviewer: Reviewer,
    pub mode: Mode,
    pub change: Change,
    pub range: Range,
    pub hour: Hour,
    pub measure: Measure,
    pub means: Means,
    pub finding: Finding,
    pub weight: Weight,
    /// Every party is reached (多个当事人).
    pub everyone: bool,
    /// New facts call for it, not the defence alone.
    pub new_facts: bool,
    /// Made lighter (从轻或者减轻).
    pub lenient: bool,
    /// A fine, where the same act was fined before (一事不再罚).
    pub second_fine: bool,
    /// Nothing that must stay hidden is left (脱敏).
    pub masked: bool,
    /// The party agrees.
    pub consent: bool,
    /// A law or regulation gives the power to do it (法定权限).
    pub power: bool,
    /// The facts are plain (事实确凿).
    pub clear: bool,
    /// Corrected when looked at again.
    pub heeded: bool,
    /// The party was educated (教育).
    pub educated: bool,
    /// Seven working days lie before the hearing.
    pub in_time: bool,
    /// It rests on the record of the hearing.
    pub on_record: bool,
    /// The right to a hearing is told of.
    pub tells_hearing: bool,
    /// The harm is slight.
    pub slight: bool,
    /// The official receipt is given (专用票据).
    pub receipt: bool,
    /// The demolition was announced with a term to do it oneself (公告限期自行拆除).
    pub announced: bool,
    /// An extra fine has run for more than thirty days (加处罚款超过三十日).
    pub dunned: bool,
}

impl Default for Attempt {
    fn default() -> Self {
        Self {
            crew: Crew::default(),
            approver: Approver::default(),
            host: Host::default(),
            reviewer: Reviewer::default(),
            mode: Mode::default(),
            change: Change::default(),
            range: Range::default(),
            hour: Hour::default(),
            measure: Measure::default(),
            means: Means::default(),
            finding: Finding::Punishable,
            weight: Weight::Light,
            everyone: true,
            new_facts: true,
            lenient: true,
            second_fine: false,
            masked: true,
            consent: true,
            power: true,
            clear: true,
            heeded: true,
            educated: true,
            in_time: true,
            on_record: true,
            tells_hearing: true,
            slight: true,
            receipt: true,
            announced: true,
            dunned: true,
        }
    }
}

/// A part of the content that a step's guards look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each names the field of `Attempt` it stands for")]
pub enum Ask {
    Crew,
    Approver,
    Host,
    Reviewer,
    Mode,
    Change,
    Range,
    Hour,
    Measure,
    Means,
    Finding,
    Weight,
    Everyone,
    NewFacts,
    Lenient,
    SecondFine,
    Masked,
    Consent,
    Power,
    Clear,
    Heeded,
    Educated,
    InTime,
    OnRecord,
    TellsHearing,
    Slight,
    Receipt,
    Announced,
    Dunned,
}

/// Every content a step can have that asks for these parts; the proper one first.
#[must_use]
pub fn variants(asks: &[Ask]) -> Vec<Attempt> {
    asks.iter().fold(vec![Attempt::default()], |found, ask| found.iter().flat_map(|base| varied(*base, *ask)).collect())
}

fn varied(base: Attempt, ask: Ask) -> Vec<Attempt> {
    macro_rules! each {
        ($field:ident, $values:expr) => {
            $values.iter().map(|value| Attempt { $field: *value, ..base }).collect()
        };
    }
    let both = [true, false];
    match ask {
        Ask::Crew => each!(crew, Crew::ALL),
        Ask::Approver => each!(approver, Approver::ALL),
        Ask::Host => each!(host, Host::ALL),
        Ask::Reviewer => each!(reviewer, Reviewer::ALL),
        Ask::Mode => each!(mode, Mode::ALL),
        Ask::Change => each!(change, Change::ALL),
        Ask::Range => each!(range, Range::ALL),
        Ask::Hour => each!(hour, Hour::ALL),
        Ask::Measure => each!(measure, Measure::ALL),
        Ask::Means => each!(means, Means::ALL),
        Ask::Finding => {
            each!(finding, [Finding::Punishable, Finding::FirstSlight, Finding::Slight, Finding::Faultless, Finding::NotProved])
        }
        Ask::Weight => each!(weight, [Weight::Light, Weight::Plain, Weight::Heavy]),
        Ask::Everyone => each!(everyone, both),
        Ask::NewFacts => each!(new_facts, both),
        Ask::Lenient => each!(lenient, both),
        Ask::SecondFine => each!(second_fine, [false, true]),
        Ask::Masked => each!(masked, both),
        Ask::Consent => each!(consent, both),
        Ask::Power => each!(power, both),
        Ask::Clear => each!(clear, both),
        Ask::Heeded => each!(heeded, both),
        Ask::Educated => each!(educated, both),
        Ask::InTime => each!(in_time, both),
        Ask::OnRecord => each!(on_record, both),
        Ask::TellsHearing => each!(tells_hearing, both),
        Ask::Slight => each!(slight, both),
        Ask::Receipt => each!(receipt, both),
        Ask::Announced => each!(announced, both),
        Ask::Dunned => each!(dunned, both),
    }
}

impl Attempt {
    /// What sets it apart, in Chinese, by the parts a step asks for; empty where all is proper.
    #[must_use]
    pub fn words(&self, asks: &[Ask]) -> String {
        let proper = Self::default();
        let mut words: Vec<&str> = Vec::new();
        let mut say = |differs: bool, text: &'static str| {
            if differs {
                words.push(text);
            }
        };
        for ask in asks {
            match ask {
                Ask::Crew => say(self.crew != proper.crew, self.crew.label()),
                Ask::Approver => say(self.approver != proper.approver, self.approver.label()),
                Ask::Host => say(self.host != proper.host, self.host.label()),
                Ask::Reviewer => say(self.reviewer != proper.reviewer, self.reviewer.label()),
                Ask::Mode => say(self.mode != proper.mode, self.mode.label()),
                Ask::Change => say(self.change != proper.change, self.change.label()),
                Ask::Range => say(self.range != proper.range, self.range.label()),
                Ask::Hour => say(self.hour != proper.hour, self.hour.label()),
                Ask::Measure => say(self.measure != proper.measure, self.measure.label()),
                Ask::Means => say(self.means != proper.means, self.means.label()),
                Ask::Finding => say(true, self.finding.label()),
                Ask::Weight => say(true, self.weight.label()),
                Ask::Everyone => say(!self.everyone, "未及于全部当事人"),
                Ask::NewFacts => say(!self.new_facts, "仅因当事人申辩，无新的事实"),
                Ask::Lenient => say(!self.lenient, "未从轻或者减轻"),
                Ask::SecondFine => say(self.second_fine, "同一违法行为已被罚款"),
                Ask::Masked => say(!self.masked, "未脱敏"),
                Ask::Consent => say(!self.consent, "当事人不同意"),
                Ask::Power => say(!self.power, "无法律、法规依据或者法定情形"),
                Ask::Clear => say(!self.clear, "事实不清楚"),
                Ask::Heeded => say(true, if self.heeded { "已改正" } else { "未改正" }),
                Ask::Educated => say(!self.educated, "未教育"),
                Ask::InTime => say(!self.in_time, "距听证不足七个工作日"),
                Ask::OnRecord => say(!self.on_record, "未依据听证笔录"),
                Ask::TellsHearing => say(!self.tells_hearing, "未告知听证权利"),
                Ask::Slight => say(!self.slight, "危害后果不轻微"),
                Ask::Receipt => say(!self.receipt, "未出具专用票据"),
                Ask::Announced => say(!self.announced, "未公告限期自行拆除"),
                Ask::Dunned => say(!self.dunned, "加处罚款未超过三十日"),
            }
        }
        words.join("，")
    }
}

impl Finding {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "尚无结论",
            Self::NotProved => "违法事实不能成立",
            Self::Slight => "轻微并及时改正、无危害后果",
            Self::FirstSlight => "初次违法、危害后果轻微并及时改正",
            Self::Faultless => "证据足以证明没有主观过错",
            Self::Punishable => "应受行政处罚",
        }
    }
}

impl Weight {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unset => "未拟处罚",
            Self::Light => "简易程序额度以内",
            Self::Plain => "一般处罚",
            Self::Heavy => "应告知听证的较重处罚",
        }
    }
}
