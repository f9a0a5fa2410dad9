//! What a step is given (环节内容): only the parts that nothing else tells.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{codes, problem::Problem};
use law::procedure::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    basis::{self, CaseLawChoice},
    missing, optional,
    penalty::Plan,
};

codes! {
    /// How something is served (送达方式).
    ServiceMode {
        /// Handed over (直接送达).
        Direct = "direct", "直接送达";
        /// Left behind (留置送达).
        Left = "left", "留置送达";
        /// Electronically (电子送达).
        Electronic = "electronic", "电子送达";
        /// By announcement (公告送达).
        Public = "public", "公告送达";
        /// By post, with a return receipt (邮寄送达).
        Post = "post", "邮寄送达";
        /// By another organ that was asked to (委托送达).
        Entrusted = "entrusted", "委托送达";
    }
}

codes! {
    /// What the investigation found (调查结论).
    FindingCode {
        /// 应受处罚
        Punishable = "punishable", "应受行政处罚";
        /// 事实不能成立
        NotProved = "not-proved", "违法事实不能成立";
        /// 轻微并及时改正
        Slight = "slight", "轻微并及时改正、无危害后果";
        /// 初次违法
        FirstSlight = "first-slight", "初次违法、危害后果轻微并及时改正";
        /// 没有主观过错
        Faultless = "faultless", "证据足以证明没有主观过错";
    }
}

codes! {
    /// How seizing was approved (查封扣押批准).
    MeasureCode {
        /// 事先批准
        Before = "before", "事先批准";
        /// 情况紧急
        Urgent = "urgent", "情况紧急，先行实施";
    }
}

codes! {
    /// What is enforced (强制执行的内容).
    MeansCode {
        /// 代履行、划拨等
        Other = "other", "代履行、划拨等其他方式";
        /// 金钱给付
        Money = "money", "对罚款和加处罚款直接强制";
        /// 强制拆除
        Demolition = "demolition", "强制拆除违法建筑物、构筑物、设施";
    }
}

/// The content of a step. Which parts a step looks at stands in its offer; the others are left out. Nobody's name belongs here.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CaseStepContent {
    /// What happened, and why (情况和理由).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The officers who do it; those of the case where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officers: Option<Vec<Uuid>>,
    /// The head who approved it beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Uuid>,
    /// The host has a direct interest in the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<bool>,
    /// How it was served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<ServiceMode>,
    /// Left before a witness who signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witnessed: Option<bool>,
    /// Left while the service was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<bool>,
    /// What older steps said of the consent to electronic service; now it follows from what the party signed, and nothing given here counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electronic_agreed: Option<bool>,
    /// The day on the receipt of service or of the parcel, or of the announcement; today where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_on: Option<NaiveDate>,
    /// The number of the receipt, the parcel, the letter of request, or of the item of evidence that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// Where it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<String>,
    /// The party who took this step on his own page; written by the program, not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_party: Option<i16>,
    /// Which other ways were tried in vain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<String>,
    /// The parties that were reached, by their ordinals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<Vec<i16>>,
    /// The planned penalty; the one planned before where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// What the investigation found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<FindingCode>,
    /// By which evidence the facts are clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Which new facts call for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_facts: Option<String>,
    /// How the penalty of a youth was made lighter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lenient: Option<String>,
    /// The second person who checked that nothing personal is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<Uuid>,
    /// The party agrees, in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<bool>,
    /// The law or ground that gives the power.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Corrected when looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heeded: Option<bool>,
    /// How the party was educated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education: Option<String>,
    /// When the hearing will be held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing_at: Option<DateTime<Utc>>,
    /// How the decision rests on the record of the hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_record: Option<String>,
    /// The notice tells of the right to a hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tells_hearing: Option<bool>,
    /// Why the harm is slight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slight: Option<String>,
    /// The number of the official receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// The day until which the announcement let the party demolish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<NaiveDate>,
    /// How seizing was approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<MeasureCode>,
    /// What is enforced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<MeansCode>,
    /// Why it could not wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgent: Option<String>,
    /// So many days the document gives the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
    /// The case is complex or major.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complex: Option<bool>,
    /// 行政处罚法第五十八条第一款第一、三、四项 applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_due: Option<bool>,
    /// Which law counts, where it changed since the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_choice: Option<CaseLawChoice>,
    /// Of a review that was refused or dismissed: the day the party received that. Of one that was not decided in time: the day its time ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// Who is recused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recused: Option<Vec<Uuid>>,
}

/// The longest period a document gives, in days.
const MOST_DAYS: i32 = 3_650;

impl CaseStepContent {
    /// Looks at the form of every part.
    ///
    /// # Errors
    /// `field-too-long`, `field-invalid`, `plan-invalid`.
    pub(super) fn judged(mut self) -> Result<Self, Problem> {
        self.by_party = None;
        let texts: [(&'static str, &str, &mut Option<String>); 13] = [
            ("note", "情况和理由", &mut self.note),
            ("tried", "已试过的送达方式", &mut self.tried),
            ("evidence", "证据", &mut self.evidence),
            ("new_facts", "新的事实", &mut self.new_facts),
            ("lenient", "从轻或者减轻的情况", &mut self.lenient),
            ("basis", "依据", &mut self.basis),
            ("education", "教育情况", &mut self.education),
            ("on_record", "听证笔录的采纳情况", &mut self.on_record),
            ("slight", "危害后果轻微的情况", &mut self.slight),
            ("receipt", "票据号", &mut self.receipt),
            ("urgent", "紧急情形", &mut self.urgent),
            ("proof", "送达凭证", &mut self.proof),
            ("medium", "公告的媒体或者地点", &mut self.medium),
        ];
        for (field, label, text) in texts {
            *text = optional(field, label, text.as_deref())?;
        }
        if let Some(choice) = &mut self.law_choice {
            choice.reason = super::required("law_choice.reason", "适用哪一规定的理由", &choice.reason)?;
        }
        self.plan = self.plan.map(Plan::judged).transpose()?;
        if self.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
            return Err(Problem::invalid("field-invalid", "天数应为 1 至 3650").field("days", "天数应为 1 至 3650"));
        }
        let lists = [self.officers.as_ref().map_or(0, Vec::len), self.recused.as_ref().map_or(0, Vec::len)];
        if lists.iter().any(|length| *length > super::MOST_OFFICERS)
            || self.reached.as_ref().is_some_and(|list| list.len() > super::MOST_PARTIES)
        {
            return Err(Problem::invalid("field-too-long", "人员过多").field("officers", "人员过多"));
        }
        Ok(self)
    }

    /// Looks whether the parts that change the case itself belong to this step: anywhere else a plan would replace the one that was approved
    /// and told of, and a recusal would be decided by whoever likes.
    ///
    /// # Errors
    /// `field-not-here`.
    pub(super) fn fits(&self, action: Action) -> Result<(), Problem> {
        use Action::{ApproveNotice, Changed, Decide, DecideOnSpot, DecideRecusal, End, ReviewLapses, ReviewRefused, TellOnSpot};
        let elsewhere = |field: &'static str, why: String| Err(Problem::invalid("field-not-here", why.clone()).field(field, why));
        if self.plan.is_some() && !matches!(action, End | ApproveNotice | TellOnSpot | Decide | DecideOnSpot | Changed) {
            let why = format!(
                "“{}”不能拟定或者改变处罚内容；拟处罚内容在调查终结、审批告知、当场告知、作出决定和决定被变更时填写",
                action.label()
            );
            return elsewhere("plan", why);
        }
        if self.law_choice.is_some() && !basis::choice::asks(action) {
            let why = format!("“{}”不选定适用的规定；审批告知和作出决定时选定", action.label());
            return elsewhere("law_choice", why);
        }
        if self.ended_on.is_some() && !matches!(action, ReviewRefused | ReviewLapses) {
            return elsewhere("ended_on", format!("“{}”没有复议届满或者不予受理的日期", action.label()));
        }
        if self.recused.is_some() && action != DecideRecusal {
            return elsewhere("recused", format!("“{}”不能决定回避；由机关负责人决定回避申请", action.label()));
        }
        Ok(())
    }

    /// So many days, which this step must set.
    pub(super) fn days(&self) -> Result<i32, Problem> {
        self.days.ok_or_else(|| missing("days", "期限天数"))
    }
}
