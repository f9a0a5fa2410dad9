//! What an installation decides of its broker.

use std::{sync::Arc, time::Duration};

use rumqttc::{
    TlsConfiguration, Transport,
    tokio_rustls::rustls::{ClientConfig, RootCertStore},
    v5::{MqttOptions, mqttbytes::matches},
};
use url::Url;

use crate::{LARGEST_MESSAGE, MOST_UNDER_WAY};

/// How long the broker keeps what comes while the house is not there.
const SESSION: Duration = Duration::from_secs(7 * 24 * 3_600);
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// Requests to the broker that wait inside: acknowledgements and receipts of all that is held.
const WAITING: usize = 4 * MOST_UNDER_WAY as usize;

/// The settings (消息接入设置).
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    host: String,
    port: u16,
    tls: bool,
    login: Option<(String, String)>,
    /// The name this house goes by at the broker.
    client: String,
    /// Where events come in, with the broker's wildcards.
    pub topic: String,
    /// Where refusals are answered.
    pub receipts: String,
    /// The API key of the machine account that events are taken in the name of.
    pub key: String,
}

/// A password is in it.
impl std::fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Settings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("topic", &self.topic)
            .finish_non_exhaustive()
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The address is no broker's.
    #[error("BIHUAN_MQTT_URL 应为 mqtt://主机:端口 或 mqtts://主机:端口")]
    Url,
    /// There is nobody to take events in the name of.
    #[error("设置了 BIHUAN_MQTT_URL，还须在 BIHUAN_MQTT_KEY 给出机器账号的接口密钥")]
    Key,
    /// A topic is empty, or receipts would come back as events.
    #[error("BIHUAN_MQTT_TOPIC 与 BIHUAN_MQTT_RECEIPTS 不能为空，后者不能含通配符，也不能与前者相同")]
    Topic,
    /// TLS without anybody to trust.
    #[error("本机没有可用的受信任根证书，无法以 mqtts 连接")]
    Roots,
}

impl Settings {
    /// Reads the settings from named values, as the environment has them; none without a broker.
    ///
    /// # Errors
    /// A broker is named, and something with it is missing or wrong.
    pub fn read(region: &str, value: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, SettingsError> {
        let text = |name: &str| value(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(url) = text("BIHUAN_MQTT_URL") else { return Ok(None) };
        let url: Url = url.parse().map_err(|_| SettingsError::Url)?;
        let tls = match url.scheme() {
            "mqtt" => false,
            "mqtts" => true,
            _ => return Err(SettingsError::Url),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SettingsError::Url)?.to_owned();
        let login = (!url.username().is_empty()).then(|| (plain(url.username()), plain(url.password().unwrap_or_default())));
        let topic = text("BIHUAN_MQTT_TOPIC").unwrap_or_else(|| "bihuan/events/#".to_owned());
        let receipts = text("BIHUAN_MQTT_RECEIPTS").unwrap_or_else(|| "bihuan/receipts".to_owned());
        if receipts.contains(['#', '+']) || matches(&receipts, &topic) {
            return Err(SettingsError::Topic);
        }
        Ok(Some(Self {
            host,
            port: url.port().unwrap_or(if tls { 8_883 } else { 1_883 }),
            tls,
            login,
            client: format!("bihuan-{region}"),
            topic,
            receipts,
            key: text("BIHUAN_MQTT_KEY").ok_or(SettingsError::Key)?,
        }))
    }

    /// The options of a connection: a session that outlives it, acknowledgements by hand, everything bounded.
    ///
    /// # Errors
    /// TLS is asked for, and this machine trusts no certificate.
    pub(crate) fn options(&self) -> Result<(MqttOptions, usize), SettingsError> {
        let mut options = MqttOptions::new(&self.client, &self.host, self.port);
        options
            .set_clean_start(false)
            .set_session_expiry_interval(u32::try_from(SESSION.as_secs()).ok())
            .set_keep_alive(KEEP_ALIVE)
            .set_manual_acks(true)
            .set_receive_maximum(Some(MOST_UNDER_WAY))
            .set_max_packet_size(Some(LARGEST_MESSAGE));
        if let Some((name, password)) = &self.login {
            options.set_credentials(name, password);
        }
        if self.tls {
            options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(Arc::new(trusting_this_machine()?))));
        }
        Ok((options, WAITING))
    }
}

/// A client that trusts what this machine trusts. One certificate among them that cannot be read is no reason to trust none.
fn trusting_this_machine() -> Result<ClientConfig, SettingsError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(SettingsError::Roots);
    }
    Ok(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// A part of the address as it was meant: `%40` is an `@`.
fn plain(part: &str) -> String {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<Settings>, SettingsError> {
        Settings::read("330482", |name| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned()))
    }

    #[test]
    fn a_broker_is_named_by_its_address_and_spoken_to_with_a_key() {
        assert_eq!(read(&[]), Ok(None));
        let settings = read(&[("BIHUAN_MQTT_URL", "mqtts://city:ge%40heim@broker.example"), ("BIHUAN_MQTT_KEY", "k")]).unwrap().unwrap();
        assert_eq!((settings.host.as_str(), settings.port, settings.tls), ("broker.example", 8_883, true));
        assert_eq!((settings.topic.as_str(), settings.receipts.as_str()), ("bihuan/events/#", "bihuan/receipts"));
        assert_eq!(settings.login, Some(("city".to_owned(), "ge@heim".to_owned())));
        assert!(!format!("{settings:?}").contains("heim"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let broker = ("BIHUAN_MQTT_URL", "mqtt://127.0.0.1:1883");
        assert_eq!(read(&[broker]), Err(SettingsError::Key));
        assert_eq!(read(&[("BIHUAN_MQTT_URL", "http://broker.example"), ("BIHUAN_MQTT_KEY", "k")]), Err(SettingsError::Url));
        assert_eq!(read(&[broker, ("BIHUAN_MQTT_KEY", "k"), ("BIHUAN_MQTT_RECEIPTS", "bihuan/#")]), Err(SettingsError::Topic));
        let echo = ("BIHUAN_MQTT_TOPIC", "bihuan/#");
        assert_eq!(read(&[broker, ("BIHUAN_MQTT_KEY", "k"), echo]), Err(SettingsError::Topic), "receipts would come back as events");
        let plain = read(&[broker, ("BIHUAN_MQTT_KEY", "k")]).unwrap().unwrap();
        assert_eq!(plain.options().unwrap().0.receive_maximum(), Some(MOST_UNDER_WAY));
    }
}
