//! What an import brings: a bounded body, and the GeoJSON in it.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use http_api::ApiProblem;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The largest import in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// The whole body of an import. Its problems are ours instead of plain text.
pub struct Body(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::too_large("body-too-large", "导入文件不能超过 64 MB，请分批导入").into())
            }
            Err(_) => Err(Problem::invalid("body-unreadable", "请求体没有完整收到，请重试").into()),
        }
    }
}

/// A GeoJSON feature collection as far as the imports look at it.
#[derive(Debug, Deserialize)]
pub struct Collection {
    #[serde(rename = "type")]
    kind: String,
    pub features: Vec<Feature>,
}

/// A feature.
#[derive(Debug, Deserialize)]
pub struct Feature {
    #[serde(default)]
    pub properties: Option<Map<String, Value>>,
    #[serde(default)]
    pub geometry: Option<Value>,
}

impl Feature {
    /// A property that is text, or a number written out; trimmed, and empty counts as absent.
    pub fn text(&self, key: &str) -> Option<String> {
        let text = match self.properties.as_ref()?.get(key)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Whether the feature says that it is simulated.
    pub fn simulated(&self) -> bool {
        self.properties.as_ref().and_then(|p| p.get("simulated")).is_some_and(|v| v == &Value::Bool(true))
    }
}

/// Reads a collection of at most `most` features.
pub fn collection(bytes: &[u8], most: usize) -> Result<Collection, Problem> {
    let collection: Collection = serde_json::from_slice(bytes)
        .map_err(|error| Problem::invalid("geojson-malformed", format!("不是合法的 GeoJSON（第 {} 行附近有误）", error.line())))?;
    if collection.kind != "FeatureCollection" {
        return Err(Problem::invalid("geojson-malformed", "应为 GeoJSON 的 FeatureCollection"));
    }
    if collection.features.is_empty() {
        return Err(Problem::invalid("import-empty", "文件中没有任何要素"));
    }
    if collection.features.len() > most {
        return Err(Problem::too_large("import-too-large", format!("一次最多导入 {most} 个要素，请分批导入")));
    }
    Ok(collection)
}

/// Reads a longitude and latitude; further numbers (height) are ignored.
pub fn lon_lat(value: &Value) -> Option<[f64; 2]> {
    let numbers = value.as_array()?;
    let point = [numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?];
    (point[0].abs() <= 180.0 && point[1].abs() <= 90.0).then_some(point)
}
