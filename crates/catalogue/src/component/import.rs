//! Importing components as GeoJSON or CSV.

use std::collections::HashSet;

use axum::{
    extract::State,
    http::{HeaderMap, header},
};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::{position::CoordinateSystem, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{read, store};
use crate::{body::Body, handle::Catalogue, rights::ManageCatalogue};

const NAMED_FAULTS: usize = 200;
const BATCH: usize = 1_000;

/// How to read the file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// The coordinate system of the file: `cgcs2000` (default), `wgs84`, `gcj02` or `bd09`.
    system: Option<String>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedRow {
    /// Its number in the file, from 1.
    row: usize,
    /// Why, in Chinese.
    reason: String,
}

/// What an import of components did: `imported + present + rejected = rows`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentImport {
    /// Rows of the file.
    rows: usize,
    /// New or changed components.
    imported: usize,
    /// Components that were there already, unchanged.
    present: usize,
    /// Rows not taken.
    rejected: usize,
    /// Components that stand in another grid than the file says; the position decided.
    regridded: usize,
    /// The first 200 rows not taken.
    faults: Vec<RejectedRow>,
    /// The catalogue's revision afterwards.
    revision: i64,
}

/// 导入部件（GeoJSON 点要素或 CSV，18 项属性）；不合格的行逐行说明原因。
#[utoipa::path(post, path = "/api/v1/catalogue/imports/components", tag = "catalogue", params(How),
    request_body(content((String = "application/geo+json"), (String = "text/csv"))),
    responses((status = 200, body = ComponentImport)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn import(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Query(how): Query<How>,
    headers: HeaderMap,
    Body(bytes): Body,
) -> Answer<Json<ComponentImport>> {
    let system = match &how.system {
        None => CoordinateSystem::Cgcs2000,
        Some(text) => text
            .parse()
            .map_err(|_| Problem::invalid("query-invalid", "坐标系应为 wgs84、gcj02、bd09 或 cgcs2000").field("system", "坐标系未知"))?,
    };
    let is_csv = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|kind| kind.starts_with("text/csv"));
    let scope = allowed.scope();
    let judge = {
        let catalogue = catalogue.clone();
        move || -> Result<_, Problem> {
            let raw = if is_csv { read::csv(&bytes)? } else { read::geojson(&bytes)? };
            let (mut rows, mut faults, mut regridded) = (Vec::with_capacity(raw.len()), Vec::new(), 0);
            let mut seen = HashSet::new();
            let total = raw.len();
            for (number, feature) in raw {
                let judged = feature.and_then(|feature| read::component(&catalogue, system, &feature)).and_then(|(row, moved)| {
                    if !scope.covers_region(&row.grid_code) {
                        return Err(format!("所在网格 {} 不在您的辖区", row.grid_code));
                    }
                    if !seen.insert(row.code.clone()) {
                        return Err(format!("标识码 {} 在文件中重复", row.code));
                    }
                    Ok((row, moved))
                });
                match judged {
                    Ok((row, moved)) => {
                        regridded += usize::from(moved);
                        rows.push(row);
                    }
                    Err(reason) => faults.push(RejectedRow { row: number, reason }),
                }
            }
            Ok((rows, faults, regridded, total))
        }
    };
    let judged = tokio::task::spawn_blocking(judge).await;
    let (rows, mut faults, regridded, total) = judged.map_err(|_| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))??;

    let mut transaction = catalogue.pool().begin().await?;
    let mut imported = 0;
    for batch in rows.chunks(BATCH) {
        imported += store::put(&mut transaction, batch, catalogue.now()).await? as usize;
    }
    let revision = if imported > 0 { catalogue.publish(transaction).await? } else { catalogue.snapshot().revision };
    let rejected = faults.len();
    faults.truncate(NAMED_FAULTS);
    Ok(Json(ComponentImport { rows: total, imported, present: rows.len() - imported, rejected, regridded, faults, revision }))
}
