//! `GET /api/v1/waste/exports/{what}`: the register as CSV.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::{codes, problem::Problem};

use crate::{PlaceKind, Waste, carrier, permit, place, rights, vehicle};

/// The mark that tells spreadsheets that a CSV is UTF-8.
const MARK: &str = "\u{feff}";
/// Rows of one file at most.
const ROWS: usize = 20_000;

codes! {
    /// What is taken out (导出内容).
    #[schema(as = WasteExport)]
    Export {
        /// Places (场所).
        Places = "places", "场所";
        /// Carriers (运输企业).
        Carriers = "carriers", "运输企业";
        /// Vehicles (运输车辆).
        Vehicles = "vehicles", "运输车辆";
        /// Permits (处置核准).
        Permits = "permits", "处置核准";
    }
}

/// What a spreadsheet would take for a formula is led by an apostrophe.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn some<T: ToString>(value: Option<T>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

/// The head of a file, and its rows.
async fn table(room: &Waste, allowed: &Allowed<rights::SeeWaste>, what: Export) -> Answer<(Vec<&'static str>, Vec<Vec<String>>)> {
    let (scope, home, most) = (allowed.scope(), room.home(), ROWS as i64 + 1);
    let mut connection = room.database().pool().acquire().await?;
    Ok(match what {
        Export::Places => {
            let wanted = place::store::Wanted { closed: true, most, ..Default::default() };
            let rows = place::store::list(&mut connection, &scope, home, &wanted).await?.into_iter().map(|it| {
                let kind = it.kind.parse::<PlaceKind>().map_or("", PlaceKind::label).to_owned();
                let closed = if it.closed { "停用" } else { "在用" }.to_owned();
                let washed = it.gates.iter().filter(|gate| gate.wash_bay).count().to_string();
                vec![
                    kind,
                    it.name,
                    it.jurisdiction,
                    some(it.address),
                    some(it.builder),
                    some(it.contractor),
                    it.gates.len().to_string(),
                    washed,
                    some(it.capacity_m3),
                    some(it.daily_m3),
                    some(it.reuse_percent),
                    it.valid_from.to_string(),
                    some(it.valid_until),
                    closed,
                ]
            });
            let head = vec![
                "种类",
                "名称",
                "区划",
                "地址",
                "建设单位",
                "施工或者运营单位",
                "出入口",
                "有洗车台的出入口",
                "容量（立方米）",
                "日处理（立方米）",
                "综合利用率（%）",
                "起始日期",
                "截止日期",
                "状态",
            ];
            (head, rows.collect())
        }
        Export::Carriers => {
            let wanted = carrier::store::Wanted { closed: true, most, ..Default::default() };
            let rows = carrier::store::list(&mut connection, &scope, home, &wanted).await?.into_iter().map(|it| {
                let closed = if it.row.closed { "停用" } else { "在用" }.to_owned();
                vec![
                    it.row.name,
                    it.row.credit_code,
                    it.row.jurisdiction,
                    some(it.row.address),
                    it.vehicles.to_string(),
                    it.drivers.to_string(),
                    closed,
                ]
            });
            (vec!["企业名称", "统一社会信用代码", "区划", "地址", "车辆", "驾驶员", "状态"], rows.collect())
        }
        Export::Vehicles => {
            let wanted = vehicle::store::Wanted { closed: true, most, ..Default::default() };
            let rows = vehicle::store::list(&mut connection, &scope, home, &wanted).await?;
            drop(connection);
            let rows = vehicle::list::with_terminals(room, rows).await?.into_iter().map(vehicle::list::WasteVehicle::cells);
            let head = vec!["车牌号", "车牌颜色", "运输企业", "核定载质量（千克）", "车厢容积（升）", "车型", "车载终端", "状态"];
            (head, rows.collect())
        }
        Export::Permits => {
            let wanted = permit::list::store::Wanted { most, ..Default::default() };
            let rows =
                permit::list::rows_of(&mut connection, &scope, room, &wanted).await?.into_iter().map(permit::list::WastePermitRow::cells);
            let head = vec!["申请号", "核准文号", "状态", "工地", "运输企业", "种类", "核准量（立方米）", "起始日期", "截止日期", "车辆"];
            (head, rows.collect())
        }
    })
}

/// Takes a part of the register out as CSV, as far as the caller sees it, those out of use too.
///
/// # Errors
/// `export-unknown`, `export-large`.
#[utoipa::path(get, path = "/api/v1/waste/exports/{what}", tag = "waste", operation_id = "export_waste_register",
    params(("what" = String, Path, description = "places, carriers, vehicles or permits")),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(State(room): State<Waste>, allowed: Allowed<rights::SeeWaste>, Path(what): Path<String>) -> Answer<Response> {
    let what: Export = what.parse().map_err(|()| Problem::not_found("export-unknown", "没有这种导出"))?;
    let (head, rows) = table(&room, &allowed, what).await?;
    if rows.len() > ROWS {
        return Err(Problem::conflict("export-large", format!("超过 {ROWS} 行，请由各辖区分别导出")).into());
    }
    let unwritten = |error: csv::Error| {
        tracing::error!(%error, "an export could not be written");
        Problem::internal("export-failed", "导出失败，请联系管理员")
    };
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    file.write_record(head).map_err(unwritten)?;
    for row in &rows {
        file.write_record(row.iter().map(|cell| plain(cell))).map_err(unwritten)?;
    }
    let bytes = file.into_inner().map_err(|error| unwritten(error.into_error().into()))?;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"waste-{what}.csv\"");
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")));
    Ok(response)
}
