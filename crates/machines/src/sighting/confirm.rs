//! Confirm a sighting: it becomes a lead (研判属实).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    SightingState, Verdict, not_found,
    store::{self, Judgement},
    view::Sighting,
};
use crate::{Machines, rights};

/// A note is at most so long, in characters.
pub(super) const LONGEST_NOTE: usize = 500;

/// The confirmation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmSighting {
    /// The class, where it is another than the kind's.
    class_code: Option<String>,
    /// What the lead says besides.
    note: Option<String>,
}

/// Confirms a sighting and files its lead. When the lead cannot be filed at once, it is in a moment.
///
/// # Errors
/// `sighting-not-found`, `sighting-judged`, `class-unknown`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/sightings/{id}/actions/confirm", tag = "machines", operation_id = "confirm_sighting",
    request_body = ConfirmSighting, params(("id" = Uuid, Path, description = "The sighting")),
    responses((status = 200, body = Sighting, description = "The sighting as it then stands")))]
pub(crate) async fn confirm(
    State(machines): State<Machines>,
    allowed: Allowed<rights::JudgeSightings>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<ConfirmSighting>,
) -> Answer<Json<Sighting>> {
    let note = note(request.note.as_deref())?;
    let class_code = match request.class_code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Some(machines.catalogue().class(code).ok_or_else(class_unknown)?.code.clone()),
        None => None,
    };
    let judgement = Judgement {
        state: SightingState::Approved,
        verdict: Verdict::Confirmed,
        by: Some(allowed.caller.person.uuid()),
        note: note.as_deref(),
        class_code: class_code.as_deref(),
    };
    machines.judge(&allowed.scope(), id, seen, &judgement).await?;
    if let Err(error) = machines.file_sighting(id).await {
        // The verdict stands; the worker files it.
        tracing::warn!(code = error.problem().code, sighting = %id, "a confirmed sighting is filed later");
        machines.waker().notify_one();
    }
    machines.judged(&allowed.scope(), id).await
}

pub(super) fn note(text: Option<&str>) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_NOTE || text.contains('\0')) {
        return Err(Problem::invalid("field-too-long", "说明不能超过 500 字").field("note", "不能超过 500 字"));
    }
    Ok(text.map(str::to_owned))
}

fn class_unknown() -> Problem {
    Problem::invalid("class-unknown", "分类目录中没有这个类别").field("class_code", "没有这个类别")
}

impl Machines {
    /// Writes what a person said of a sighting that waits for it.
    pub(super) async fn judge(&self, scope: &identity::Scope, id: Uuid, seen: Option<i64>, judgement: &Judgement<'_>) -> Answer<()> {
        let (region, now) = (self.home_region(), self.clock().now());
        let mut transaction = self.database().pool().begin().await?;
        let Some((state, _, kind)) = store::lock(&mut transaction, region, id).await? else { return Err(not_found().into()) };
        let record = store::one(&mut *transaction, scope, id).await?.ok_or_else(not_found)?;
        if seen.is_some_and(|seen| seen != record.version) {
            return Err(Problem::precondition_failed("version-conflict", "这个发现刚有变化，请刷新后再研判").into());
        }
        if state != SightingState::Waiting.code() {
            let label = state.parse::<SightingState>().map_or("", SightingState::label);
            return Err(Problem::conflict("sighting-judged", format!("这个发现现在是“{label}”，不能再研判")).into());
        }
        store::judge(&mut transaction, region, id, now, judgement).await?;
        self.count_verdict(&mut transaction, region, id, kind, judgement.verdict).await?;
        if judgement.verdict == Verdict::Refuted {
            self.let_go(&mut transaction, region, id, kind).await?;
        }
        transaction.commit().await?;
        self.forget();
        Ok(())
    }

    /// The sighting after it was judged.
    pub(super) async fn judged(&self, scope: &identity::Scope, id: Uuid) -> Answer<Json<Sighting>> {
        let record = store::one(self.database().pool(), scope, id).await?.ok_or_else(not_found)?;
        Ok(Json(self.show(vec![record]).await?.pop().ok_or_else(not_found)?))
    }
}
