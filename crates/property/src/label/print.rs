//! `GET /api/v1/property/labels`: labels as a PDF, on sheets of 24 or on strips.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::{codes, problem::Problem};
use render::{About, Error, Fonts, Press};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::matrix;
use crate::{
    Property,
    item::{ItemRow, no_item, store},
    rights,
};

/// Labels of one print at most: ten sheets.
const MOST: usize = 240;
/// Where the template stands inside the press.
const TEMPLATE: &str = "/labels.typ";
/// The template.
const SOURCE: &str = include_str!("../../../../templates/property/labels.typ");

codes! {
    /// What labels are printed on (标签纸).
    #[schema(as = PropertyLabelPaper)]
    LabelPaper {
        /// A4, three by eight of 70 × 37 mm (A4 不干胶，每张 24 枚).
        Sheet = "sheet", "A4，每张 24 枚";
        /// A strip of 58 mm (58 mm 标签纸).
        Strip58 = "strip58", "58 mm 标签纸";
        /// A strip of 80 mm (80 mm 标签纸).
        Strip80 = "strip80", "80 mm 标签纸";
    }
}

/// Which labels.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LabelsAsked {
    /// Ids of items, with commas between.
    items: String,
    /// `sheet`, `strip58` or `strip80`.
    paper: Option<String>,
}

fn label(row: &ItemRow) -> Option<Value> {
    let code = matrix(&row.code)?;
    let quantity = f64::from(i32::try_from(row.quantity_milli / 10).ok()?) / 100.0;
    let measure = row.measure().map(crate::Measure::label);
    Some(json!({ "code": row.code, "name": row.name, "quantity": format!("{quantity} {}", row.unit), "case": row.case_number,
        "measure": measure, "width": code.width, "runs": code.runs(), "simulated": row.simulated }))
}

fn printed(room: &Property, data: &Value) -> Result<Vec<u8>, Problem> {
    // Opened for this print alone: fonts take sixty megabytes, and labels are printed now and then.
    let press = Fonts::open(room.fonts()).and_then(|fonts| Press::new(fonts, [(TEMPLATE, SOURCE)]));
    let about = About { title: "财物标签".to_owned(), author: "闭环".to_owned(), key: "labels".to_owned(), made: None };
    press.and_then(|press| press.render(TEMPLATE, data, &about)).map(|pdf| pdf.bytes).map_err(|error| match error {
        Error::FontsMissing { .. } => {
            tracing::error!(%error, "no fonts for labels");
            Problem::unavailable("fonts-missing", "服务器上缺少字体，暂时不能打印标签，请联系管理员（scripts/fonts）")
        }
        Error::GlyphsMissing(chars) => Problem::invalid("glyphs-missing", format!("字体中没有这些字：{chars}，请改用规范汉字")),
        Error::NoTemplate(_) | Error::Template { .. } => {
            // The cause may name a thing of somebody.
            tracing::error!(code = error.code(), "the template of labels failed");
            Problem::internal("template-failed", "标签模板出错，请联系管理员")
        }
    })
}

/// Prints labels of items within the caller's sight.
///
/// # Errors
/// `labels-asked` unless 1 to 240 items are named; `property-not-found`; `fonts-missing`, `glyphs-missing`, `busy`.
#[utoipa::path(get, path = "/api/v1/property/labels", tag = "property", operation_id = "print_property_labels", params(LabelsAsked),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn print(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Query(asked): Query<LabelsAsked>,
) -> Answer<Response> {
    let wrong = |why: &str| Problem::invalid("labels-asked", why.to_owned());
    let ids: Vec<Uuid> = asked.items.split(',').take(MOST + 1).filter_map(|id| id.trim().parse().ok()).collect();
    if ids.is_empty() || ids.len() > MOST {
        return Err(wrong(&format!("一次打印 1 至 {MOST} 枚标签")).into());
    }
    let paper = asked.paper.as_deref().unwrap_or(LabelPaper::Sheet.code());
    let paper: LabelPaper = paper.parse().map_err(|()| wrong("没有这种标签纸"))?;
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::some(&mut connection, &allowed.scope(), &ids).await?;
    drop(connection);
    if rows.is_empty() {
        return Err(no_item().into());
    }
    let data = json!({ "paper": paper, "labels": rows.iter().filter_map(label).collect::<Vec<_>>() });
    let turn = room.printing().try_acquire().map_err(|_| Problem::unavailable("busy", "正在打印其他标签，请稍后再试"))?;
    let own = room.clone();
    let done = tokio::task::spawn_blocking(move || printed(&own, &data)).await;
    drop(turn);
    let bytes = done.map_err(|error| {
        tracing::error!(%error, "printing labels stopped");
        Problem::internal("template-failed", "标签打印出错，请联系管理员")
    })??;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"labels.pdf\""));
    Ok(response)
}
