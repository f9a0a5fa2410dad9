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
    let day = ask.on.unwrap_or_else(|| room.today());
    let found = room.who_enforces(&code, &ask.region, day).await?;
    let (organ, why, citation) = found.told();
    Ok(Json(Jurisdiction {
        holder: found.holder,
        holder_label: found.holder.label(),
        township: found.township.clone().filter(|_| found.holder == PowerHolder::Township),
        organ,
        by: found.by.as_ref().map(cited),
        next: found.next.as_ref().map(cited),
        why,
        citation,
    }))
}

/// Who enforces a matter in a place on a day, with what says so.
#[derive(Debug, Clone)]
pub(crate) struct Enforcing {
    /// At which level.
    pub holder: PowerHolder,
    /// The township of the place; nothing for the county as a whole.
    pub township: Option<String>,
    /// The department that the law names.
    pub named: String,
    /// The announcement that decides.
    pub by: Option<Announced>,
    /// What will change it next.
    pub next: Option<Announced>,
}

impl Enforcing {
    /// The bureau, why, and the article.
    pub fn told(&self) -> (Option<String>, String, &'static str) {
        match (self.holder, &self.by) {
            (PowerHolder::Township, Some(by)) => (None, format!("{}自 {} 起赋权该镇街", by.number, by.effective_from), EMPOWERMENT),
            (PowerHolder::Bureau, Some(by)) => (by.to_organ.clone(), format!("{}自 {} 起划转", by.number, by.effective_from), COUNTY),
            (_, Some(by)) => (Some(self.named.clone()), format!("{}自 {} 起收回，由区县级部门行使", by.number, by.effective_from), COUNTY),
            (_, None) => (
                Some(self.named.clone()),
                "没有公告赋权该镇街，由违法行为发生地的区县级部门行使；具体部门以当地公布的目录为准".to_owned(),
                COUNTY,
            ),
        }
    }
}

impl Matters {
    /// Who enforces a matter in a place, a region code of 6 to 15 digits, on a day.
    ///
    /// # Errors
    /// `query-invalid`, `matter-unknown`, `matter-elsewhere` where the law does not apply in that place.
    pub(crate) async fn who_enforces(&self, code: &str, region: &str, day: NaiveDate) -> Answer<Enforcing> {
        let invalid = |error: kernel::region::NotARegionCode| {
            Problem::invalid("query-invalid", "查询参数不符合要求").field("region", error.to_string())
        };
        let region = RegionCode::parse(region).map_err(invalid)?;
        let library = self.library().await?;
        let version = library.shown(code, day).ok_or_else(|| Problem::not_found("matter-unknown", "没有这个编号的执法事项"))?;
        if !version.facts.applies_in(region.as_str()) {
            let detail = format!("《{}》只适用于{}，不能用于该地", version.facts.law, version.facts.region);
            return Err(Problem::conflict("matter-elsewhere", detail).into());
        }
        let announced: Vec<Announced> =
            store::about(self.pool(), region.county().as_str(), code).await?.into_iter().map(Row::announced).collect();
        let township = region.township().map(|it| it.to_string());
        let power = power(&announced, code, township.as_deref(), day);
        Ok(Enforcing {
            holder: power.holder,
            by: power.by.cloned(),
            next: power.next.cloned(),
            named: version.facts.enforcer.clone(),
            township,
        })
    }
}
