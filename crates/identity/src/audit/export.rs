//! Taking the history of settings out as CSV.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use kernel::clock::shanghai;
use serde_json::Value;

use super::list::{Filter, SettingChangeView, page};
use crate::{allowed::Allowed, rights::SeeSettingsHistory, service::Identity};

/// Lines at most: years of a city's settings.
const MOST: i64 = 50_000;
/// The mark that tells spreadsheets that a CSV is UTF-8.
const MARK: &str = "\u{feff}";

/// 导出设置变更记录（CSV，最多 50000 行）。
#[utoipa::path(get, path = "/api/v1/settings-history/export", tag = "settings", operation_id = "export_settings_history", params(Filter),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))), extensions(("x-right" = json!("settings-history.see"))))]
pub(crate) async fn export(
    State(identity): State<Identity>,
    allowed: Allowed<SeeSettingsHistory>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let (lines, _) = page(&identity, &allowed, &Filter { limit: Some(MOST), cursor: None, ..filter }, MOST).await?;
    let mut file = MARK.to_owned();
    row(&mut file, ["时间", "办理人", "类别", "动作", "对象", "修改前", "修改后"].map(str::to_owned));
    for line in &lines {
        let at = line.at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string();
        let target = line.target_name.clone().unwrap_or_else(|| line.target.clone());
        row(
            &mut file,
            [
                at,
                line.actor.name.clone(),
                line.kind_label.to_owned(),
                line.action_label.clone(),
                target,
                words(line, &line.before),
                words(line, &line.after),
            ],
        );
    }
    let mut response = file.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"settings-history.csv\""));
    Ok(response)
}

/// A side of a change with names in the place of ids.
fn words(line: &SettingChangeView, side: &Value) -> String {
    if side.is_null() {
        return String::new();
    }
    line.names.iter().fold(side.to_string(), |text, (id, name)| text.replace(id.as_str(), name))
}

fn row(file: &mut String, cells: [String; 7]) {
    for (position, cell) in cells.iter().enumerate() {
        if position > 0 {
            file.push(',');
        }
        // A spreadsheet takes what begins like this for a formula.
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        file.push('"');
        file.push_str(guard);
        file.push_str(&cell.replace('"', "\"\""));
        file.push('"');
    }
    file.push_str("\r\n");
}
