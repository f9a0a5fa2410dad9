//! What a request asks: the format at the end of its address, what stands before it, and its arguments.

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
    response::Response,
};
use http_api::ClientAddress;
use std::net::IpAddr;

use crate::{
    fault::{Errors, Fault},
    format::Format,
};

/// The arguments (参数), in the order they came; a name may come more than once.
#[derive(Debug, Default)]
pub(crate) struct Arguments(pub Vec<(String, String)>);

/// More arguments than this are no report.
const MOST: usize = 200;

impl Arguments {
    /// The value of a name, if it says anything.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// The parts of all values of a name, however they are given: several times, or with commas between.
    pub(crate) fn listed(&self, name: &str) -> Vec<&str> {
        let values = self.0.iter().filter(|(own, _)| own == name).flat_map(|(_, value)| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// Refuses what no client of good will sends.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self.0.len() > MOST {
            return Err(Fault::invalid(format!("参数过多，最多 {MOST} 个")));
        }
        if self.0.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(Fault::invalid("参数含有不可用的字符"));
        }
        Ok(())
    }
}

/// A request after its address was read.
pub(crate) struct Asked {
    /// What stands before the format: a service code, a request's id, a token. Empty where the address has none.
    pub name: String,
    /// The format of the answer.
    pub format: Format,
    /// The arguments in the address.
    pub arguments: Arguments,
    /// Who asks.
    pub address: IpAddr,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // XML is the format that every client of the specification reads.
        let refuse = |fault| Format::Xml.answer::<Errors>(Err(fault));
        let Path(last) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| refuse(Fault::not_found("没有这个地址")))?;
        let (name, format) = last.rsplit_once('.').unwrap_or(("", last.as_str()));
        let Some(format) = Format::named(format) else {
            return Err(refuse(Fault::not_found("地址应以 .json 或 .xml 结尾（format was not found）")));
        };
        let refuse = |fault| format.answer::<Errors>(Err(fault));
        let Query(arguments) = Query::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|_| refuse(Fault::invalid("查询参数无法读取")))?;
        let arguments = Arguments(arguments);
        arguments.check().map_err(refuse)?;
        let ClientAddress(address) = match ClientAddress::from_request_parts(parts, state).await {
            Ok(address) => address,
            Err(never) => match never {},
        };
        Ok(Self { name: name.to_owned(), format, arguments, address })
    }
}
