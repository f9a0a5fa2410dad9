//! What the operator says about the provider (支付渠道配置): a JSON file; keys stand in files of their own.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Settings of an APIv3 provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiV3Settings {
    /// The name in our addresses and tables, such as `wechat`.
    pub code: String,
    /// Where it is, such as `https://api.mch.weixin.qq.com`.
    pub base: String,
    /// The merchant's application.
    pub app: String,
    /// The merchant (商户号).
    pub merchant: String,
    /// The serial of the merchant's certificate (商户证书序列号).
    pub merchant_serial: String,
    /// The merchant's private key, PKCS#8 in PEM.
    pub merchant_key_file: PathBuf,
    /// The serial of the provider's key or certificate.
    pub provider_serial: String,
    /// The provider's public key or certificate, in PEM.
    pub provider_key_file: PathBuf,
    /// The file with the 32 bytes that callbacks are sealed with.
    pub seal_key_file: PathBuf,
    /// Where this city is reached from the internet, such as `https://city.example`.
    pub public_base: String,
}

/// The same with the keys read.
pub(super) struct Keys {
    pub merchant: Vec<u8>,
    pub provider: Vec<u8>,
    pub seal: Vec<u8>,
}

impl ApiV3Settings {
    /// Reads the file.
    ///
    /// # Errors
    /// In Chinese, what does not read.
    pub fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("支付渠道配置 {} 无法读取：{error}", file.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("支付渠道配置 {} 不正确：{error}", file.display()))
    }

    pub(super) fn keys(&self) -> Result<Keys, String> {
        let read = |file: &PathBuf| std::fs::read(file).map_err(|error| format!("密钥文件 {} 无法读取：{error}", file.display()));
        let seal = read(&self.seal_key_file)?;
        Ok(Keys { merchant: read(&self.merchant_key_file)?, provider: read(&self.provider_key_file)?, seal: seal.trim_ascii().to_vec() })
    }
}
