//! Gather the candidates of a round (列出候选案卷): listed and hashed before the seed is set.

use axum::{extract::State, http::StatusCode};
use chrono::{Days, NaiveDate};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use sqlx::types::Json as Column;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    LONGEST, RoundKind, RoundPlan,
    show::RoundView,
    store::{self, CandidateRow, RoundRow},
    stratum,
};
use crate::{
    CasesWanted, Quality,
    draw::{ALGORITHM, list_hash},
    rights,
    service::{stretch, text},
    sheet,
};

/// A draw is announced so many days ahead at most.
const LONGEST_AHEAD: u64 = 90;
/// Candidates of one round at most.
const MOST: usize = 20_000;

/// A round to be gathered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRound {
    name: String,
    kind: RoundKind,
    /// A published sheet.
    sheet: Uuid,
    /// The ground: a prefix of region codes; the home district where it is not said.
    region: Option<String>,
    /// Of one unit alone.
    unit: Option<Uuid>,
    plan: RoundPlan,
    /// Where the seed will come from: something public that nobody can choose, such as a lottery of that day.
    seed_source: String,
    /// The day from which it is drawn; today at the earliest, ninety days ahead at the most.
    draw_on: NaiveDate,
}

/// Lists and hashes the cases that were concluded in the period and fit the sheet.
///
/// # Errors
/// `round-invalid`, `draw-day-invalid`, `sheet-not-found`, `nothing-concluded`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/review-rounds", tag = "quality", operation_id = "gather_review_round", request_body = NewRound,
    responses((status = 201, body = RoundView)))]
pub(crate) async fn gather(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Json(new): Json<NewRound>,
) -> Answer<(StatusCode, Json<RoundView>)> {
    let scope = allowed.scope();
    let region = new.region.clone().unwrap_or_else(|| room.home_region().to_owned());
    if region.len() < 6 || region.len() > 15 || !region.bytes().all(|it| it.is_ascii_digit()) {
        return Err(Problem::invalid("round-invalid", "请选择评查的区划").field("region", "请选择区划").into());
    }
    if !crate::scope::covers(&scope, &region, new.unit) {
        return Err(Problem::forbidden("scope-exceeded", "评查范围不在您的管辖范围内").into());
    }
    let name = text("name", "名称", &new.name, 100)?;
    let source = text("seed_source", "种子的来源", &new.seed_source, 200)?;
    let today = room.today();
    if new.draw_on < today || new.draw_on > today + Days::new(LONGEST_AHEAD) {
        let why = format!("抽取日期应在今天以后、{LONGEST_AHEAD} 天以内");
        return Err(Problem::invalid("draw-day-invalid", why.clone()).field("draw_on", why).into());
    }
    new.plan.check(room.today())?;
    let (from, to) = stretch(new.plan.from, new.plan.to, LONGEST)?;
    let sheet = sheet::store::read(room.database().pool(), new.sheet).await?.filter(|it| it.state == "published");
    let sheet = sheet.ok_or_else(sheet::no_sheet)?;
    let wanted = CasesWanted {
        from,
        to,
        ground: region.clone(),
        unit: new.unit,
        tracks: new.plan.tracks.clone(),
        results: new.plan.results.clone(),
    };
    let mut found = room.cases().concluded(&scope, &wanted, MOST as i64 + 1).await?;
    if found.len() > MOST {
        return Err(Problem::invalid("round-invalid", format!("候选案卷超过 {MOST} 件，请缩短时段或者缩小范围"))
            .field("to", "案卷过多")
            .into());
    }
    found.retain(|case| sheet.body.is_for(&case.track, &case.result));
    if found.is_empty() {
        return Err(Problem::conflict("nothing-concluded", "这段时间没有适用这份标准的办结案件，无从抽取").into());
    }
    // By number: whoever lists the same cases lists them in the same order.
    found.sort_by(|a, b| a.number.cmp(&b.number));
    let rows: Vec<CandidateRow> = (0..)
        .zip(&found)
        .map(|(ordinal, case)| CandidateRow {
            ordinal,
            region: case.key.region.clone(),
            case_id: case.key.id.uuid(),
            number: case.number.clone(),
            stratum: stratum(case.unit),
        })
        .collect();
    let now = room.clock().now();
    let round = RoundRow {
        id: uuid_at(now),
        region,
        unit: new.unit,
        name,
        kind: new.kind.code().to_owned(),
        state: String::new(),
        version: 1,
        plan: Column(new.plan),
        sheet: sheet.id,
        candidates: i32::try_from(rows.len()).unwrap_or(i32::MAX),
        candidates_hash: list_hash(rows.iter().map(|row| row.number.as_str())),
        algorithm: ALGORITHM.to_owned(),
        seed: None,
        seed_source: Some(source),
        draw_on: Some(new.draw_on),
        reviewers: Vec::new(),
        simulated: found.iter().all(|case| case.simulated),
        created_by: allowed.caller.person.uuid(),
        created_at: now,
        drawn_at: None,
        closed_at: None,
        close_note: None,
        figures: None,
    };
    let mut transaction = room.database().pool().begin().await?;
    store::insert(&mut transaction, &round).await?;
    store::insert_candidates(&mut transaction, round.id, &rows).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.round_view(round.id).await?)))
}
