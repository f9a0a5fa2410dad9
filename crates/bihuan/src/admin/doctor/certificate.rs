//! The TLS certificate: how long it is valid.

use std::path::Path;

use chrono::{DateTime, Utc};
use x509_parser::{parse_x509_certificate, pem::Pem};

use super::finding::{Check, Finding};

const CERTIFICATE: Check = Check("certificate", "TLS 证书");
/// Whoever renews by hand needs so long.
const SOON: i64 = 30;

/// Looks at the first certificate of the file, the server's own.
pub fn look(file: &Path, now: DateTime<Utc>) -> Finding {
    let advice = "换上有效的证书与私钥，然后重启服务。";
    let first = std::fs::File::open(file)
        .map_err(|error| error.to_string())
        .and_then(|file| Pem::read(std::io::BufReader::new(file)).map_err(|error| error.to_string()))
        .and_then(|(pem, _)| {
            parse_x509_certificate(&pem.contents).map(|(_, found)| found.validity().clone()).map_err(|error| error.to_string())
        });
    let validity = match first {
        Ok(validity) => validity,
        Err(error) => return CERTIFICATE.wrong(format!("{} 无法读取：{error}", file.display()), advice),
    };
    let (from, until) = (validity.not_before.timestamp(), validity.not_after.timestamp());
    let day = DateTime::from_timestamp(until, 0).map(|until| until.date_naive().to_string()).unwrap_or_default();
    let left = (until - now.timestamp()).div_euclid(86_400);
    if now.timestamp() < from {
        CERTIFICATE.wrong("还没有到生效时间", advice)
    } else if left < 0 {
        CERTIFICATE.wrong(format!("已在 {day} 过期"), advice)
    } else if left < SOON {
        CERTIFICATE.warning(format!("{day} 到期，还有 {left} 天"), advice)
    } else {
        CERTIFICATE.well(format!("{day} 到期，还有 {left} 天"))
    }
}
