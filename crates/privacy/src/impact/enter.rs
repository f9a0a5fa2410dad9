//! Enter an impact assessment (登记影响评估).

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{clock::shanghai, id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{ImpactAssessment, Occasion, store};
use crate::{
    Privacy, rights,
    words::{TEXT, required},
};

/// What was assessed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewImpactAssessment {
    title: String,
    occasion: Occasion,
    text: String,
    /// Who reviewed it, by office.
    reviewer: String,
    assessed_on: NaiveDate,
}

/// Enters an assessment. It is not changed afterwards; a later one is another entry.
///
/// # Errors
/// `field-required`, `field-too-long`, `date-in-future`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/impact-assessments", tag = "privacy", operation_id = "enter_impact_assessment",
    request_body = NewImpactAssessment, responses((status = 201, body = ImpactAssessment, description = "Entered")))]
pub(crate) async fn enter(
    State(room): State<Privacy>,
    allowed: Allowed<rights::KeepNotices>,
    Json(new): Json<NewImpactAssessment>,
) -> Answer<(StatusCode, Json<ImpactAssessment>)> {
    room.require_ground(&allowed.scope())?;
    let (region, now) = (room.home_region(), room.clock().now());
    if new.assessed_on > now.with_timezone(&shanghai()).date_naive() {
        return Err(Problem::invalid("date-in-future", "评估日期不能晚于今天").field("assessed_on", "不能晚于今天").into());
    }
    let entry = ImpactAssessment {
        id: uuid_at(now),
        title: required("title", "事项", &new.title, 100)?,
        occasion: new.occasion.code().to_owned(),
        occasion_label: new.occasion.label(),
        text: required("text", "评估内容", &new.text, TEXT)?,
        reviewer: required("reviewer", "评估审核岗位", &new.reviewer, 60)?,
        assessed_on: new.assessed_on,
        entered_at: now,
    };
    let mut transaction = room.database().pool().begin().await?;
    store::insert(&mut transaction, region, &entry, allowed.caller.person.uuid()).await?;
    let target = entry.id.to_string();
    let after = json!({ "title": entry.title, "assessed_on": entry.assessed_on });
    let change = SettingChange { region, action: "impact-assessment-entered", target: &target, before: Value::Null, after };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(entry)))
}
