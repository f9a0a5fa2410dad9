//! List the referrals (移交列表), and count what waits.

pub(super) mod store;

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::{Allowed, Caller};
use kernel::{problem::Problem, words};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    ReferralState, Way,
    row::{self, ReferralRow},
};
use crate::{Referrals, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which referrals are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// States, separated by commas.
    state: Option<String>,
    /// Where they were sent.
    #[param(inline)]
    way: Option<Way>,
    /// The bureau that asked.
    asker: Option<Uuid>,
    /// Out of one lead.
    lead: Option<Uuid>,
    /// Words of facts, matter and place, or the beginning of a number.
    q: Option<String>,
    /// Only what is open.
    #[serde(default)]
    open: bool,
    /// Only what is overdue.
    #[serde(default)]
    overdue: bool,
    /// Only what waits for the caller's role or unit, or for his answer.
    #[serde(default)]
    mine: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// The filters after parsing.
pub(super) struct Wanted {
    pub states: Option<Vec<&'static str>>,
    pub way: Option<&'static str>,
    pub asker: Option<Uuid>,
    pub lead: Option<Uuid>,
    pub number: Option<String>,
    pub words: Vec<String>,
    pub open: bool,
    pub overdue: bool,
    pub mine: bool,
    pub units: Vec<Uuid>,
    pub roles: Vec<String>,
    pub before: Option<Uuid>,
    pub now: DateTime<Utc>,
}

impl Ask {
    /// Parsed, for a caller whose bureau or unit and those below it are `units`.
    pub(super) fn wanted(self, caller: &Caller, units: Vec<Uuid>, now: DateTime<Utc>) -> Result<Wanted, Problem> {
        let states = self.state.as_deref().filter(|list| !list.is_empty());
        let states = states.map(|list| list.split(',').map(|code| code.trim().parse::<ReferralState>()).collect::<Result<Vec<_>, ()>>());
        let states = states.transpose().map_err(|()| Problem::invalid("query-invalid", "state 参数含有未知的状态"))?;
        let text = self.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let number =
            text.filter(|text| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')).map(str::to_owned);
        let sought = text.filter(|_| number.is_none()).map(words::bigrams).unwrap_or_default();
        if text.is_some() && number.is_none() && sought.is_empty() {
            return Err(Problem::invalid("query-too-short", "请输入至少两个字").field("q", "请输入至少两个字"));
        }
        let before = self.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
        Ok(Wanted {
            states: states.map(|list| list.into_iter().map(ReferralState::code).collect()),
            way: self.way.map(Way::code),
            asker: self.asker,
            lead: self.lead,
            number,
            words: sought,
            open: self.open,
            overdue: self.overdue,
            mine: self.mine,
            units,
            roles: caller.roles.clone(),
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
            now,
        })
    }
}

/// The caller's organisation, those below it and, for who enforces, those above: what is given to a brigade is its squads' as well.
pub(super) async fn units_of(room: &Referrals, caller: &Caller) -> Answer<Vec<Uuid>> {
    let tree = room.parts().identity.organisations().await?;
    Ok(tree.subtree(caller.organisation.uuid()).as_ref().clone())
}

/// Lists referrals, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `query-too-short`.
#[utoipa::path(get, path = "/api/v1/referrals", tag = "referrals", operation_id = "list_referrals", params(Ask),
    responses((status = 200, body = Page<ReferralRow>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SeeReferrals>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<ReferralRow>>> {
    let (scope, parts) = (allowed.scope(), room.parts());
    let wanted = ask.wanted(&allowed.caller, units_of(&room, &allowed.caller).await?, parts.clock.now())?;
    let rows = store::page(parts.database.pool(), &scope, &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: row::show(&room, rows, scope.units.as_deref()).await?, next_cursor }))
}

/// The counts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralCounts)]
pub(crate) struct Counts {
    /// Open.
    open: i64,
    /// Open, and a limit is over.
    overdue: i64,
    /// Waiting for the caller's role, unit or answer.
    mine: i64,
}

/// Counts what is open within the caller's scope.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/referrals/counts", tag = "referrals", operation_id = "count_referrals",
    responses((status = 200, body = Counts, description = "The counts")))]
pub(crate) async fn counts(State(room): State<Referrals>, allowed: Allowed<rights::SeeReferrals>) -> Answer<Json<Counts>> {
    let (caller, parts) = (&allowed.caller, room.parts());
    let units = units_of(&room, caller).await?;
    let (open, overdue, mine) = store::counts(parts.database.pool(), &allowed.scope(), parts.clock.now(), (&units, &caller.roles)).await?;
    Ok(Json(Counts { open, overdue, mine }))
}
