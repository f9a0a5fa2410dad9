//! A case as its procedure sees it: the state and the facts that guards read.

use serde::{Deserialize, Serialize};

use super::{State, Track};

/// Defines one fact: its values, the first being how a case begins.
macro_rules! fact {
    ($(#[$doc:meta])* $name:ident { $first:ident: $first_doc:literal $(, $variant:ident: $variant_doc:literal)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            #[doc = $first_doc]
            #[default]
            $first,
            $(#[doc = $variant_doc] $variant,)*
        }
    };
}

fact! {
    /// Who the party is (当事人), as 行政处罚法第三十、三十一条 tell apart.
    Party { Grown: "Answers in full.", Youth: "Fourteen to seventeen (未成年人).", Excused: "Under fourteen, or not aware of the act." }
}
fact! {
    /// What may come up beside the main way (并行事项).
    Aside { Property: "Goods kept or seized.", Recusal: "A recusal.", Police: "A suspected crime.", Dispute: "A dispute over jurisdiction." }
}

/// Which of [`Aside`] may come up in a case. Life knows all of them in every case; the proof walks them as
/// `prove::ABSTRACTIONS` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Asides(u8);

impl Asides {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(0b1111);

    /// These.
    #[must_use]
    pub fn of(these: &[Aside]) -> Self {
        Self(these.iter().fold(0, |bits, it| bits | 1 << *it as u8))
    }

    /// Whether `it` may come up.
    #[must_use]
    pub const fn has(self, it: Aside) -> bool {
        self.0 >> it as u8 & 1 == 1
    }
}

fact! {
    /// 责令改正: whether the fine waits for it.
    Correction { NotFirst: "The fine does not wait for it.", Due: "逾期不改正 is part of the offence; not yet ordered.", Ordered: "Ordered.", Passed: "Ordered, and its days have passed.", Heeded: "Corrected in time.", Unheeded: "Not corrected in time." }
}
fact! {
    /// What the investigation found (调查结论).
    Finding { Open: "Nothing yet.", NotProved: "事实不能成立、证据不足", Slight: "轻微并及时改正、无危害后果", FirstSlight: "初次、危害轻微、及时改正", Faultless: "足以证明没有主观过错", Punishable: "应受处罚" }
}
fact! {
    /// How heavy the planned penalty is, by the thresholds of the law.
    Weight { Unset: "Nothing planned.", Light: "Within 行政处罚法第五十一条.", Plain: "Between.", Heavy: "Within 行政处罚法第六十三条." }
}
fact! {
    /// The prior notice (事先告知书).
    Notice { Missing: "None.", Approved: "Approved.", Served: "Served." }
}
fact! {
    /// Statement and defence (陈述申辩).
    Defence { Closed: "Not yet told of it.", Open: "May be made.", Made: "Made.", Considered: "Made and gone through.", Lapsed: "Time ran out.", Waived: "Expressly waived." }
}
fact! {
    /// The right to a hearing (听证).
    Hearing { Untold: "Not told of.", Open: "May be asked for.", Requested: "Asked for.", Called: "Called.", Held: "Held.", Lapsed: "Not asked for in time.", Waived: "Waived, or stayed away." }
}
fact! {
    /// Legal review (法制审核).
    Review { Missing: "None.", Passed: "Passed.", Failed: "Not passed." }
}
fact! {
    /// The way to the police (行刑衔接).
    Crime { Unknown: "None suspected.", Suspected: "Suspected.", Reported: "Reported to the head.", Approved: "To be sent.", Sent: "Sent.", Refused: "The police refused.", UnderReview: "The refusal is under review.", Filed: "The police filed.", FiledLater: "The police filed what was found after the decision, which stands.", Cleared: "Not a crime after all." }
}
fact! {
    /// Community service (公益抵罚).
    Volunteer { Unused: "Not offered.", Done: "Done.", Failed: "Not done." }
}
fact! {
    /// The reviews of a device's record (监控记录审核).
    Screening { Missing: "None.", Technical: "By the technician.", Both: "By technician and lawyer." }
}
fact! {
    /// Evidence kept by registration (先行登记保存).
    Registration { Free: "None.", Held: "Kept.", Expired: "Kept beyond seven days.", Settled: "Dealt with." }
}
fact! {
    /// Goods seized or sealed (查封扣押).
    Seizure { Free: "None.", Urgent: "Without approval so far.", Held: "Seized.", Extended: "Term extended.", Expired: "Held beyond the term.", Settled: "Lifted or dealt with." }
}
fact! {
    /// The written reminder (催告).
    Urged { Not: "None.", Served: "Served.", Passed: "Served, and its days have passed." }
}
fact! {
    /// Review and suit (行政复议、行政诉讼).
    Remedy { Unused: "Neither.", Review: "A review runs.", Reviewed: "A review left the decision standing.", ReviewEnded: "A review ended without a decision.", ReviewRefused: "A review was not accepted, or its application dismissed.", ReviewLapsed: "A review was not decided in time.", Suit: "A suit runs.", SuitEnded: "A suit ended without a judgment.", Upheld: "A judgment left it standing.", Revoked: "The decision is gone." }
}
fact! {
    /// What a review or a judgment made of a decision that stands (变更、确认违法).
    Fate { Whole: "Nothing.", Changed: "Its penalty is another one.", Unlawful: "Found unlawful, not taken away." }
}
fact! {
    /// The three months for the court (申请法院执行期限).
    Window { NotYet: "Review or suit may still come.", Open: "Runs.", Closed: "Over." }
}
fact! {
    /// Publication (处罚决定公开).
    Published { Not: "Not published.", Public: "Published.", Stale: "Public as it was before it was changed or found unlawful.", Withdrawn: "Withdrawn." }
}

/// A case: track, state and facts (案件). [`Case::default`] is a clue about a grown party, in the organ's power and in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "each field carries the name and the documentation of its type, or a line of its own")]
pub struct Case {
    pub track: Track,
    pub state: State,
    pub party: Party,
    pub aside: Asides,
    /// Filed at any time (立案).
    pub filed: bool,
    /// The matter stands in the published list, the place is ours (管辖权).
    pub power: bool,
    /// Found within two, or five, years (追责时效).
    pub timely: bool,
    /// Complex or major (情节复杂或者重大).
    pub complex: bool,
    /// 行政处罚法第五十八条第一、三、四项 applies.
    pub review_due: bool,
    /// Soft means used on this party before, at most three (柔性执法次数).
    pub rung: u8,
    /// A dispute over jurisdiction is open.
    pub dispute: bool,
    /// Evidence was taken by inquiry or inspection.
    pub gathered: bool,
    /// The party was told of a device's record.
    pub facts_told: bool,
    pub correction: Correction,
    pub finding: Finding,
    pub weight: Weight,
    /// The heaviest penalty told of so far.
    pub told: Weight,
    pub notice: Notice,
    pub defence: Defence,
    /// A defence was made at any time.
    pub defended: bool,
    /// New facts were found after the first notice.
    pub new_facts: bool,
    pub hearing: Hearing,
    pub review: Review,
    /// Discussed by the heads (集体讨论).
    pub discussed: bool,
    /// The decision bears the seal (盖章).
    pub sealed: bool,
    /// A recusal is asked for and not decided.
    pub recusal: bool,
    pub crime: Crime,
    pub volunteer: Volunteer,
    pub screening: Screening,
    pub registration: Registration,
    pub seizure: Seizure,
    /// Not paid in time.
    pub overdue: bool,
    pub urged: Urged,
    pub remedy: Remedy,
    pub fate: Fate,
    pub window: Window,
    pub published: Published,
    /// Reported to one's own organ (备案).
    pub recorded: bool,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            track: Track::Ordinary,
            state: State::Clue,
            party: Party::default(),
            aside: Asides::NONE,
            filed: false,
            power: true,
            timely: true,
            complex: false,
            review_due: false,
            rung: 0,
            dispute: false,
            gathered: false,
            facts_told: false,
            correction: Correction::default(),
            finding: Finding::default(),
            weight: Weight::default(),
            told: Weight::default(),
            notice: Notice::default(),
            defence: Defence::default(),
            defended: false,
            new_facts: false,
            hearing: Hearing::default(),
            review: Review::default(),
            discussed: false,
            sealed: false,
            recusal: false,
            crime: Crime::default(),
            volunteer: Volunteer::default(),
            screening: Screening::default(),
            registration: Registration::default(),
            seizure: Seizure::default(),
            overdue: false,
            urged: Urged::default(),
            remedy: Remedy::default(),
            fate: Fate::default(),
            window: Window::default(),
            published: Published::default(),
            recorded: false,
        }
    }
}

impl Case {
    /// A case of `track` where it begins.
    #[must_use]
    pub fn opened(track: Track) -> Self {
        let state = if track == Track::OffSite { State::Captured } else { State::Clue };
        Self { track, state, ..Self::default() }
    }

    /// What led to a notice is taken up again: notice, defence, hearing, review and discussion start anew.
    pub(crate) fn reopen(&mut self) {
        (self.notice, self.defence, self.hearing) = (Notice::Missing, Defence::Closed, Hearing::Untold);
        (self.review, self.discussed, self.sealed) = (Review::Missing, false, false);
        (self.finding, self.weight) = (Finding::Open, Weight::Unset);
    }
}
