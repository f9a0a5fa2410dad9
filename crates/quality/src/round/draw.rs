//! Draw the files of a round by a published seed, and give each to reviewers who had no part in it (随机抽取、随机分配).

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use sqlx::types::Json as Column;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RoundState, no_round,
    show::RoundView,
    store::{self, CandidateRow},
};
use crate::{
    Quality, auto, draw, file,
    file::store::{FileRow, NewSeat},
    rights,
    scope::covers,
    sheet,
};

/// The seed and who scores.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawRound {
    /// The round's version as it was seen.
    seen: i32,
    /// Words that nobody could have chosen to suit himself, such as the numbers of a public lottery; 6 to 100 characters. They come from the source
    /// that was announced with the list; whether they do, anybody can look up there.
    seed: String,
    /// Who scores, by lot among them.
    reviewers: Vec<Uuid>,
}

/// Draws the files and gives them out.
///
/// # Errors
/// `round-not-found`, `version-conflict`, `round-drawn`, `draw-too-early`, `seed-invalid`, `reviewer-unfit`, `too-many-files`.
#[utoipa::path(post, path = "/api/v1/review-rounds/{id}/actions/draw", tag = "quality", operation_id = "draw_review_round",
    params(("id" = Uuid, Path, description = "The round")), request_body = DrawRound, responses((status = 200, body = RoundView)))]
pub(crate) async fn draw(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<DrawRound>,
) -> Answer<Json<RoundView>> {
    let scope = allowed.scope();
    let seed = wanted.seed.trim().to_owned();
    if !(6..=100).contains(&seed.chars().count()) || seed.contains('\0') {
        let why = "随机种子 6 至 100 个字，请用事先约定、无人能左右的内容，例如某期公开摇号的号码";
        return Err(Problem::invalid("seed-invalid", why).field("seed", why).into());
    }
    // What happened in the cases is read before the round is held: it takes connections of its own.
    let round = store::read(room.database().pool(), id).await?.filter(|it| covers(&scope, &it.region, it.unit)).ok_or_else(no_round)?;
    let reviewers = room.fit_reviewers(&round.region, &wanted.reviewers).await?;
    let plan = &round.plan;
    if reviewers.len() < if plan.double { 2 } else { 1 } {
        return Err(Problem::invalid("reviewer-unfit", "评查人员不足：双人评分至少两人").field("reviewers", "请选择评查人员").into());
    }
    let candidates = store::candidates(room.database().pool(), id).await?;
    let size = plan.size(candidates.len());
    if size > super::MOST_FILES {
        let why = format!("按比例要抽 {size} 件，一个批次至多 {} 件", super::MOST_FILES);
        return Err(Problem::invalid("too-many-files", why.clone()).field("plan", why).into());
    }
    let drawn = places(&candidates, &seed, size, plan.by_unit);
    let sheet = sheet::store::read(room.database().pool(), round.sheet).await?.ok_or_else(sheet::no_sheet)?;
    let checks: Vec<auto::AutoCheck> = sheet.body.items().filter_map(|item| item.auto).collect();
    let (calendar, today) = (room.calendar(), room.today());
    let (now, mut load, mut files) = (room.clock().now(), BTreeMap::new(), Vec::with_capacity(drawn.len()));
    for (rank, place) in (1..).zip(drawn) {
        let of = &candidates[place];
        let key = KeyOf { region: of.region.clone(), id: of.case_id.into() };
        let gone = || Problem::conflict("candidate-gone", format!("候选案卷 {} 已经不存在，请重新列出候选案卷", of.number));
        let course = room.cases().course(&key).await?.ok_or_else(gone)?;
        let barred: BTreeSet<Uuid> = course.participants.iter().copied().collect();
        let seats = draw::seat(&seed, &of.number, &reviewers, &barred, &mut load, if plan.double { 2 } else { 1 });
        let found: Vec<auto::AutoAnswer> = checks.iter().map(|check| auto::answer(*check, &course, calendar, today)).collect();
        let row = FileRow {
            id: uuid_at(now),
            round: id,
            rank,
            region: course.jurisdiction,
            case_id: of.case_id,
            number: of.number.clone(),
            unit: course.unit,
            officer: course.officers.first().map(|officer| officer.person),
            officers: course.officers.iter().map(|officer| officer.person).collect(),
            title: course.title,
            matter_code: course.matter_code,
            matter_name: course.matter_name,
            participants: course.participants,
            state: file::FileState::Scoring.code().to_owned(),
            found: Column(found),
            tenths: None,
            vetoed: false,
            failed: None,
            scored_at: None,
        };
        files.push((row, seats));
    }
    let mut transaction = room.database().pool().begin().await?;
    let held = store::held(&mut transaction, id).await?.ok_or_else(no_round)?;
    if held.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "评查批次已被他人更新，请刷新后重新操作").into());
    }
    if held.draw_on.is_some_and(|day| day > today) {
        let day = held.draw_on.map(|day| day.to_string()).unwrap_or_default();
        let why = format!("约定 {day} 抽取，种子取自“{}”；不能提前抽取", held.seed_source.unwrap_or_default());
        return Err(Problem::conflict("draw-too-early", why).into());
    }
    if held.state != RoundState::Gathered.code() {
        return Err(Problem::conflict("round-drawn", "已经抽取，不能再次抽取").into());
    }
    store::drawn(&mut transaction, id, (&seed, &reviewers), (allowed.caller.person.uuid(), now)).await?;
    for (row, seats) in &files {
        file::store::insert(&mut transaction, row).await?;
        for (seat, reviewer) in (1..).zip(seats) {
            let new = NewSeat { file: row.id, seat, reviewer: *reviewer, barred: &row.participants };
            file::store::insert_seat(&mut transaction, &new).await?;
        }
    }
    transaction.commit().await?;
    Ok(Json(room.round_view(id).await?))
}

/// The places of the drawn candidates, in the order of the draw.
pub(super) fn places(candidates: &[CandidateRow], seed: &str, size: usize, by_unit: bool) -> Vec<usize> {
    let list: Vec<(String, String)> = candidates.iter().map(|it| (it.number.clone(), it.stratum.clone())).collect();
    draw::draw(&list, seed, size, by_unit)
}

impl Quality {
    /// The reviewers that may score on a ground, in one order and once each.
    ///
    /// # Errors
    /// `reviewer-unfit` naming nobody: that one of them does not hold the right or works elsewhere.
    pub(crate) async fn fit_reviewers(&self, region: &str, wanted: &[Uuid]) -> Answer<Vec<Uuid>> {
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let fit: BTreeSet<Uuid> = self.reviewers_of(region).await?.into_iter().collect();
        if wanted.is_empty() || wanted.len() > 200 || !wanted.iter().all(|person| fit.contains(person)) {
            let why = "评查人员应当是本辖区在职的执法队员、法制审核员、负责人或者考评员";
            return Err(Problem::invalid("reviewer-unfit", why).field("reviewers", why).into());
        }
        Ok(wanted)
    }

    /// Active people who may be asked to score on a ground.
    pub(crate) async fn reviewers_of(&self, region: &str) -> Answer<Vec<Uuid>> {
        let mut connection = self.database().pool().acquire().await?;
        let roles = ["officer", "legal_reviewer", "leader", "evaluator"];
        let people = self.identity().people_of(&mut connection, &roles, None, Some(region), 500).await?;
        Ok(people.into_iter().map(|person| person.uuid()).collect())
    }
}
