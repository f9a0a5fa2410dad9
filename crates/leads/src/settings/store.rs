//! SQL of the settings.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::{Duty, IntakeSetting, Rule, Snapshot};
use crate::{class_model, joint, layers, lights, nearest, precedent, reply_check, rule_sets, source, text_code};

/// More rules than this no city keeps; the reader is bounded all the same.
pub(crate) const MOST: i64 = 10_000;

pub(crate) async fn snapshot(pool: &PgPool, region: &str, now: DateTime<Utc>) -> sqlx::Result<Snapshot> {
    let (rule_set, rules) = rule_sets::store::in_force(pool, region).await?;
    let intake = sqlx::query_as("select * from intake_setting order by source, class_prefix limit $1").bind(MOST).fetch_all(pool).await?;
    let duty = sqlx::query_as("select * from duty where to_at > $1 and from_at < $1 + interval '1 day' order by from_at limit $2")
        .bind(now)
        .bind(MOST)
        .fetch_all(pool)
        .await?;
    let class_model = class_model::store::choice(pool, region).await?;
    let lights = lights::store::rules(pool, region).await?;
    let sources = source::store::all(pool, region).await?;
    let reply_check = reply_check::setting::read(pool, region).await?;
    let layers = layers::store::read(pool, region).await?;
    let straight = joint::store::straight(pool, region).await?;
    let nearest = nearest::store::sharing(pool, region).await?;
    let precedents = precedent::store::active(pool, region).await?;
    let text_codes = text_code::store::setting(pool, region).await?;
    Ok(Snapshot {
        rules,
        rule_set,
        intake,
        duty,
        sources,
        class_model,
        lights,
        reply_check,
        layers,
        levels: HashMap::new(),
        straight,
        nearest,
        precedents,
        text_codes,
    })
}

/// The rules of the draft.
pub(crate) async fn rules(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<Rule>> {
    sqlx::query_as("select * from dispatch_rule where region = $1 order by priority, id limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(executor)
        .await
}

/// A rule as it stands, locked until the transaction ends.
pub(crate) async fn lock_rule(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Rule>> {
    sqlx::query_as("select * from dispatch_rule where id = $1 and region = $2 for update")
        .bind(id)
        .bind(region)
        .fetch_optional(connection)
        .await
}

pub(crate) async fn count_rules(connection: &mut PgConnection, region: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from dispatch_rule where region = $1").bind(region).fetch_one(connection).await
}

pub(crate) async fn insert_rule(connection: &mut PgConnection, rule: &Rule) -> sqlx::Result<()> {
    sqlx::query(
        "insert into dispatch_rule (id, region, priority, class_prefix, region_prefix, weekdays, from_hour, to_hour, on_duty, unit_id, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(rule.id)
    .bind(&rule.region)
    .bind(rule.priority)
    .bind(&rule.class_prefix)
    .bind(&rule.region_prefix)
    .bind(&rule.weekdays)
    .bind(rule.from_hour)
    .bind(rule.to_hour)
    .bind(rule.on_duty)
    .bind(rule.unit_id)
    .bind(&rule.note)
    .execute(connection)
    .await?;
    Ok(())
}

/// Replaces a rule if its version is still `seen`; `None` means whatever it is.
pub(crate) async fn update_rule(connection: &mut PgConnection, rule: &Rule, seen: Option<i64>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update dispatch_rule set priority = $3, class_prefix = $4, region_prefix = $5, weekdays = $6, from_hour = $7, to_hour = $8,
            on_duty = $9, unit_id = $10, note = $11, version = version + 1
         where id = $1 and region = $2 and ($12::int8 is null or version = $12)",
    )
    .bind(rule.id)
    .bind(&rule.region)
    .bind(rule.priority)
    .bind(&rule.class_prefix)
    .bind(&rule.region_prefix)
    .bind(&rule.weekdays)
    .bind(rule.from_hour)
    .bind(rule.to_hour)
    .bind(rule.on_duty)
    .bind(rule.unit_id)
    .bind(&rule.note)
    .bind(seen)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Replaces the draft's rules as a whole; each gets this version.
pub(crate) async fn replace_rules(connection: &mut PgConnection, region: &str, rules: &[Rule], version: i64) -> sqlx::Result<()> {
    sqlx::query("delete from dispatch_rule where region = $1").bind(region).execute(&mut *connection).await?;
    sqlx::query(
        "insert into dispatch_rule (id, region, priority, class_prefix, region_prefix, weekdays, from_hour, to_hour, on_duty, unit_id, note, version)
         select id, $1, priority, class_prefix, region_prefix, weekdays, from_hour, to_hour, on_duty, unit_id, note, $3
         from jsonb_populate_recordset(null::dispatch_rule, $2)",
    )
    .bind(region)
    .bind(Json(rules))
    .bind(version)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a rule; answers it as it was.
pub(crate) async fn delete_rule(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Rule>> {
    sqlx::query_as("delete from dispatch_rule where id = $1 and region = $2 returning *")
        .bind(id)
        .bind(region)
        .fetch_optional(connection)
        .await
}

pub(crate) async fn intake(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<IntakeSetting>> {
    sqlx::query_as("select * from intake_setting where region = $1 order by source, class_prefix limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(executor)
        .await
}

/// Locks the settings until the transaction ends: what the history calls "before" is then what was replaced.
pub(crate) async fn lock_intake(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table intake_setting in share row exclusive mode").execute(connection).await?;
    Ok(())
}

pub(crate) async fn replace_intake(connection: &mut PgConnection, region: &str, settings: &[IntakeSetting]) -> sqlx::Result<()> {
    sqlx::query("delete from intake_setting where region = $1").bind(region).execute(&mut *connection).await?;
    for setting in settings {
        sqlx::query("insert into intake_setting (region, source, class_prefix, automatic) values ($1, $2, $3, $4)")
            .bind(region)
            .bind(&setting.source)
            .bind(&setting.class_prefix)
            .bind(setting.automatic)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(crate) async fn duty(pool: &PgPool, region: &str, since: DateTime<Utc>) -> sqlx::Result<Vec<Duty>> {
    sqlx::query_as("select * from duty where region = $1 and to_at > $2 order by from_at, id limit $3")
        .bind(region)
        .bind(since)
        .bind(MOST)
        .fetch_all(pool)
        .await
}

pub(crate) async fn insert_duty(connection: &mut PgConnection, duty: &Duty) -> sqlx::Result<()> {
    sqlx::query("insert into duty (id, region, unit_id, person_id, from_at, to_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(duty.id)
        .bind(&duty.region)
        .bind(duty.unit_id)
        .bind(duty.person_id)
        .bind(duty.from_at)
        .bind(duty.to_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes a turn; answers it as it was.
pub(crate) async fn delete_duty(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Duty>> {
    sqlx::query_as("delete from duty where id = $1 and region = $2 returning *").bind(id).bind(region).fetch_optional(connection).await
}
