//! Settings: one place where the environment is read.

use std::{net::IpAddr, net::SocketAddr, path::PathBuf};

/// What `bihuan serve` is told.
#[derive(Debug, Clone, clap::Parser)]
pub struct ServeArgs {
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// 监听地址
    #[arg(long, env = "BIHUAN_HTTP", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub http: SocketAddr,
    /// 车载终端（JT/T 808）的接入地址，TCP 与 UDP；不给则不接入，例：127.0.0.1:8808
    #[arg(long, env = "BIHUAN_JT808", value_name = "ADDRESS")]
    pub jt808: Option<SocketAddr>,
    /// TLS 证书（PEM）
    #[arg(long, env = "BIHUAN_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// TLS 私钥（PEM）
    #[arg(long, env = "BIHUAN_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// 可信反向代理的地址，逗号分隔
    #[arg(long, env = "BIHUAN_TRUSTED_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub trusted_proxies: Vec<IpAddr>,
    /// 本区行政区划代码（6 位）
    #[arg(long, env = "BIHUAN_REGION", default_value = "330482", value_name = "CODE")]
    pub region: String,
    /// 读取运行指标（/metrics）的令牌文件；不给则只有本机能读
    #[arg(long, env = "BIHUAN_METRICS_TOKEN_FILE", value_name = "FILE")]
    pub metrics_token_file: Option<PathBuf>,
    /// 台账每日签名根的外部存放目录
    #[arg(long, env = "BIHUAN_ROOTS", value_name = "FOLDER")]
    pub roots: Option<PathBuf>,
    /// 人脸与号牌识别模型的目录（由 scripts/models 取得）；没有模型时，公众看到的照片整张打码
    #[arg(long, env = "BIHUAN_MODELS", default_value = "var/models", value_name = "FOLDER")]
    pub models: PathBuf,
    /// 文书字体的目录（由 scripts/fonts 取得）；没有字体时，不能生成执法文书
    #[arg(long, env = "BIHUAN_FONTS", default_value = "var/fonts", value_name = "FOLDER")]
    pub fonts: PathBuf,
    /// 允许向内网地址推送（政务外网中的接收方）
    #[arg(long, env = "BIHUAN_ALLOW_PRIVATE_TARGETS")]
    pub allow_private_targets: bool,
    /// 允许上报人核查自己上报的线索
    #[arg(long, env = "BIHUAN_REPORTER_MAY_CHECK")]
    pub reporter_may_check: bool,
}

impl ServeArgs {
    /// Whether people reach the program through TLS of its own.
    pub fn has_tls(&self) -> bool {
        self.tls_cert.is_some()
    }

    /// Where the roots go: outside the data folder when told so.
    pub fn roots_folder(&self) -> PathBuf {
        self.roots.clone().unwrap_or_else(|| self.data.join("roots"))
    }

    /// Where the keys are.
    pub fn keys_folder(&self) -> PathBuf {
        self.data.join("keys")
    }
}
