//! What a party submits (当事人提交): a step of the case where the table has one, an addition or a late word where not, or something for the inbox.

pub(crate) mod send;
pub(crate) mod store;

use cases::PartyCase;
use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use kernel::codes;
use law::procedure::{Action, State};
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Parties;
use store::SubmissionRow;

codes! {
    /// What a party submits (提交事项).
    #[schema(as = PartySubmissionKind)]
    Kind {
        /// Statement and defence (陈述申辩); 行政处罚法第四十五条.
        Defence = "defence", "陈述申辩";
        /// Waives statement and defence (放弃陈述申辩); 行政处罚法第六十二条.
        DefenceWaived = "defence_waived", "放弃陈述申辩";
        /// Asks for a hearing (申请听证); 行政处罚法第六十三条、第六十四条.
        Hearing = "hearing", "申请听证";
        /// Takes the request back, or waives the hearing (撤回或者放弃听证).
        HearingWaived = "hearing_waived", "撤回或者放弃听证";
        /// Asks to pay later or in parts (申请暂缓或者分期); 行政处罚法第六十六条第二款.
        Deferral = "deferral", "申请暂缓或者分期缴纳";
        /// Asks that somebody take no part (申请回避); 行政处罚法第四十三条第二款.
        Recusal = "recusal", "申请回避";
        /// Hands evidence in (提交证据).
        Evidence = "evidence", "提交证据";
    }
}

impl Kind {
    /// The step of the table that it is.
    const fn step(self) -> Option<Action> {
        match self {
            Self::Defence => Some(Action::Defend),
            Self::DefenceWaived => Some(Action::WaiveDefence),
            Self::Hearing => Some(Action::RequestHearing),
            Self::HearingWaived => Some(Action::WaiveHearing),
            Self::Recusal => Some(Action::AskRecusal),
            Self::Deferral | Self::Evidence => None,
        }
    }

    /// Gives a right up, which wants an express word.
    const fn waives(self) -> bool {
        matches!(self, Self::DefenceWaived | Self::HearingWaived)
    }
}

codes! {
    /// What became of a submission when it came (提交的效力).
    #[schema(as = PartySubmissionStanding)]
    Standing {
        /// A step of the case.
        Step = "step", "已记入案件";
        /// Added to what was said before.
        Added = "added", "补充材料，已转承办人";
        /// After the period: it is heard, and marked.
        Late = "late", "逾期提出，已注明并转承办人";
        /// An officer judges it.
        Inbox = "inbox", "已转承办人处理";
    }
}

/// What became of a submission, in words. A defence waits for an officer after a reminder alone.
fn standing_label(row: &SubmissionRow) -> &'static str {
    match row.standing.parse::<Standing>() {
        Ok(standing) => said(row.kind.parse().ok(), standing),
        Err(_) => "",
    }
}

/// The words for a kind and a standing.
fn said(kind: Option<Kind>, standing: Standing) -> &'static str {
    match (kind, standing) {
        (Some(Kind::Defence), Standing::Inbox) => "对催告的陈述申辩，已转承办人复核",
        _ => standing.label(),
    }
}

/// Whether paying later may be asked for: something is to be paid and was not.
pub(crate) fn may_defer(of: &PartyCase) -> bool {
    let fined = of.decided.as_ref().is_some_and(|plan| plan.fine_fen > 0);
    fined && matches!(of.facts.state, State::Served | State::Performing | State::Reminded)
}

/// A submission: to its party, and to officers of the case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PartySubmission)]
pub(crate) struct SubmissionView {
    pub id: Uuid,
    /// The number of its receipt.
    pub number: String,
    pub party: i16,
    pub kind: String,
    pub kind_label: &'static str,
    pub standing: String,
    pub standing_label: &'static str,
    pub at: DateTime<Utc>,
    /// What was written.
    pub text: String,
    /// The files, by their hashes.
    pub files: Vec<String>,
    /// The numbers of the items of evidence that they became.
    pub evidence: Vec<i32>,
    /// Whether an officer took it in; nothing while he has not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged_at: Option<DateTime<Utc>>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What one party submitted, the newest first.
pub(crate) async fn of_party(room: &Parties, connection: &mut PgConnection, key: &KeyOf, party: i16) -> Answer<Vec<SubmissionView>> {
    let rows = store::of_case(connection, key, Some(party)).await?;
    views(room, connection, rows).await
}

/// What all parties of a case submitted, the newest first.
pub(crate) async fn of_case(room: &Parties, connection: &mut PgConnection, key: &KeyOf) -> Answer<Vec<SubmissionView>> {
    let rows = store::of_case(connection, key, None).await?;
    views(room, connection, rows).await
}

async fn views(room: &Parties, connection: &mut PgConnection, rows: Vec<SubmissionRow>) -> Answer<Vec<SubmissionView>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let files = store::files(connection, &ids).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let text = match row.subject {
            Some(subject) => {
                let fields = room.parts().vault.read(connection, &row.region, subject.into()).await??;
                fields.into_iter().find(|(field, _)| field == "text").map(|(_, text)| text).unwrap_or_default()
            }
            None => String::new(),
        };
        let own: Vec<_> = files.iter().filter(|file| file.submission == row.id).collect();
        let standing_label = standing_label(&row);
        all.push(SubmissionView {
            id: row.id,
            number: row.number,
            party: row.party,
            kind_label: row.kind.parse::<Kind>().map_or("", Kind::label),
            kind: row.kind,
            standing_label,
            standing: row.standing,
            at: row.at,
            text,
            files: own.iter().map(|file| file.file.clone()).collect(),
            evidence: own.iter().filter_map(|file| file.evidence).collect(),
            taken: row.taken,
            judged_at: row.judged_at,
            reason: row.reason,
        });
    }
    Ok(all)
}
