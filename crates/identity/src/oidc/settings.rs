//! What the installation says of its provider (`BIHUAN_OIDC_…`).

use std::fmt;

use uuid::Uuid;

/// The provider and what is believed of it.
#[derive(Clone)]
pub struct OidcSettings {
    /// Its issuer; discovery starts there.
    pub issuer: String,
    /// The name that it knows this program by.
    pub client_id: String,
    /// The secret shared with it; none for a public client.
    pub client_secret: Option<String>,
    /// This program's own address as people's browsers see it.
    pub url: String,
    /// What the button says.
    pub name: String,
    /// The claim that holds the account here.
    pub account_claim: String,
    /// The word in `amr` (RFC 8176) that stands for the one-time code; none: it is always asked here.
    pub second_factor: Option<String>,
    /// The organisation in which unknown people get an account without a role; none: they are refused.
    pub create_in: Option<Uuid>,
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OidcSettings").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl OidcSettings {
    /// The settings that the environment names; nothing without an issuer.
    ///
    /// # Errors
    /// In words for whoever set them.
    pub fn read(given: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, String> {
        let given = |name: &str| given(&format!("BIHUAN_OIDC_{name}")).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let Some(issuer) = given("ISSUER") else { return Ok(None) };
        let needed = |name: &str| given(name).ok_or_else(|| format!("设置了 BIHUAN_OIDC_ISSUER，还须设置 BIHUAN_OIDC_{name}"));
        let client_secret = match given("CLIENT_SECRET_FILE") {
            None => None,
            Some(file) => {
                let text =
                    std::fs::read_to_string(&file).map_err(|error| format!("BIHUAN_OIDC_CLIENT_SECRET_FILE {file} 无法读取：{error}"))?;
                Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
            }
        };
        let create_in = match given("CREATE_IN") {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| format!("BIHUAN_OIDC_CREATE_IN {text} 不是单位编号"))?),
        };
        let url = needed("URL")?.trim_end_matches('/').to_owned();
        for (name, address) in [("ISSUER", &issuer), ("URL", &url)] {
            if !is_safe(address) {
                return Err(format!("BIHUAN_OIDC_{name} 须是 https 地址（只有本机可用 http）"));
            }
        }
        Ok(Some(Self {
            issuer,
            client_id: needed("CLIENT_ID")?,
            client_secret,
            url,
            name: given("NAME").unwrap_or_else(|| "统一身份认证".to_owned()),
            account_claim: given("ACCOUNT_CLAIM").unwrap_or_else(|| "preferred_username".to_owned()),
            second_factor: given("SECOND_FACTOR"),
            create_in,
        }))
    }

    /// Where the provider sends people back to.
    pub(super) fn back(&self) -> String {
        format!("{}{}/callback", self.url, super::PATH)
    }
}

/// Tokens and codes travel through TLS, or do not leave the machine.
fn is_safe(address: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        url.scheme() == "https" || (url.scheme() == "http" && matches!(host, "127.0.0.1" | "localhost" | "[::1]"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<OidcSettings>, String> {
        OidcSettings::read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_provider_is_set_whole_and_safely_or_not_at_all() {
        assert!(read(&[]).unwrap().is_none());
        let whole = [
            ("BIHUAN_OIDC_ISSUER", "https://sso.example"),
            ("BIHUAN_OIDC_CLIENT_ID", "bihuan"),
            ("BIHUAN_OIDC_URL", "https://desk.example/"),
        ];
        let settings = read(&whole).unwrap().unwrap();
        assert_eq!(settings.back(), "https://desk.example/api/v1/session/oidc/callback");
        assert_eq!((settings.account_claim.as_str(), settings.second_factor, settings.create_in), ("preferred_username", None, None));
        assert!(read(&whole[..2]).unwrap_err().contains("BIHUAN_OIDC_URL"));
        assert!(read(&[whole[1], whole[2], ("BIHUAN_OIDC_ISSUER", "http://sso.example")]).is_err(), "no TLS");
        assert!(read(&[whole[1], whole[2], ("BIHUAN_OIDC_ISSUER", "http://127.0.0.1:9000")]).is_ok(), "the machine itself");
        assert!(read(&[whole[0], whole[1], whole[2], ("BIHUAN_OIDC_CREATE_IN", "here")]).is_err());
        assert!(read(&[whole[0], whole[1], whole[2], ("BIHUAN_OIDC_CLIENT_SECRET_FILE", "/none")]).is_err());
    }
}
