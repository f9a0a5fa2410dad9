//! Answers that say otherwise than how the lead ended (与结果矛盾).

use super::{Code, Finding, Outcome, phrases};

/// What says that it was done.
pub(super) const DONE: &[&str] = &[
    "已完成",
    "已清理",
    "已清运",
    "已清除",
    "已清走",
    "已清洗",
    "已清掏",
    "已修复",
    "已修好",
    "已维修",
    "已更换",
    "已整改",
    "整改完毕",
    "整改到位",
    "处理完毕",
    "清理完毕",
    "修复完毕",
    "维修完毕",
    "已解决",
    "已拆除",
    "已恢复",
    "已疏通",
    "已修剪",
    "已补种",
    "已取缔",
    "已劝离",
    "已移走",
    "已撤回",
    "已关闭",
    "已搬离",
    "已完工",
    "已竣工",
    "已处理好",
    "已处理到位",
];
/// What says that it was not.
const NOT_DONE: &[&str] = &[
    "不予受理",
    "不属于我",
    "不属我",
    "不在我",
    "不归我",
    "非我局",
    "无法受理",
    "不属于本",
    "不属本",
    "建议您向",
    "建议你向",
    "请您向",
    "无法处理",
    "暂不处理",
    "尚未处理",
    "尚未修复",
    "尚未整改",
    "尚未清理",
    "未能修复",
    "未处理",
];

pub(super) fn look(reply: &str, outcome: Outcome) -> Option<Finding> {
    let (phrase, reason) = match outcome {
        Outcome::Refused if NOT_DONE.iter().any(|word| reply.contains(word)) => return None,
        Outcome::Refused => (phrases::first_said(reply, DONE)?, "这件没有受理或已作废，答复却说办好了"),
        Outcome::Closed if phrases::first_said(reply, DONE).is_some() => return None,
        Outcome::Closed => (NOT_DONE.iter().find(|word| reply.contains(**word)).copied()?, "这件已结案，答复却说不办或没办"),
    };
    Some(Finding { code: Code::Contradiction, reason: reason.to_owned(), words: vec![phrase.to_owned()] })
}
