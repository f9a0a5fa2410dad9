//! A publication as the desk sees it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{codes, light::Light};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PublicationContent, PublicationState, WithdrawGround, WithholdGround,
    rules::{self, PublicationStep},
    store::PublicationRow,
};
use crate::{Publications, period::shown_for};

/// Who, and when.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PublicationBy {
    pub name: String,
    pub at: DateTime<Utc>,
}

/// A step, and what stands against it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationOffer {
    step: PublicationStep,
    label: &'static str,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
}

/// A publication (公开记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationView {
    pub id: Uuid,
    pub case_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    revision: i32,
    pub state: PublicationState,
    pub state_label: &'static str,
    version: i32,
    matter: String,
    /// The party is a natural person: shown as 姓某某, and for a shorter time.
    natural: bool,
    severity_label: &'static str,
    decided_at: DateTime<Utc>,
    /// Until when the next thing must be done: published, or taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub light: Option<Light>,
    /// What is to be done by then, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_for: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<PublicationContent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drafted: Option<PublicationBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<PublicationBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secrecy: Option<PublicationBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secrecy_note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<PublicationBy>,
    /// Before this day nothing ends it early; after the second it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    min_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_until: Option<NaiveDate>,
    /// Where the period comes from, and how sure that is.
    period_source: &'static str,
    period_confidence: &'static str,
    /// Why it is not public, or not any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground_label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<PublicationBy>,
    offers: Vec<PublicationOffer>,
}

codes! {
    /// Why it stands as it does, for the list (时限种类).
    DueFor {
        /// 公开
        Publish = "publish", "七个工作日内公开";
        /// 撤回
        Withdraw = "withdraw", "三个工作日内撤回";
    }
}

impl Publications {
    /// Views of rows for a person.
    pub(crate) async fn views(&self, rows: Vec<PublicationRow>, me: Uuid) -> http_api::Answer<Vec<PublicationView>> {
        let named = |row: &PublicationRow| [row.drafted_by, row.checked_by, row.secrecy_by, row.published_by, row.ended_by];
        let people: Vec<Uuid> = rows.iter().flat_map(named).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        let now = self.clock().now();
        Ok(rows.into_iter().map(|row| view(row, &names, me, now)).collect())
    }
}

fn view(row: PublicationRow, names: &HashMap<Uuid, String>, me: Uuid, now: DateTime<Utc>) -> PublicationView {
    let by = |person: Option<Uuid>, at: Option<DateTime<Utc>>| {
        let at = at?;
        let name = person.map_or_else(|| "系统".to_owned(), |person| names.get(&person).cloned().unwrap_or_default());
        Some(PublicationBy { name, at })
    };
    let state = row.state();
    let due = match state {
        PublicationState::Waiting | PublicationState::Drafted => Some((row.due_at, row.warn_at, DueFor::Publish)),
        _ => row.withdraw_due_at.zip(row.withdraw_warn_at).map(|(due, warn)| (due, warn, DueFor::Withdraw)),
    };
    let shown = shown_for(row.severity(), row.is_natural);
    let withheld: Option<WithholdGround> = row.ground.as_deref().and_then(|code| code.parse().ok());
    let withdrawn: Option<WithdrawGround> = row.ground.as_deref().and_then(|code| code.parse().ok());
    let offers = PublicationStep::ALL.iter().map(|&step| {
        let why = rules::against(step, &row, me);
        PublicationOffer {
            step,
            label: step.label(),
            allowed: why.is_none(),
            article: why.as_ref().and_then(|why| why.citation.clone()),
            why: why.map(|why| why.detail),
        }
    });
    let offers = offers.collect();
    PublicationView {
        id: row.id,
        case_id: row.case_id,
        case_number: None,
        revision: row.revision,
        state,
        state_label: state.label(),
        version: row.version,
        natural: row.is_natural,
        severity_label: row.severity().label(),
        decided_at: row.decided_at,
        due_at: due.map(|(due, ..)| due),
        light: due.map(|(due, warn, _)| Light::at(now, warn, due)),
        due_for: due.map(|(.., what)| what.label()),
        drafted: by(row.drafted_by, row.drafted_at),
        checked: by(row.checked_by, row.checked_at),
        secrecy: by(row.secrecy_by, row.secrecy_at),
        published: by(row.published_by, row.published_at),
        ended: by(row.ended_by, row.ended_at),
        matter: row.matter,
        content: row.content.map(|content| content.0),
        secrecy_note: row.secrecy_note,
        min_until: row.min_until,
        max_until: row.max_until,
        period_source: &shown.source,
        period_confidence: &shown.confidence,
        ground_label: withheld.map(WithholdGround::label).or_else(|| withdrawn.map(WithdrawGround::label)),
        article: withheld.map(WithholdGround::article).or_else(|| withdrawn.map(|_| "行政处罚法第四十八条第二款")),
        reason: row.reason,
        offers,
    }
}

impl PublicationView {
    /// Why it is not public, in words.
    pub(super) fn reason_words(&self) -> String {
        [self.ground_label, self.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("：")
    }
}
