//! The text of a notice, made from facts (文书正文): which lead, which limit, since when and by how much it was missed, until when to reply.

use chrono::{DateTime, Utc};
use kernel::clock::shanghai;
use leads::Standing;

use super::Stage;

/// What was said before, for the higher stages.
pub(super) struct Before {
    pub stage: Stage,
    pub number: String,
    pub issued_at: DateTime<Utc>,
    /// Why its reply was not enough; nothing where there was none in time.
    pub verdict: Option<String>,
}

/// What a text is made from.
pub(super) struct Facts<'a> {
    pub stage: Stage,
    pub unit: &'a str,
    pub leads: &'a [Standing],
    pub before: Option<&'a Before>,
    pub demand: Option<&'a str>,
    pub now: DateTime<Utc>,
    pub reply_by: DateTime<Utc>,
}

/// One line of words for lists: no word of a reporter.
pub(super) fn title(stage: Stage, unit: &str, leads: &[Standing]) -> String {
    let overdue = leads.iter().filter(|lead| lead.limit.as_ref().is_some_and(|limit| limit.remaining_seconds < 0)).count();
    match leads {
        [lead] => format!("{}：{unit}，{} {}", stage.label(), lead.number, lead.class_name.as_deref().unwrap_or_default()),
        _ if overdue == leads.len() => format!("{}：{unit}，{} 件超期", stage.label(), leads.len()),
        _ => format!("{}：{unit}，{} 件（超期 {overdue} 件）", stage.label(), leads.len()),
    }
}

/// The whole text.
pub(super) fn text(facts: &Facts<'_>) -> String {
    let mut text = format!("{}：\n", facts.unit);
    if let Some(before) = facts.before {
        let (label, number, at) = (before.stage.label(), &before.number, moment(before.issued_at));
        text += &match &before.verdict {
            Some(reason) => format!("{at}向你单位发出的{label}（{number}），回复未达到要求：{reason}。\n"),
            None => format!("{at}向你单位发出的{label}（{number}），期限内未见回复。\n"),
        };
    }
    text += "你单位承办的下列线索：\n";
    for (at, lead) in facts.leads.iter().enumerate() {
        text += &format!("{}. {}", at + 1, lead.number);
        for words in [lead.class_name.as_deref().unwrap_or_default(), &lead.place] {
            if !words.is_empty() {
                text += "，";
                text += words;
            }
        }
        if let Some(limit) = &lead.limit {
            text += &format!(
                "；{}时限 {}，{} 到期，截至 {} {}",
                limit.label,
                limit.length,
                moment(limit.due_at),
                moment(facts.now),
                limit.words
            );
        }
        text += "。\n";
    }
    let reply_by = moment(facts.reply_by);
    text += &match facts.stage {
        Stage::Prompt => format!("请抓紧办理，并于 {reply_by} 前书面回复办理情况。"),
        Stage::Supervise => format!("现予督办。请立即办理，查明逾期原因，并于 {reply_by} 前书面回复办理结果和整改措施。"),
        Stage::Account => {
            format!("经提示、督办仍未落实，建议按有关规定启动问责程序。请于 {reply_by} 前书面说明情况。")
        }
    };
    if let Some(demand) = facts.demand {
        text += "\n另要求：";
        text += demand;
    }
    text
}

fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai()).format("%Y年%-m月%-d日 %H:%M").to_string()
}
