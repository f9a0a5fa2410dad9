//! An item of evidence (证据): one file with what the law asks to be known of it.

pub(crate) mod add;
pub(crate) mod announce;
pub(crate) mod content;
pub(crate) mod count;
pub(crate) mod exclude;
mod exhibit;
pub(crate) mod list;
mod recording;
pub(crate) mod store;
mod take_in;

pub use exhibit::Exhibit;
pub use list::CaseEvidence;
pub use recording::{RecordingItem, RecordingMark};
pub use take_in::TakenIn;

use http_api::Answer;
use identity::Caller;
use kernel::{codes, personal::redact, problem::Problem};
use uuid::Uuid;

use crate::{CaseFile, Evidence, Wish};

/// Items of one case at most.
pub(crate) const MOST_ITEMS: i64 = 2_000;
/// Characters of a title, a place.
pub(crate) const LONGEST_LINE: usize = 200;
/// Characters of a note, a reason.
pub(crate) const LONGEST_NOTE: usize = 2_000;

codes! {
    /// The eight kinds of evidence of 行政处罚法第四十六条第一款 (证据种类).
    #[schema(as = EvidenceKind)]
    Kind {
        /// Documentary (书证).
        Documentary = "documentary", "书证";
        /// Physical (物证).
        Physical = "physical", "物证";
        /// Sound and moving pictures (视听资料).
        Audiovisual = "audiovisual", "视听资料";
        /// Electronic data (电子数据).
        Electronic = "electronic", "电子数据";
        /// Testimony (证人证言).
        Testimony = "testimony", "证人证言";
        /// The party's statement (当事人的陈述).
        Statement = "statement", "当事人的陈述";
        /// An expert's opinion (鉴定意见).
        Opinion = "opinion", "鉴定意见";
        /// A record of inspection or of the scene (勘验笔录、现场笔录).
        Record = "record", "勘验笔录、现场笔录";
    }
}

codes! {
    /// How evidence was come by (取得方式).
    #[schema(as = EvidenceManner)]
    Manner {
        /// Photographed or filmed by the officers (执法人员拍摄).
        Taken = "taken", "执法人员拍摄";
        /// Copied or taken from where it was (提取).
        Extracted = "extracted", "提取";
        /// Handed in by the party or a witness (当事人、证人提供).
        HandedIn = "handed_in", "当事人、证人提供";
        /// By a device for monitoring (电子技术监控设备); 行政处罚法第四十一条 asks for its review.
        Device = "device", "电子技术监控设备";
        /// By an expert who was commissioned (委托鉴定、检测).
        Commissioned = "commissioned", "委托鉴定、检测";
        /// Transferred by another organ (其他机关移送).
        Transferred = "transferred", "其他机关移送";
        /// Written down by the officers (制作笔录).
        Recorded = "recorded", "制作笔录";
    }
}

codes! {
    /// Whether it is the original (证据形式).
    #[schema(as = EvidenceForm)]
    Form {
        /// The original (原件、原物、原始载体).
        Original = "original", "原件";
        /// A copy, with where the original is (复制件).
        Copy = "copy", "复制件";
    }
}

/// The problem of an item that is not there for the caller.
pub(crate) fn no_item() -> Problem {
    Problem::not_found("evidence-not-found", "没有这份证据，或者不在您的查看范围内")
}

/// An item with its case, for a caller who may do what is wished with it.
pub(crate) async fn opened(evidence: &Evidence, caller: &Caller, id: Uuid, wish: Wish) -> Answer<(store::ItemRow, CaseFile)> {
    let item = store::item(evidence.database().pool(), id).await?.ok_or_else(no_item)?;
    // Of a case that is out of sight nothing is said, not even that it is one.
    let sight = evidence.cases().opened(caller, item.docket, Wish::See).await;
    sight.map_err(|refused| if refused.problem().code == "case-not-found" { no_item().into() } else { refused })?;
    let case = evidence.cases().opened(caller, item.docket, wish).await?;
    Ok((item, case))
}

/// Words that must be there, trimmed and within their bound.
pub(crate) fn required(field: &'static str, name: &str, words: &str, most: usize) -> Result<String, Problem> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Problem::invalid("field-required", format!("请填写{name}")).field(field, format!("请填写{name}")));
    }
    bounded(field, name, words, most)
}

/// Words that may be missing.
pub(crate) fn optional(field: &'static str, name: &str, words: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    words.map(str::trim).filter(|words| !words.is_empty()).map(|words| bounded(field, name, words, most)).transpose()
}

/// Within its bound, without control characters, and with telephone and identity numbers hidden: these words get into the ledger.
fn bounded(field: &'static str, name: &str, words: &str, most: usize) -> Result<String, Problem> {
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let wrong = format!("{name}含有不能保存的字符");
        return Err(Problem::invalid("field-invalid", wrong.clone()).field(field, wrong));
    }
    if words.chars().count() > most {
        let long = format!("{name}不能超过 {most} 字");
        return Err(Problem::invalid("field-too-long", long.clone()).field(field, long));
    }
    Ok(redact(words).into_owned())
}
