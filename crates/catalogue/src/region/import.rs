//! Importing regions and unit grids as GeoJSON.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use http_api::{Answer, Json, Query};
use identity::{Allowed, Scope};
use kernel::{problem::Problem, region::RegionCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    check::{self, Warning},
    store::{self, Row},
};
use crate::{
    body::{self, Body},
    handle::Catalogue,
    rights::ManageCatalogue,
};

/// The most regions of one import.
const MOST: usize = 50_000;
/// So many faults are named; the rest is counted.
const NAMED_FAULTS: usize = 20;

/// How to import.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// The file holds all regions of its counties: those that are missing from it end today.
    #[serde(default)]
    complete: bool,
}

/// What an import of regions did.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionImport {
    /// New or changed regions.
    imported: usize,
    /// Regions that were there already, unchanged.
    present: usize,
    /// Regions that ended.
    ended: usize,
    /// Gaps and overlaps of grids in their communities.
    warnings: Vec<Warning>,
    /// The catalogue's revision afterwards.
    revision: i64,
}

/// 导入区划与单元网格（GeoJSON FeatureCollection，properties 含 code、name）；有一处不合格则整份不导入。
#[utoipa::path(post, path = "/api/v1/catalogue/imports/regions", tag = "catalogue", params(How),
    request_body(content = String, content_type = "application/geo+json"),
    responses((status = 200, body = RegionImport)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn import(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Query(how): Query<How>,
    Body(bytes): Body,
) -> Answer<Json<RegionImport>> {
    let scope = allowed.scope();
    let read = tokio::task::spawn_blocking(move || read(&bytes, &scope));
    let (rows, warnings) = read.await.map_err(|_| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))??;

    let mut transaction = catalogue.pool().begin().await?;
    let before: BTreeMap<String, Row> =
        store::lock_current(&mut transaction).await?.into_iter().map(|row| (row.code.clone(), row)).collect();
    for row in &rows {
        let code = RegionCode::parse(&row.code).ok();
        if let Some(parent) = code.and_then(|c| c.parent())
            && !before.contains_key(parent.as_str())
            && rows.binary_search_by(|r| r.code.as_str().cmp(parent.as_str())).is_err()
        {
            let detail = format!("{} 的上级区域 {parent} 不存在，请一并导入", row.code);
            return Err(Problem::invalid("region-parent-missing", detail).into());
        }
    }
    let changed: Vec<&Row> = rows.iter().filter(|row| before.get(&row.code) != Some(*row)).collect();
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let counties: BTreeSet<&str> = rows.iter().map(|row| &row.code[..6]).collect();
    let gone: Vec<String> =
        before.keys().filter(|code| how.complete && counties.contains(&code[..6]) && !codes.contains(code.as_str())).cloned().collect();
    let mut answer =
        RegionImport { imported: changed.len(), present: rows.len() - changed.len(), ended: gone.len(), warnings, revision: 0 };
    if changed.is_empty() && gone.is_empty() {
        answer.revision = catalogue.snapshot().revision;
        return Ok(Json(answer));
    }
    let day = catalogue.today();
    let ending: Vec<String> = gone.into_iter().chain(changed.iter().map(|row| row.code.clone())).collect();
    store::end(&mut transaction, &ending, day).await?;
    store::insert(&mut transaction, &changed, day).await?;
    answer.revision = catalogue.publish(transaction).await?;
    Ok(Json(answer))
}

/// Parses and checks everything that needs no database; sorted by code.
fn read(bytes: &[u8], scope: &Scope) -> Result<(Vec<Row>, Vec<Warning>), Problem> {
    let collection = body::collection(bytes, MOST)?;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut faults = 0;
    let mut problem = Problem::invalid("regions-invalid", "");
    for (index, feature) in collection.features.iter().enumerate() {
        let fault = match check::region(feature) {
            Ok((code, _)) if !scope.covers_region(code.as_str()) => Some(format!("{code} 不在您的辖区")),
            Ok((_, row)) => rows.insert(row.code.clone(), row).map(|twin| format!("{} 在文件中重复", twin.code)),
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            faults += 1;
            if faults <= NAMED_FAULTS {
                let label = feature.text("code").map_or_else(String::new, |code| format!("（{code}）"));
                problem = problem.field(format!("features[{index}]"), format!("{fault}{label}"));
            }
        }
    }
    if faults > 0 {
        problem.detail = format!("{faults} 个要素不合格，整份未导入；请更正后重新导入");
        return Err(problem);
    }
    let rows: Vec<Row> = rows.into_values().collect();
    let warnings = check::fit(&rows);
    Ok((rows, warnings))
}
