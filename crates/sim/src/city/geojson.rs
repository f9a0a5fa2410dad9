//! The city as GeoJSON, ready for the catalogue's import operations.

use serde_json::{Value, json};

use super::{Area, City, Level};

impl Level {
    /// Its word in the interface.
    pub fn word(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Township => "township",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }
}

impl Area {
    fn feature(&self) -> Value {
        let rings: Vec<Vec<[f64; 2]>> = self.rings.iter().map(|ring| ring.iter().chain(ring.first()).copied().collect()).collect();
        json!({
            "type": "Feature",
            "properties": {
                "code": self.code, "name": self.name, "level": self.level.word(), "parent_code": self.parent,
                "simulated": self.level != Level::County,
            },
            "geometry": {"type": "Polygon", "coordinates": rings},
        })
    }
}

impl City {
    /// County, townships, communities and grids, for `POST /api/v1/catalogue/imports/regions`.
    pub fn regions_geojson(&self) -> Value {
        let features: Vec<Value> =
            std::iter::once(&self.county).chain(&self.townships).chain(&self.communities).chain(&self.grids).map(Area::feature).collect();
        json!({"type": "FeatureCollection", "features": features})
    }

    /// The components, for `POST /api/v1/catalogue/imports/components`.
    pub fn components_geojson(&self) -> Value {
        let features: Vec<Value> = self
            .components
            .iter()
            .map(|c| {
                let mut properties: serde_json::Map<String, Value> =
                    c.attributes.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
                properties.insert("simulated".to_owned(), json!(true));
                json!({"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": c.position}})
            })
            .collect();
        json!({"type": "FeatureCollection", "features": features})
    }

    /// Roads and points of interest, for `POST /api/v1/catalogue/imports/roads`.
    pub fn roads_geojson(&self) -> Value {
        let roads = self.roads.iter().map(|r| {
            json!({
                "type": "Feature",
                "properties": {"name": r.name, "class": r.class.word(), "simulated": true},
                "geometry": {"type": "LineString", "coordinates": r.line},
            })
        });
        let places = self.places.iter().map(|p| {
            json!({
                "type": "Feature",
                "properties": {"name": p.name, "class": "place", "kind": p.kind, "address": p.address, "simulated": true},
                "geometry": {"type": "Point", "coordinates": p.position},
            })
        });
        json!({"type": "FeatureCollection", "features": roads.chain(places).collect::<Vec<_>>()})
    }
}
