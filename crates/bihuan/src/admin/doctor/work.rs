//! The work that waits: events, deliveries, answers, limits, classes without a limit.

use std::sync::Arc;

use catalogue::Catalogue;
use chrono::{DateTime, Utc};
use database::Database;
use docket::Scheduler;
use kernel::clock::SystemClock;

use super::finding::{Check, Finding};

const RELAY: Check = Check("outbox", "事件转发");
const WEBHOOKS: Check = Check("webhooks", "推送");
const ANSWERS: Check = Check("answers", "答复");
const LIMITS: Check = Check("limits", "时限提醒");
const CLASSES: Check = Check("classes", "事项时限");

/// A running server is never so far behind, in seconds.
const BEHIND: f64 = 60.0;

/// Looks at the work. Without a running server some of it may rightly wait.
pub async fn look(database: &Database, now: DateTime<Utc>) -> sqlx::Result<Vec<Finding>> {
    let told = notify::Backlog::read(database, now).await?;
    let answers = leads::OpenAnswers::read(database).await?;
    let lag = Scheduler::new(database.clone(), Arc::new(SystemClock)).lag().await?;
    let catalogue = Catalogue::load(database.clone(), Arc::new(SystemClock), catalogue::Settings::default()).await;
    let mut findings = vec![relay(&told), webhooks(&told), replies(&answers)];
    let behind = lag.behind.as_seconds_f64();
    findings.push(if behind > BEHIND {
        LIMITS.warning(
            format!("{} 个时限过了还没有提醒，最早的过了 {behind:.0} 秒", lag.untold),
            "服务没有运行的，启动它；在运行的，看日志。",
        )
    } else {
        LIMITS.well("没有落后")
    });
    findings.push(match catalogue.map(|catalogue| catalogue.unsettled()) {
        Err(error) => CLASSES.wrong(format!("事项目录读不出来：{error}"), "看日志。"),
        Ok((0, total)) => CLASSES.well(format!("{total} 个事项都已确定")),
        Ok((open, total)) => CLASSES
            .notice(format!("{total} 个事项中 {open} 个还没有自己的处置时限，用的是暂定值"), "在工作台“事项目录 · 待确定”里逐个确定。"),
    });
    Ok(findings)
}

fn relay(told: &notify::Backlog) -> Finding {
    if told.events_given_up > 0 {
        RELAY.wrong(format!("{} 个事件因反复失败而放弃", told.events_given_up), "查表 outbox_failure 里的原因，并报告。")
    } else if told.behind_seconds > BEHIND {
        let found = format!("{} 个事件等着转发，最早的等了 {:.0} 秒", told.events, told.behind_seconds);
        RELAY.warning(found, "服务没有运行的，启动它；在运行的，在日志里找 a consumer could not take an event。")
    } else {
        RELAY.well(format!("{} 个事件等着转发", told.events))
    }
}

fn webhooks(told: &notify::Backlog) -> Finding {
    if told.deliveries_dead > 0 {
        WEBHOOKS.warning(format!("{} 条一天没有送达，已放弃", told.deliveries_dead), "在工作台“系统设置 · 推送”里看原因并重发。")
    } else if told.deliveries_failing > 0 {
        WEBHOOKS.warning(format!("{} 条正在反复重试", told.deliveries_failing), "看接收方是否在线；在工作台“系统设置 · 推送”里看原因。")
    } else {
        WEBHOOKS.well(format!("{} 条等着发出", told.deliveries))
    }
}

fn replies(answers: &leads::OpenAnswers) -> Finding {
    if answers.dead > 0 {
        ANSWERS.warning(format!("{} 条一天没有送达来源，已放弃", answers.dead), "在工作台“答复”里人工答复或重发。")
    } else if answers.failing > 0 {
        ANSWERS.warning(format!("{} 条正在反复重试", answers.failing), "看来源系统是否在线；在工作台“答复”里看原因。")
    } else if answers.owed > 0 {
        ANSWERS.notice(format!("{} 条待人工答复", answers.owed), "在工作台“答复”里处理。")
    } else {
        ANSWERS.well("没有欠下的")
    }
}
