//! Whether an answer addresses what was asked (答非所问核验).
//!
//! Each rule looks for one thing, says what it found in Chinese, and shows the words. The rules are the house's own: they were written by
//! what answers without content look like, and what they are worth on real ones stands in `docs/benchmarks.md`. They would rather miss
//! an answer than accuse one.

mod class;
mod contradiction;
mod empty;
mod phrases;
mod promise;
mod topic;

pub use class::{Class, another_class};

/// What is wrong with an answer (核验发现).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Stock phrases and nothing else (空话套话).
    Empty,
    /// The very words of another lead's answer (照抄答复).
    Copied,
    /// Names neither what was asked nor where (未提及诉求).
    OffTopic,
    /// Speaks of another kind of thing (答非同类).
    OtherClass,
    /// Promises without a date (承诺无期限).
    Promise,
    /// Says otherwise than how the lead ended (与结果矛盾).
    Contradiction,
    /// Hardly any words (过短).
    Short,
}

impl Code {
    /// All of them, the gravest first.
    pub const ALL: &[Self] =
        &[Self::Empty, Self::Copied, Self::OffTopic, Self::OtherClass, Self::Contradiction, Self::Promise, Self::Short];

    /// The code in tables and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Copied => "copied",
            Self::OffTopic => "off-topic",
            Self::OtherClass => "other-class",
            Self::Promise => "promise",
            Self::Contradiction => "contradiction",
            Self::Short => "short",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "空话套话",
            Self::Copied => "照抄答复",
            Self::OffTopic => "未提及诉求",
            Self::OtherClass => "答非同类",
            Self::Promise => "承诺无期限",
            Self::Contradiction => "与结果矛盾",
            Self::Short => "过短",
        }
    }

    /// The code of a word of [`Code::code`].
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.code() == code)
    }
}

/// How the lead ended (办理结果), as far as an answer can contradict it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Fixed and closed (已结案).
    Closed,
    /// Not accepted, or voided (不予受理、已作废).
    Refused,
}

/// What an answer is held against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Case<'a> {
    /// The reporter's words, with the title and the address.
    pub asked: &'a str,
    /// How the lead ended; absent while it is open or not known.
    pub outcome: Option<Outcome>,
    /// The number of another lead of another matter that was answered in the same words.
    pub same_as: Option<&'a str>,
}

/// One thing that is wrong, with what showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Why, in Chinese.
    pub reason: String,
    /// The words of the answer that showed it; none where what is missing showed it.
    pub words: Vec<String>,
}

/// Fewer Han characters say hardly what was done (house rule): 已清运 is three.
pub const SHORTEST: usize = 8;
/// From so many Han characters on the same words twice are a copy (house rule): shorter ones are how everybody says it.
pub const COPY_FROM: usize = 20;

/// Looks at an answer.
#[must_use]
pub fn check(reply: &str, case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let empty = empty::look(reply);
    let is_empty = empty.is_some();
    found.extend(empty);
    if let Some(number) = case.same_as.filter(|_| han(reply).count() >= COPY_FROM) {
        let reason = format!("与 {number} 的答复一字不差，而两件不是同一件事");
        found.push(Finding { code: Code::Copied, reason, words: Vec::new() });
    }
    if !is_empty {
        found.extend(topic::look(reply, case.asked));
        found.extend(case.outcome.and_then(|outcome| contradiction::look(reply, outcome)));
        found.extend(promise::look(reply));
        let length = han(reply).count();
        if length < SHORTEST {
            let reason = format!("只有 {length} 个字，没有说清怎么办的");
            found.push(Finding { code: Code::Short, reason, words: vec![reply.trim().to_owned()] });
        }
    }
    found
}

/// The words of an answer without spaces and signs, by which two answers are the same.
#[must_use]
pub fn print_of(reply: &str) -> String {
    reply.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Whether an answer in the same words as that to `other` is a copy: the two are not of one matter, and it names nothing of `asked`.
#[must_use]
pub fn is_copy(reply: &str, asked: &str, other: &str) -> bool {
    can_be_copied(reply) && topic::is_copy(reply, asked, other)
}

/// Whether an answer is long enough to be somebody's copy.
#[must_use]
pub fn can_be_copied(reply: &str) -> bool {
    han(reply).count() >= COPY_FROM
}

fn han(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|sign| matches!(sign, '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(reply: &str, case: &Case<'_>) -> Vec<&'static str> {
        check(reply, case).iter().map(|finding| finding.code.code()).collect()
    }

    const LAMP: Case<'_> =
        Case { asked: "建国路37号门口的路灯不亮，晚上走路看不见", outcome: Some(Outcome::Closed), same_as: None };

    #[test]
    fn an_answer_that_says_what_was_done_where_is_left_alone() {
        for reply in ["建国路37号门口路灯的灯泡已更换，现已恢复照明", "经查，该处路灯线路老化，11月20日已修复，感谢您的监督"]
        {
            assert!(codes(reply, &LAMP).is_empty(), "{reply}: {:?}", check(reply, &LAMP));
        }
    }

    #[test]
    fn phrases_alone_are_nothing() {
        for reply in [
            "已转办",
            "您好！您反映的问题已收悉，感谢您的反馈。",
            "您的来电已转相关部门处理，请耐心等待。",
            "感谢您对我们工作的支持和理解，我们会尽快处理！",
            "已转市建设局办理。",
            "",
            "。。。",
        ] {
            assert_eq!(codes(reply, &LAMP), ["empty"], "{reply}");
        }
    }

    #[test]
    fn what_names_neither_thing_nor_place_is_beside_the_question() {
        let found = check("经现场查看，店主承诺今后不再把货物摆到外面，摊位已撤回", &LAMP);
        assert_eq!(found[0].code, Code::OffTopic, "{found:?}");
        assert!(!found[0].words.is_empty());
    }

    #[test]
    fn a_promise_needs_a_date() {
        assert_eq!(codes("路灯电缆被挖断，我们将安排抢修", &LAMP), ["promise"]);
        assert!(codes("路灯电缆被挖断，将于11月25日前抢修完毕", &LAMP).is_empty());
        assert!(codes("路灯已修复，今后将加强巡查", &LAMP).is_empty());
    }

    #[test]
    fn an_answer_agrees_with_how_it_ended() {
        let refused = Case { outcome: Some(Outcome::Refused), ..LAMP };
        assert_eq!(codes("建国路的路灯已修复，请放心", &refused), ["contradiction"]);
        assert_eq!(codes("建国路的路灯不属于我局管理，建议您向供电公司反映", &LAMP), ["contradiction"]);
        assert!(codes("建国路的路灯不属于我局管理，建议您向供电公司反映", &refused).is_empty());
        // What is not fixed is no claim.
        assert!(codes("建国路的路灯属小区内部设施，本单位未修复，请联系物业", &refused).is_empty());
    }

    #[test]
    fn long_words_twice_are_a_copy_and_short_ones_are_not() {
        let copied = Case { same_as: Some("20261101-000017"), ..LAMP };
        let found = check("经查，该处路灯线路老化，维修人员已更换灯泡并恢复照明", &copied);
        assert_eq!(found[0].code, Code::Copied);
        assert!(found[0].reason.contains("20261101-000017"));
        assert!(!codes("路灯灯泡已更换，恢复照明", &copied).contains(&"copied"));
        assert_eq!(print_of("路灯 已修复。"), print_of("路灯已修复"));
    }

    #[test]
    fn two_who_ask_of_one_thing_may_be_answered_alike() {
        let reply = "建国路的路灯线路老化，维修人员已更换灯泡并恢复照明";
        assert!(!is_copy(reply, LAMP.asked, "建国路37号的路灯又不亮了"));
        assert!(!is_copy(reply, LAMP.asked, "夜里出门摔了一跤，建国路实在太黑"));
        let vague = "经现场查看属实，已责令当事人改正，今后将加强巡查";
        assert!(is_copy(vague, "菜场后门的垃圾桶满了没人收", "夜里工地打桩吵得睡不着"));
        assert!(!is_copy("已更换灯泡", "菜场后门的垃圾桶满了没人收", "夜里工地打桩吵得睡不着"), "short words are how everybody says it");
    }

    #[test]
    fn three_signs_are_short() {
        assert_eq!(codes("路灯已修复", &LAMP), ["short"]);
    }

    #[test]
    fn every_code_is_found_by_its_word() {
        assert!(Code::ALL.iter().all(|code| Code::of(code.code()) == Some(*code)));
        assert_eq!(Code::of("made-up"), None);
    }
}
