//! Importing the layers of the offline base as GeoJSON. Each import replaces its layer.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::store;
use crate::{
    body::{self, Body, Feature, lon_lat},
    handle::Catalogue,
    rights::ManageCatalogue,
};

const MOST: usize = 100_000;
/// What a page may read of a feature; everything else stays outside.
const KEPT: [&str; 11] = ["code", "name", "class", "kind", "address", "city", "province", "level", "role", "width", "simulated"];
const GEOMETRIES: [&str; 6] = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];

/// What an import of a layer did.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerImport {
    /// Features in the layer now.
    features: usize,
    /// The catalogue's revision afterwards.
    revision: i64,
}

/// 导入离线底图的道路与兴趣点（GeoJSON），替换原有图层。
#[utoipa::path(post, path = "/api/v1/catalogue/imports/roads", tag = "catalogue",
    request_body(content = String, content_type = "application/geo+json"),
    responses((status = 200, body = LayerImport)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn import_roads(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Body(bytes): Body,
) -> Answer<Json<LayerImport>> {
    import(catalogue, allowed, bytes, "roads", "road").await
}

/// 导入离线底图的周边区县界线（GeoJSON），替换原有图层。
#[utoipa::path(post, path = "/api/v1/catalogue/imports/background", tag = "catalogue",
    request_body(content = String, content_type = "application/geo+json"),
    responses((status = 200, body = LayerImport)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn import_background(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Body(bytes): Body,
) -> Answer<Json<LayerImport>> {
    import(catalogue, allowed, bytes, "background", "background").await
}

async fn import(
    catalogue: Catalogue,
    allowed: Allowed<ManageCatalogue>,
    bytes: axum::body::Bytes,
    name: &'static str,
    layer: &'static str,
) -> Answer<Json<LayerImport>> {
    catalogue.require_whole_county(&allowed.scope())?;
    let read = tokio::task::spawn_blocking(move || read(&bytes, layer));
    let features = read.await.map_err(|_| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))??;
    let count = features.len();
    let mut transaction = catalogue.pool().begin().await?;
    store::put(&mut transaction, name, &Value::Array(features), catalogue.now()).await?;
    let revision = catalogue.publish(transaction).await?;
    Ok(Json(LayerImport { features: count, revision }))
}

fn read(bytes: &[u8], layer: &str) -> Result<Vec<Value>, Problem> {
    let collection = body::collection(bytes, MOST)?;
    let mut features = Vec::with_capacity(collection.features.len());
    for (index, feature) in collection.features.iter().enumerate() {
        features.push(
            kept(feature, layer)
                .map_err(|fault| Problem::invalid("layer-invalid", "图层文件不合格，未导入").field(format!("features[{index}]"), fault))?,
        );
    }
    Ok(features)
}

fn kept(feature: &Feature, layer: &str) -> Result<Value, String> {
    let geometry = feature.geometry.as_ref().ok_or("缺少 geometry")?;
    let kind = geometry["type"].as_str().filter(|kind| GEOMETRIES.contains(kind)).ok_or("几何类型不受支持")?;
    if !holds_positions(&geometry["coordinates"], 4) {
        return Err("坐标应为经度、纬度，且在有效范围内".to_owned());
    }
    let mut properties = Map::new();
    for key in KEPT {
        let value = feature.properties.as_ref().and_then(|p| p.get(key));
        match value {
            Some(Value::String(text)) if text.chars().count() > 100 => return Err(format!("{key} 不能超过 100 个字")),
            Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
                properties.insert(key.to_owned(), value.clone());
            }
            _ => {}
        }
    }
    properties.insert("layer".to_owned(), if properties.get("class") == Some(&json!("place")) { "place" } else { layer }.into());
    Ok(json!({"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": geometry["coordinates"]}}))
}

/// Whether nested arrays end in positions everywhere.
fn holds_positions(value: &Value, depth: usize) -> bool {
    let Some(items) = value.as_array() else { return false };
    match items.first() {
        Some(Value::Number(_)) => lon_lat(value).is_some(),
        Some(Value::Array(_)) => depth > 1 && items.iter().all(|item| holds_positions(item, depth - 1)),
        _ => false,
    }
}
