//! List the cases (案件列表): filters, words, lights, what is the caller's.

mod store;

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::{light::Light, problem::Problem, words};
use law::procedure::{State as CaseState, Track};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::view::{CasePerson, CaseWord};
use crate::{Cases, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which cases are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// States, separated by commas.
    state: Option<String>,
    /// Of one procedure.
    track: Option<String>,
    /// Out of one lead.
    lead: Option<Uuid>,
    /// Words of matter, place and summary, or a number or its beginning.
    q: Option<String>,
    /// Only what is not in the archive yet.
    #[serde(default)]
    open: bool,
    /// Only what the caller handles, or what waits for his role.
    #[serde(default)]
    mine: bool,
    /// Only what waits for a role or person of the caller's.
    #[serde(default)]
    waiting: bool,
    /// Only what is past a limit of the organ.
    #[serde(default)]
    overdue: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// The filters after parsing.
pub(super) struct Wanted {
    pub states: Option<Vec<&'static str>>,
    pub track: Option<&'static str>,
    pub lead: Option<Uuid>,
    pub number: Option<String>,
    pub words: Vec<String>,
    pub open: bool,
    pub mine: bool,
    pub waiting: bool,
    pub overdue: bool,
    pub person: Uuid,
    pub roles: Vec<String>,
    pub before: Option<Uuid>,
    pub now: DateTime<Utc>,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseRow {
    id: Uuid,
    number: String,
    title: String,
    track: CaseWord,
    state: CaseWord,
    open: bool,
    opened_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// The first handling officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    officer: Option<CasePerson>,
    /// The role it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'static str>,
    /// It lies with its officers because it was sent back.
    sent_back: bool,
    simulated: bool,
}

/// Lists cases, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `query-too-short`.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", operation_id = "list_cases", params(Ask),
    responses((status = 200, body = Page<CaseRow>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<CaseRow>>> {
    let wanted = parse(ask, &allowed.caller, room.clock().now())?;
    let rows = store::page(room.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.officer).collect();
    let names = room.identity().names_of(&people).await?;
    let items = rows.into_iter().filter_map(|row| {
        let (state, track) = (CaseState::from_code(&row.state)?, Track::from_code(&row.track)?);
        Some(CaseRow {
            id: row.id,
            number: row.number,
            title: row.title,
            track: CaseWord { code: track.code(), label: track.label() },
            state: CaseWord { code: state.code(), label: state.label() },
            open: row.open,
            opened_at: row.opened_at,
            light: row.due_at.zip(row.warn_at).filter(|_| row.open).map(|(due, warn)| Light::at(wanted.now, warn, due)),
            due_at: row.due_at.filter(|_| row.open),
            officer: row.officer.map(|id| CasePerson { id, name: names.get(&id).cloned().unwrap_or_default() }),
            waits_for: row.holder_role.as_deref().and_then(identity::Role::from_code).map(identity::Role::label),
            sent_back: row.sent_back,
            simulated: row.simulated,
        })
    });
    Ok(Json(Page { items: items.collect(), next_cursor }))
}

fn parse(ask: Ask, caller: &identity::Caller, now: DateTime<Utc>) -> Result<Wanted, Problem> {
    let unknown = |what: &str| Problem::invalid("query-invalid", format!("{what} 参数含有未知的代码"));
    let states = ask
        .state
        .as_deref()
        .filter(|list| !list.is_empty())
        .map(|list| list.split(',').map(|code| CaseState::from_code(code.trim()).map(CaseState::code)).collect::<Option<Vec<_>>>());
    let text = ask.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let number = text.filter(|text| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')).map(str::to_owned);
    let words = match text {
        Some(text) if number.is_none() => words::bigrams(text),
        _ => Vec::new(),
    };
    if text.is_some() && number.is_none() && words.is_empty() {
        return Err(Problem::invalid("query-too-short", "请输入至少两个字").field("q", "请输入至少两个字"));
    }
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    Ok(Wanted {
        states: match states {
            Some(None) => return Err(unknown("state")),
            Some(Some(states)) => Some(states),
            None => None,
        },
        track: ask
            .track
            .as_deref()
            .filter(|code| !code.is_empty())
            .map(|code| Track::from_code(code).ok_or_else(|| unknown("track")))
            .transpose()?
            .map(Track::code),
        lead: ask.lead,
        number,
        words,
        open: ask.open,
        mine: ask.mine,
        waiting: ask.waiting,
        overdue: ask.overdue,
        person: caller.person.uuid(),
        roles: caller.roles.clone(),
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        now,
    })
}
