//! Who enforces a matter in a place on a day (管辖), with the announcement or article that says so.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use kernel::{problem::Problem, region::RegionCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    rule::{Announced, COUNTY, EMPOWERMENT, PowerHolder, power},
    store::{self, Row},
};
use crate::{Matters, ReadLaw};

/// Where and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Where the act was done, a region code of 6, 9, 12 or 15 digits.
    region: String,
    /// The day; today without it.
    on: Option<NaiveDate>,
}

/// An announcement that is cited.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitedAnnouncement {
    /// Its id.
    id: Uuid,
    /// Its number.
    number: String,
    /// Its title.
    title: String,
    /// When it was announced.
    announced_on: NaiveDate,
    /// From which day on it counts.
    effective_from: NaiveDate,
    /// What it does, in Chinese.
    act_label: &'static str,
}

/// Who enforces a matter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jurisdiction {
    /// At which level.
    holder: PowerHolder,
    /// The same in Chinese.
    holder_label: &'static str,
    /// The township's region code, where it has the power.
    #[serde(skip_serializing_if = "Option::is_none")]
    township: Option<String>,
    /// The bureau, as the transfer or the law names it; nothing where a township has the power.
    #[serde(skip_serializing_if = "Option::is_none")]
    organ: Option<String>,
    /// The announcement that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<CitedAnnouncement>,
    /// What will change it next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<CitedAnnouncement>,
    /// Why, in Chinese.
    why: String,
    /// The article.
    citation: &'static str,
}

fn cited(it: &Announced) -> CitedAnnouncement {
    CitedAnnouncement {
        id: it.id,
        number: it.number.clone(),
        title: it.title.clone(),
        announced_on: it.announced_on,
        effective_from: it.effective_from,
        act_label: it.act.label(),
    }
}

/// Says who enforces a matter in a place on a day.
///
/// # Errors
/// `query-invalid`, `matter-unknown`, `matter-elsewhere` where the law does not apply in that place.
#[utoipa::path(get, path = "/api/v1/matters/{code}/jurisdiction", tag = "law", operation_id = "read_jurisdiction",
    params(("code" = String, Path, description = "The matter"), Ask),
    responses((status = 200, body = Jurisdiction)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn jurisdiction(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Jurisdiction>> {
    let invalid =
        |error: kernel::region::NotARegionCode| Problem::invalid("query-invalid", "查询参数不符合要求").field("region", error.to_string());
    let region = RegionCode::parse(&ask.region).map_err(invalid)?;
    let day = ask.on.unwrap_or_else(|| room.today());
    let library = room.library().await?;
    let version = library.shown(&code, day).ok_or_else(|| Problem::not_found("matter-unknown", "没有这个编号的执法事项"))?;
    if !version.facts.applies_in(region.as_str()) {
        let detail = format!("《{}》只适用于{}，不能用于该地", version.facts.law, version.facts.region);
        return Err(Problem::conflict("matter-elsewhere", detail).into());
    }
    let announced: Vec<Announced> =
        store::about(room.pool(), region.county().as_str(), &code).await?.into_iter().map(Row::announced).collect();
    let township = region.township();
    let power = power(&announced, &code, township.as_ref().map(RegionCode::as_str), day);
    let (organ, why, citation) = match (power.holder, power.by) {
        (PowerHolder::Township, Some(by)) => (None, format!("{}自 {} 起赋权该镇街", by.number, by.effective_from), EMPOWERMENT),
        (PowerHolder::Bureau, Some(by)) => (by.to_organ.clone(), format!("{}自 {} 起划转", by.number, by.effective_from), COUNTY),
        (_, Some(by)) => {
            (Some(version.facts.enforcer.clone()), format!("{}自 {} 起收回，由区县级部门行使", by.number, by.effective_from), COUNTY)
        }
        (_, None) => (
            Some(version.facts.enforcer.clone()),
            "没有公告赋权该镇街，由违法行为发生地的区县级部门行使；具体部门以当地公布的目录为准".to_owned(),
            COUNTY,
        ),
    };
    Ok(Json(Jurisdiction {
        holder: power.holder,
        holder_label: power.holder.label(),
        township: township.filter(|_| power.holder == PowerHolder::Township).map(|it| it.to_string()),
        organ,
        by: power.by.map(cited),
        next: power.next.map(cited),
        why,
        citation,
    }))
}
