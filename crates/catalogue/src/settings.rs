//! The catalogues' settings.

use kernel::deadline::service::{ServiceLimit, ServiceUnit};

use crate::map::BaseKind;

/// What the catalogues need to know of the installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The limit of a class that has none settled yet.
    pub default_limit: ServiceLimit,
    /// The base of the map.
    pub map: MapConfig,
}

impl Default for Settings {
    fn default() -> Self {
        let default_limit = ServiceLimit::new(2.0, ServiceUnit::WorkingDay).expect("two working days are a limit");
        Self { default_limit, map: MapConfig::default() }
    }
}

/// Which base lies under the map, who provides it, and under which approval.
#[derive(Debug, Clone, Default)]
pub struct MapConfig {
    /// The kind of base; the offline base without a setting.
    pub kind: BaseKind,
    /// The address of tiles or of the PMTiles file.
    pub url: Option<String>,
    /// Edge length of a tile in pixels.
    pub tile_size: Option<u16>,
    /// Who provides the base, shown on the map.
    pub provider: Option<String>,
    /// The map approval number (审图号), shown on the map.
    pub approval_number: Option<String>,
}

impl MapConfig {
    /// From `BIHUAN_MAP_KIND`, `_URL`, `_TILE_SIZE`, `_PROVIDER` and `_APPROVAL`. An online kind without an address is the
    /// offline base: a map with a hole where the base should be helps nobody.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| variable(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let url = get("BIHUAN_MAP_URL");
        let kind = match get("BIHUAN_MAP_KIND").as_deref() {
            Some("xyz") if url.is_some() => BaseKind::Xyz,
            Some("wmts") if url.is_some() => BaseKind::Wmts,
            Some("pmtiles") if url.is_some() => BaseKind::Pmtiles,
            Some("offline") | None => BaseKind::Offline,
            Some(other) => {
                tracing::warn!(kind = other, "the map base is unknown or has no BIHUAN_MAP_URL; using the offline base");
                BaseKind::Offline
            }
        };
        Self {
            url: url.filter(|_| kind != BaseKind::Offline),
            kind,
            tile_size: get("BIHUAN_MAP_TILE_SIZE").and_then(|v| v.parse().ok()),
            provider: get("BIHUAN_MAP_PROVIDER"),
            approval_number: get("BIHUAN_MAP_APPROVAL"),
        }
    }

    /// [`MapConfig::read`] from the environment of the process.
    pub fn from_env() -> Self {
        Self::read(|name| std::env::var(name).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_online_base_needs_an_address() {
        let read = |pairs: &[(&str, &str)]| MapConfig::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()));
        assert_eq!(read(&[]).kind, BaseKind::Offline);
        assert_eq!(read(&[("BIHUAN_MAP_KIND", "wmts")]).kind, BaseKind::Offline);
        let base = read(&[("BIHUAN_MAP_KIND", "wmts"), ("BIHUAN_MAP_URL", "/tiles"), ("BIHUAN_MAP_APPROVAL", "GS(2024)0650号")]);
        assert_eq!((base.kind, base.url.as_deref()), (BaseKind::Wmts, Some("/tiles")));
        assert_eq!(base.approval_number.as_deref(), Some("GS(2024)0650号"));
    }
}
