//! `GET /api/v1/waste/permits/{id}/print`: the permit as a PDF, to be carried in the vehicle.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::Datelike;
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use render::{About, Error, Fonts, Press};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::view::{self, WholeWastePermit};
use crate::{Waste, rights, shape::Spot};

/// Where the template stands inside the press.
const TEMPLATE: &str = "/permit.typ";
/// The template.
const SOURCE: &str = include_str!("../../../../templates/waste/permit.typ");

/// What the template is given (核准证内容).
#[derive(Debug, Serialize)]
struct Sheet {
    number: String,
    organ: String,
    granted_on: String,
    site: String,
    site_address: String,
    builder: String,
    contractor: String,
    carrier: String,
    material: String,
    volume: String,
    valid: String,
    hours: String,
    disposals: Vec<String>,
    vehicles: Vec<String>,
    route: String,
    line: Vec<Spot>,
    places: Vec<Value>,
    changed_on: String,
    extended: bool,
    over: bool,
    simulated: bool,
}

fn day(date: chrono::NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The sheet of a permit that was granted.
fn sheet(whole: WholeWastePermit) -> Option<Sheet> {
    let current = whole.current?;
    let (over, number) = (!whole.permit.in_force(), whole.permit.number.clone()?);
    let granted = whole.granted_at?.with_timezone(&shanghai()).date_naive();
    let version = whole.versions.into_iter().find(|it| it.ordinal == current)?;
    let places = json!({ "name": whole.site.name, "ring": whole.site.ring(), "site": true });
    let sinks = version.disposals.iter().map(|it| json!({ "name": it.name, "ring": it.ring(), "site": false }));
    Some(Sheet {
        number,
        organ: whole.organ_name?,
        granted_on: day(granted),
        builder: whole.site.builder().to_owned(),
        contractor: whole.site.contractor().to_owned(),
        site_address: whole.site.address().to_owned(),
        carrier: whole.permit.carrier_name,
        material: version.material_label.to_owned(),
        volume: format!("{} 立方米", version.volume_m3),
        valid: format!("{}至{}", day(version.valid_from), day(version.extended_until.unwrap_or(version.valid_until))),
        hours: version.hours.iter().map(|it| format!("{}—{}", it.from, it.until)).collect::<Vec<_>>().join("，"),
        vehicles: version.vehicles.iter().map(|it| format!("{}（{}）", it.plate, it.colour_label)).collect(),
        route: format!("按核准路线图，全长约 {:.1} 公里，两侧各 {} 米以内", version.length_m / 1_000.0, version.half_width_m),
        line: version.corridor,
        places: std::iter::once(places).chain(sinks).collect(),
        disposals: version.disposals.into_iter().map(|it| it.name).collect(),
        site: whole.site.name,
        changed_on: whole.changed_at.map(|at| day(at.with_timezone(&shanghai()).date_naive())).unwrap_or_default(),
        extended: version.extended_until.is_some(),
        over,
        simulated: whole.permit.simulated,
    })
}

fn printed(room: &Waste, sheet: &Sheet) -> Result<Vec<u8>, Problem> {
    let data = serde_json::to_value(sheet).map_err(|_| Problem::internal("template-failed", "核准证模板出错，请联系管理员"))?;
    // Opened for this print alone: fonts take sixty megabytes, and permits are printed now and then.
    let press = Fonts::open(&room.parts().fonts).and_then(|fonts| Press::new(fonts, [(TEMPLATE, SOURCE)]));
    let about =
        About { title: "建筑垃圾处置核准证".to_owned(), author: sheet.organ.clone(), key: sheet.number.clone(), made: None };
    press.and_then(|press| press.render(TEMPLATE, &data, &about)).map(|pdf| pdf.bytes).map_err(|error| match error {
        Error::FontsMissing { .. } => {
            tracing::error!(%error, "no fonts for permits");
            Problem::unavailable("fonts-missing", "服务器上缺少字体，暂时不能打印，请联系管理员（scripts/fonts）")
        }
        Error::GlyphsMissing(chars) => Problem::invalid("glyphs-missing", format!("字体中没有这些字：{chars}，请改用规范汉字")),
        Error::NoTemplate(_) | Error::Template { .. } => {
            tracing::error!(%error, "the template of permits failed");
            Problem::internal("template-failed", "核准证模板出错，请联系管理员")
        }
    })
}

/// Prints a permit that was granted. One that is over says so across the page.
///
/// # Errors
/// `waste-permit-not-found`, `waste-permit-ungranted`, `fonts-missing`, `glyphs-missing`, `busy`.
#[utoipa::path(get, path = "/api/v1/waste/permits/{id}/print", tag = "waste", operation_id = "print_waste_permit",
    params(("id" = Uuid, Path, description = "The permit")),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn print(State(room): State<Waste>, allowed: Allowed<rights::SeeWaste>, Path(id): Path<Uuid>) -> Answer<Response> {
    let whole = view::whole(&room, &allowed.caller, id).await?;
    let sheet = sheet(whole).ok_or_else(|| Problem::conflict("waste-permit-ungranted", "还没有核准，没有核准证可以打印"))?;
    let turn = room.printing().try_acquire().map_err(|_| Problem::unavailable("busy", "正在打印其他核准证，请稍后再试"))?;
    let own = room.clone();
    let done = tokio::task::spawn_blocking(move || printed(&own, &sheet)).await;
    drop(turn);
    let bytes = done.map_err(|error| {
        tracing::error!(%error, "printing a permit stopped");
        Problem::internal("template-failed", "核准证打印出错，请联系管理员")
    })??;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"waste-permit.pdf\""));
    Ok(response)
}
