//! A way through the table as a person reads it.

use serde::Serialize;

use crate::procedure::{Action, Attempt, Case, State, Transition};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathStep {
    /// The step.
    pub action: Action,
    /// Where it leads.
    pub state: State,
    /// The step, its content and its end in Chinese.
    pub text: String,
}

impl PathStep {
    pub(super) fn new(transition: &Transition, attempt: &Attempt, after: &Case) -> Self {
        let words = attempt.words(transition.asks);
        let content = if words.is_empty() { String::new() } else { format!("（{words}）") };
        let text = format!("{}：{}{content} → {}", transition.actor.label(), transition.action.label(), after.state.label());
        Self { action: transition.action, state: after.state, text }
    }

    pub(super) fn beginning(case: &Case) -> String {
        let mut words = vec![case.track.label().to_owned()];
        let mut say = |is: bool, text: &str| {
            if is {
                words.push(text.to_owned());
            }
        };
        use crate::procedure::{Aside, Correction, Party};
        say(!case.power, "无管辖权");
        say(!case.timely, "超过追责时效");
        say(case.complex, "情节复杂或者重大");
        say(case.review_due, "应当法制审核");
        say(case.party == Party::Youth, "当事人未成年");
        say(case.party == Party::Excused, "当事人依法不予处罚");
        say(case.correction == Correction::Due, "以逾期不改正为要件");
        say(case.aside.has(Aside::Property), "可有涉案财物");
        say(case.aside.has(Aside::Recusal), "可有人申请回避");
        say(case.aside.has(Aside::Police), "可涉嫌犯罪");
        say(case.aside.has(Aside::Dispute), "可有管辖争议");
        say(case.rung > 0, "曾被柔性执法");
        words.join("，")
    }
}
