//! The database: reachable, of a version that serves, with the schema of this program; and what stands in it.

use std::path::Path;

use ::database::{Database, Settings, open_beside};
use chrono::{DateTime, Utc};
use kernel::clock::{Clock, SystemClock};

use super::{
    accounts,
    finding::{Check, Finding},
    store, work,
};

const DATABASE: Check = Check("database", "数据库");
const SCHEMA: Check = Check("schema", "数据库结构");
const CLOCK: Check = Check("clock", "时钟");
const SAFE: Check = Check("durability", "落盘");
const APPEND: Check = Check("append-only", "台账只追加");
const INDEXES: Check = Check("indexes", "索引");
const WORDS: Check = Check("words", "全文检索");
const BOOKS: Check = Check("reward-books", "奖励账目");

/// The oldest PostgreSQL that serves.
const OLDEST: i32 = 15;
/// A clock may be so far off before limits and sign-ins go wrong, in seconds.
const DRIFT: f64 = 2.0;

/// Opens the database beside a running server or without one, and looks.
pub async fn look(data: &Path, now: DateTime<Utc>) -> Vec<Finding> {
    let settings = Settings::from_environment(data);
    // Opening a folder without a cluster would make one.
    if settings.database_url.is_none() && !data.join("postgres").is_dir() {
        return vec![DATABASE.wrong("数据目录里还没有数据库", "首次启动服务时建立；数据目录不对的，用 --data 指明。")];
    }
    let opened = match open_beside(&settings).await {
        Ok(opened) => opened,
        Err(error) => return vec![DATABASE.wrong(format!("打不开：{error}"), "按提示处理；另见运维手册“出了问题”一节与 postgres.log。")],
    };
    let findings = match inside(&opened.database, now).await {
        Ok(findings) => findings,
        Err(error) => vec![DATABASE.wrong(format!("查询失败：{error}"), "看 postgres.log。")],
    };
    if let Err(error) = opened.close().await {
        tracing::warn!(%error, "the database did not close");
    }
    findings
}

async fn inside(database: &Database, now: DateTime<Utc>) -> sqlx::Result<Vec<Finding>> {
    let pool = database.pool();
    let mut findings = Vec::new();
    let version = store::version(pool).await?;
    findings.push(if version / 10_000 < OLDEST {
        DATABASE.wrong(format!("PostgreSQL {}", version / 10_000), format!("需要 PostgreSQL {OLDEST} 或更高版本。"))
    } else {
        DATABASE.well(format!("PostgreSQL {}.{}", version / 10_000, version % 10_000))
    });
    findings.push(clock(pool).await?);
    findings.push(if store::durable(pool).await? {
        SAFE.well("每次提交都写到磁盘")
    } else {
        SAFE.wrong("fsync、full_page_writes 或 synchronous_commit 被关掉了：断电会丢已确认的数据", "在数据库设置里打开它们。")
    });
    let missing = match schema(&store::steps(pool).await?) {
        Ok(missing) => missing,
        Err(finding) => {
            findings.push(*finding);
            return Ok(findings);
        }
    };
    if missing > 0 {
        findings.push(SCHEMA.notice(format!("还差 {missing} 步"), "下次启动服务时自动补上；在此之前本命令不看库里的数据。"));
        return Ok(findings);
    }
    findings.push(SCHEMA.well("与本程序一致"));
    findings.push(if store::may_alter_ledger(pool).await? {
        APPEND.warning(
            "程序的数据库用户能改台账，只剩哈希链与签名根保护",
            "给 DATABASE_URL 的用户建角色的权限，重启后程序会改用只能追加的角色。",
        )
    } else {
        APPEND.well("程序的数据库用户不能改也不能删台账")
    });
    let invalid = store::invalid_indexes(pool).await?;
    findings.push(if invalid.is_empty() {
        INDEXES.well("都有效")
    } else {
        INDEXES.wrong(format!("失效的索引：{}", invalid.join("、")), "由库的属主执行 REINDEX INDEX CONCURRENTLY。")
    });
    let unwritten = store::dockets_without_words(pool).await?;
    findings.push(if unwritten == 0 {
        WORDS.well("最近的件都能检索")
    } else {
        WORDS.wrong(format!("最近一千件里有 {unwritten} 件搜不到"), "这是程序的缺陷，请带上日志报告。")
    });
    let faults = rewards::check_books(pool).await?;
    findings.push(if faults.is_empty() {
        BOOKS.well("每一分都对得上")
    } else {
        let words: Vec<String> = faults.iter().map(|it| format!("{}：{}", it.programme, it.fault)).collect();
        BOOKS.wrong(words.join("；"), "先停止发放，核对账目；这是程序的缺陷，或有人改过数据库。")
    });
    findings.extend(work::look(database, now).await?);
    findings.extend(accounts::look(database).await?);
    Ok(findings)
}

/// How many steps are missing; a finding where the database is ahead, or was made by another text.
fn schema(applied: &[i64]) -> Result<usize, Box<Finding>> {
    let known: Vec<i64> = crate::serve::migrations().iter().map(|step| step.version).collect();
    match applied.iter().find(|version| !known.contains(version)) {
        Some(version) => Err(Box::new(SCHEMA.wrong(format!("数据库的结构比本程序新（第 {version} 步）"), "用新版本的程序。"))),
        None => Ok(known.iter().filter(|version| !applied.contains(version)).count()),
    }
}

async fn clock(pool: &sqlx::PgPool) -> sqlx::Result<Finding> {
    let before = SystemClock.now();
    let there = store::clock(pool).await?;
    let middle = before + (SystemClock.now() - before) / 2;
    let off = (there - middle).as_seconds_f64();
    Ok(if off.abs() > DRIFT {
        CLOCK.wrong(format!("数据库的时钟与本机相差 {off:+.1} 秒"), "在两台机器上启用时间同步（chrony 或 systemd-timesyncd）。")
    } else {
        CLOCK.well(format!("与数据库相差 {:.3} 秒", off.abs()))
    })
}
