//! Promises without a date (承诺无期限).

use super::{Code, Finding, contradiction::DONE, phrases};

/// What promises.
const PROMISES: [&str; 16] = [
    "将安排",
    "将尽快",
    "会尽快",
    "将组织",
    "将加快",
    "将于近期",
    "将逐步",
    "争取",
    "拟安排",
    "择日",
    "适时",
    "待条件",
    "列入计划",
    "列入整治计划",
    "列入改造计划",
    "下一步将",
];
/// What says that somebody has begun: then a promise is more than words.
const BEGUN: [&str; 19] = [
    "已责令",
    "已要求",
    "已安排",
    "已组织",
    "已督促",
    "已派",
    "已对",
    "已劝",
    "已于",
    "已开始",
    "已进场",
    "已开工",
    "正在施工",
    "正在清",
    "正在修",
    "已通知",
    "已采取",
    "已立即",
    "未列入",
];
/// What names a time, besides digits with a unit.
const TIMES: [&str; 21] = [
    "年底",
    "月底",
    "本周",
    "下周",
    "本月",
    "下月",
    "今年",
    "明年",
    "春节",
    "国庆",
    "汛期",
    "上半年",
    "下半年",
    "季度",
    "今天",
    "明天",
    "今日",
    "当天",
    "周内",
    "月内",
    "年内",
];
/// What makes a time of the digits before it.
const UNITS: [&str; 10] = ["年", "月", "日", "号", "天", "周", "小时", "个工作日", "个月", "点"];

pub(super) fn look(reply: &str) -> Option<Finding> {
    if phrases::first_said(reply, DONE).is_some() || BEGUN.iter().any(|word| reply.contains(word)) {
        return None;
    }
    let sentences = reply.split(['。', '；', '！', ';', '\n']);
    let promise = sentences.filter(|sentence| !names_a_time(sentence)).find_map(|sentence| {
        let word = PROMISES.iter().find(|word| sentence.contains(**word))?;
        let at = sentence.find(word)?;
        Some(sentence[at..].chars().take(16).collect::<String>())
    })?;
    // One date anywhere is a date: the sentence may only lean on it.
    if names_a_time(reply) {
        return None;
    }
    Some(Finding { code: Code::Promise, reason: "答应以后办，没有说到什么时候".to_owned(), words: vec![promise] })
}

fn names_a_time(text: &str) -> bool {
    TIMES.iter().any(|word| text.contains(word)) || {
        let mut digits = false;
        text.char_indices().any(|(at, sign)| {
            let after_digits = digits && UNITS.iter().any(|unit| text[at..].starts_with(unit));
            digits = sign.is_ascii_digit() || "一二三四五六七八九十两半".contains(sign) || (digits && sign == ' ');
            after_digits
        })
    }
}
