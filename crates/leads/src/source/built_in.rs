//! The sources that the program brings.

use kernel::deadline::service::{ServiceLimit, ServiceUnit};

use super::{SourceKind, SourceSetting};
use crate::{import::Mapping, lead::Source};

/// A source of the program.
pub(crate) struct BuiltIn {
    code: &'static str,
    name: &'static str,
    kind: SourceKind,
    reply_days: Option<f64>,
}

const fn built_in(code: &'static str, name: &'static str, kind: SourceKind) -> BuiltIn {
    BuiltIn { code, name, kind, reply_days: None }
}

/// 信访工作条例（2022）第三十四条：自受理之日起 60 日内办结. Counted from the minute of receipt, so that it ends no later than the statute's
/// last day.
const PETITION_DAYS: f64 = 60.0;

/// All of them. Limits of answers that a city's own rules give are the city's to set.
const ALL: &[BuiltIn] = &[
    built_in("portal", "市民上报", SourceKind::Citizens),
    built_in("open311", "Open311", SourceKind::Citizens),
    built_in("patrol", "巡查上报", SourceKind::Staff),
    built_in("operator", "受理员登记", SourceKind::Staff),
    built_in("machine", "机器识别", SourceKind::Machines),
    built_in("hotline", "12345热线", SourceKind::Orders),
    built_in("business", "营商环境投诉", SourceKind::Orders),
    built_in("people-call", "民呼我为", SourceKind::Orders),
    built_in("grassroots", "基层四平台", SourceKind::Orders),
    built_in("community", "智慧社区", SourceKind::Orders),
    built_in("letters", "群众来信", SourceKind::Petitions),
    BuiltIn { reply_days: Some(PETITION_DAYS), ..built_in("petition", "信访", SourceKind::Petitions) },
    built_in("congress", "数字人大", SourceKind::Proposals),
    built_in("proposal", "议提案", SourceKind::Proposals),
    built_in("media", "媒体曝光", SourceKind::Media),
    built_in("regulation", "互联网+监管", SourceKind::Systems),
    built_in("bureau", "其他部门转办", SourceKind::Systems),
    built_in("neighbour", "邻市转来", SourceKind::Systems),
    built_in("import", "文件导入", SourceKind::Systems),
];

/// The source of a code, if the program brings it.
pub(crate) fn find(source: &Source) -> Option<&'static BuiltIn> {
    ALL.iter().find(|one| one.code == source.code())
}

/// All of them as settings.
pub(crate) fn settings() -> impl Iterator<Item = SourceSetting> {
    ALL.iter().map(|one| SourceSetting {
        source: one.code.parse().expect("a code of this table is a code"),
        name: one.name.to_owned(),
        kind: one.kind,
        active: true,
        accept: None,
        reply: one.reply_days.map(|days| ServiceLimit::new(days, ServiceUnit::UrgentDay).expect("days of this table are a limit")),
        mapping: Mapping::new(),
        reply_url: None,
        senders: Vec::new(),
        version: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_one_and_stands_once() {
        let mut codes: Vec<String> = settings().map(|setting| setting.source.code().to_owned()).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        assert_eq!(settings().filter(|setting| setting.reply.is_some()).count(), 1);
    }
}
