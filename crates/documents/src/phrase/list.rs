//! Find phrases (查找用语): those of the caller's organ and his own, what is used most first.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    PhraseState, PhraseText,
    fill::{PhrasePlaceholder, placeholders},
    publishes,
    store::{self, PhraseRow, Sought},
};
use crate::{Documents, rights};

/// Phrases of one answer; words narrow what is sought.
const MOST: usize = 200;

/// Which phrases are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskPhrases {
    /// For this kind of document, those for any kind among them.
    kind: Option<String>,
    /// For this field.
    field: Option<String>,
    /// In this state; without it all but the withdrawn.
    state: Option<String>,
    /// Words of the title or text.
    q: Option<String>,
    /// Only the caller's own.
    #[serde(default)]
    own: bool,
}

/// A phrase (用语).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Phrase {
    id: Uuid,
    #[serde(flatten)]
    text: PhraseText,
    state: PhraseState,
    state_label: &'static str,
    /// The caller's own.
    own: bool,
    /// How often it was used.
    used: i64,
    written_by: String,
    changed_at: DateTime<Utc>,
    /// The caller may change it.
    may_change: bool,
    /// The caller may publish or withdraw it.
    may_publish: bool,
    version: i64,
}

/// Phrases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhraseList {
    items: Vec<Phrase>,
    /// There are more than are shown: other words find them.
    more: bool,
    /// What may stand in braces.
    placeholders: Vec<PhrasePlaceholder>,
    /// The caller's organ is set: it can have phrases of its own.
    organ: bool,
}

impl Documents {
    /// Phrases as the caller sees them.
    pub(super) async fn phrases(&self, caller: &identity::Caller, rows: Vec<PhraseRow>) -> Answer<Vec<Phrase>> {
        let names = self.names_of(rows.iter().map(|row| row.written_by).collect()).await?;
        let publishes = publishes(caller);
        let seen = rows.into_iter().map(|row| {
            let state: PhraseState = row.state.parse().unwrap_or(PhraseState::Withdrawn);
            let own = row.person.is_some();
            Phrase {
                id: row.id,
                text: PhraseText { kind: row.kind, field: row.field, title: row.title, text: row.text },
                state,
                state_label: if own && state == PhraseState::Published { "本人" } else { state.label() },
                own,
                used: row.used,
                written_by: names.get(&row.written_by).cloned().unwrap_or_default(),
                changed_at: row.changed_at,
                may_change: own || publishes || state == PhraseState::Draft,
                may_publish: own || publishes,
                version: row.version,
            }
        });
        Ok(seen.collect())
    }
}

/// Finds phrases of the caller's organ, and his own.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/phrases", tag = "documents", operation_id = "list_phrases", params(AskPhrases),
    responses((status = 200, body = PhraseList, description = "What is used most first")))]
pub(crate) async fn list(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Query(ask): Query<AskPhrases>,
) -> Answer<Json<PhraseList>> {
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let state = given(&ask.state).map(|code| code.parse::<PhraseState>()).transpose();
    let state = state.map_err(|_| Problem::invalid("query-invalid", "state 参数含有未知的代码"))?;
    let words = given(&ask.q);
    if words.as_deref().is_some_and(|words| words.chars().count() > 40 || words.contains('\0')) {
        return Err(Problem::invalid("query-invalid", "查找的文字最多 40 字").into());
    }
    let mut connection = room.database().pool().acquire().await?;
    let organ = room.organ_of_caller(&mut connection, &allowed.caller).await?;
    let (kind, field) = (given(&ask.kind), given(&ask.field));
    let sought = Sought {
        organ,
        person: allowed.caller.person.uuid(),
        own: ask.own,
        kind: kind.as_deref(),
        field: field.as_deref(),
        state,
        words: words.as_deref(),
        most: MOST as i64 + 1,
    };
    let mut rows = store::find(&mut connection, room.home_region(), &sought).await?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    drop(connection);
    let items = room.phrases(&allowed.caller, rows).await?;
    Ok(Json(PhraseList { items, more, placeholders: placeholders(), organ: organ.is_some() }))
}
