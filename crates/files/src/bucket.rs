//! The bucket (对象存储) that holds the files where one is given: any server that speaks S3, reached as `S3_…` in the environment says.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use kernel::problem::Problem;
use object_store::{ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder, path::Path};

use crate::object;

/// How long a call is tried again before the caller is told to come back later.
const PATIENCE: Duration = Duration::from_secs(10);
/// Written at every start: whether keys, bucket and rights are right shows then, not with the first photo.
const PROBE: &str = "bihuan-was-here";

/// Which bucket, and how it is reached.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketSettings {
    /// Where the server is; without one, Amazon's of the region.
    pub endpoint: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The region; servers of one's own mostly take any.
    pub region: String,
    /// The key's id.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
    /// Whether the server may be spoken to without TLS: only inside of one machine or a network of its own.
    pub allow_http: bool,
}

impl fmt::Debug for BucketSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BucketSettings").field("endpoint", &self.endpoint).field("bucket", &self.bucket).finish_non_exhaustive()
    }
}

impl BucketSettings {
    /// Reads the settings from the environment; nothing where no bucket is named.
    ///
    /// # Errors
    /// What is missing or does not fit, in Chinese: half a setting would scatter the files over two places.
    pub fn read(environment: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, String> {
        let value = |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let Some(bucket) = value("S3_BUCKET") else {
            let orphan = ["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"].into_iter().find(|name| value(name).is_some());
            return orphan.map_or(Ok(None), |name| Err(format!("设置了 {name}，但没有用 S3_BUCKET 指明存储桶")));
        };
        let needed = |name: &str| value(name).ok_or_else(|| format!("设置了 S3_BUCKET，还需要 {name}"));
        let settings = Self {
            endpoint: value("S3_ENDPOINT"),
            region: value("S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
            access_key_id: needed("S3_ACCESS_KEY_ID")?,
            secret_access_key: needed("S3_SECRET_ACCESS_KEY")?,
            allow_http: matches!(value("S3_ALLOW_HTTP").as_deref(), Some("1" | "true" | "yes")),
            bucket,
        };
        if settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://")) && !settings.allow_http {
            return Err("S3_ENDPOINT 不是 https：照片和密钥会明文传输。确在本机或专用网络内时，设 S3_ALLOW_HTTP=true".to_owned());
        }
        Ok(Some(settings))
    }

    /// The bucket as a store. A put that was answered is durable: that is what S3 promises.
    pub(crate) fn open(&self) -> object_store::Result<Arc<dyn ObjectStore>> {
        let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_client_options(ClientOptions::new().with_connect_timeout(Duration::from_secs(5)).with_timeout(Duration::from_secs(60)))
            .with_allow_http(self.allow_http)
            .with_retry(retry);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        Ok(Arc::new(builder.build()?))
    }
}

/// Writes a few bytes and reads them back.
pub(crate) async fn probe(objects: &dyn ObjectStore) -> Result<(), Problem> {
    let path = Path::from(PROBE);
    object::put(objects, &path, Bytes::from_static(b"bihuan")).await?;
    match object::get(objects, &path).await? {
        Some(_) => Ok(()),
        None => Err(Problem::unavailable("file-store-unavailable", "文件存储收下了内容却读不回来")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<BucketSettings>, String> {
        BucketSettings::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    const WHOLE: [(&str, &str); 3] = [("S3_BUCKET", "city"), ("S3_ACCESS_KEY_ID", "id"), ("S3_SECRET_ACCESS_KEY", "quiet-lantern")];

    #[test]
    fn a_bucket_is_given_whole_or_not_at_all() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[("S3_BUCKET", " ")]), Ok(None));
        let settings = read(&WHOLE).unwrap().unwrap();
        assert_eq!((settings.bucket.as_str(), settings.region.as_str(), settings.endpoint.as_deref()), ("city", "us-east-1", None));
        assert!(!format!("{settings:?}").contains("lantern"));
        assert!(read(&WHOLE[..2]).unwrap_err().contains("S3_SECRET_ACCESS_KEY"));
        assert!(read(&WHOLE[1..]).unwrap_err().contains("S3_BUCKET"));
    }

    #[test]
    fn without_tls_only_on_purpose() {
        let plain = [WHOLE.as_slice(), &[("S3_ENDPOINT", "http://127.0.0.1:9000")]].concat();
        assert!(read(&plain).is_err());
        let meant = [plain.as_slice(), &[("S3_ALLOW_HTTP", "true")]].concat();
        assert!(read(&meant).unwrap().unwrap().allow_http);
    }
}
