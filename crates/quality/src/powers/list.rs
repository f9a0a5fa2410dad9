//! The use of each power, and the proposals that follow; as a page and as a file.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use http_api::{Answer, Json, Query};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{Limits, reasons};
use crate::{PowerGiven, Quality, rights, service::begins};

/// Powers of one answer at most.
const MOST: usize = 3_000;

/// The limits, and which powers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Not used for so many months: proposed for withdrawal; 12 where it is not said, 1 to 60.
    months: Option<u32>,
    /// So many overturned decisions; 1 where it is not said.
    overturned: Option<i64>,
    /// Of one township.
    township: Option<String>,
    /// Only what is proposed for withdrawal.
    #[serde(default)]
    proposed: bool,
}

/// How a power was used (赋权使用情况).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PowerUse {
    matter: String,
    matter_name: String,
    township: String,
    /// The announcement that gave it.
    announcement: String,
    effective_from: NaiveDate,
    /// Opened in as many days before as since; nothing where it takes effect today.
    before: i64,
    /// How many days those are.
    days: i64,
    /// Opened since.
    opened: i64,
    decided: i64,
    overturned: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_on: Option<NaiveDate>,
    /// Why it is proposed for withdrawal; none where it is not.
    reasons: Vec<String>,
}

/// The use of all powers, those most to be thought about first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PowerUses {
    items: Vec<PowerUse>,
    months: u32,
    overturned: i64,
    /// More powers than one answer holds.
    cut: bool,
}

impl Quality {
    async fn power_uses(&self, scope: &Scope, ask: &Ask) -> Answer<PowerUses> {
        let (months, overturned) = (ask.months.unwrap_or(12), ask.overturned.unwrap_or(1));
        if !(1..=60).contains(&months) || !(1..=1_000).contains(&overturned) {
            let detail = "月数为 1 至 60，件数为 1 至 1000";
            return Err(Problem::invalid("query-invalid", detail).field("months", detail).into());
        }
        let (today, now) = (self.today(), self.clock().now());
        let (powers, cut) = self.matters().standing_powers(self.home_region(), today, MOST).await?;
        let wanted = |township: &str| ask.township.as_deref().is_none_or(|it| it.is_empty() || it == township);
        let powers: Vec<_> =
            powers.into_iter().filter(|it| wanted(&it.township) && (scope.units.is_some() || scope.covers_region(&it.township))).collect();
        let given: Vec<PowerGiven> = powers
            .iter()
            .map(|it| {
                let since = begins(it.effective_from);
                let (matter, township) = (it.matter.clone(), it.township.clone());
                PowerGiven { matter, township, since, before: since - (now - since).max(chrono::TimeDelta::zero()) }
            })
            .collect();
        let used = self.cases().power_used(scope, &given).await?;
        let limits = Limits { unused_months: months, overturned };
        let mut items: Vec<PowerUse> = powers
            .into_iter()
            .zip(given)
            .zip(used)
            .map(|((power, given), used)| PowerUse {
                reasons: reasons(&used, given.since, now, limits),
                matter: power.matter,
                matter_name: power.name,
                township: power.township,
                announcement: power.announcement,
                days: (today - power.effective_from).num_days(),
                effective_from: power.effective_from,
                before: used.before,
                opened: used.opened,
                decided: used.decided,
                overturned: used.overturned,
                last_on: used.last_at.map(|at| at.with_timezone(&kernel::clock::shanghai()).date_naive()),
            })
            .filter(|it| !ask.proposed || !it.reasons.is_empty())
            .collect();
        items.sort_by(|a, b| {
            let weight = |it: &PowerUse| (it.reasons.len(), it.overturned);
            weight(b).cmp(&weight(a)).then_with(|| (&a.matter, &a.township).cmp(&(&b.matter, &b.township)))
        });
        Ok(PowerUses { items, months, overturned, cut })
    }
}

/// Tells how each power of the townships was used.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/power-use", tag = "quality", operation_id = "list_power_use", params(Ask),
    responses((status = 200, body = PowerUses)))]
pub(crate) async fn list(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Query(ask): Query<Ask>,
) -> Answer<Json<PowerUses>> {
    Ok(Json(room.power_uses(&allowed.scope(), &ask).await?))
}

/// The same as a file.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/power-use/export", tag = "quality", operation_id = "export_power_use", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(State(room): State<Quality>, allowed: Allowed<rights::SeeReviews>, Query(ask): Query<Ask>) -> Answer<Response> {
    let of = room.power_uses(&allowed.scope(), &ask).await?;
    let head = [
        "事项编号",
        "事项",
        "镇街",
        "公告",
        "施行日期",
        "施行天数",
        "施行前同期立案",
        "施行后立案",
        "已决定",
        "被撤销或者变更",
        "最近立案",
        "建议收回的理由",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for it in of.items {
        lines.push(vec![
            it.matter,
            it.matter_name,
            it.township,
            it.announcement,
            it.effective_from.to_string(),
            it.days.to_string(),
            it.before.to_string(),
            it.opened.to_string(),
            it.decided.to_string(),
            it.overturned.to_string(),
            it.last_on.map_or_else(|| "—".to_owned(), |day| day.to_string()),
            it.reasons.join("；"),
        ]);
    }
    if of.cut {
        lines.push(vec![format!("（已达 {MOST} 项上限，其余未导出）")]);
    }
    let broken = |_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员");
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        let cells = line.into_iter().map(|cell| if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell });
        writer.write_record(cells).map_err(broken)?;
    }
    let bytes = writer.into_inner().map_err(|_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员"))?;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"power-use.csv\""));
    Ok(response)
}
