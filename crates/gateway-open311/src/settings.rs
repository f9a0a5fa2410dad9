//! What an installation decides of its Open311 face.

/// The settings (接口设置). By default nothing is asked for: no key, no jurisdiction.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The jurisdiction served (`jurisdiction_id`); every request must name it when it is set.
    pub jurisdiction: Option<String>,
    /// The keys (`api_key`) of which a report must carry one; none asked for when empty.
    pub api_keys: Vec<String>,
    /// Where this program is reached from outside, such as `https://…`, without a slash at the end; from the request when not set.
    pub public_url: Option<String>,
    /// Whom to ask about the interface.
    pub contact: String,
    /// How to get a key.
    pub key_service: String,
    /// People reach the program through TLS of its own.
    pub secure: bool,
    /// This is the demo city: the endpoint calls itself a test, and rates are those of a simulator.
    pub demo: bool,
}

impl Settings {
    /// Reads the settings from named values, as the environment has them.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| value(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            jurisdiction: text("BIHUAN_OPEN311_JURISDICTION"),
            api_keys: text("BIHUAN_OPEN311_API_KEYS")
                .map(|keys| keys.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default(),
            public_url: text("BIHUAN_OPEN311_URL").map(|url| url.trim_end_matches('/').to_owned()),
            contact: text("BIHUAN_OPEN311_CONTACT").unwrap_or_else(|| "请联系本地城市运行管理中心".to_owned()),
            key_service: text("BIHUAN_OPEN311_KEY_SERVICE").unwrap_or_else(|| "请向本地城市运行管理中心申请 api_key".to_owned()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn blank_values_ask_for_nothing() {
        let settings = Settings::read(|name| (name == "BIHUAN_OPEN311_API_KEYS").then(|| " a, ,b ".to_owned()));
        assert_eq!(settings.api_keys, ["a", "b"]);
        assert_eq!(settings.jurisdiction, None);
    }
}
