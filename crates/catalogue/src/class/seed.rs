//! The shipped classes and limits on their way into the database, once per change of the data.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::deadline::service::{ServiceLimit, ServiceUnit};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::store::{self, ClassRow, LimitRow};
use crate::error::CatalogueError;

const CLASSES: &str = include_str!("../../../../data/classes.csv");
const LIMITS: &str = include_str!("../../../../data/time-limits.csv");

/// The edition in force since 2026-07-01, and the one before.
pub(crate) const CURRENT: &str = "GB/T 47678.5-2026";
const BEFORE: &str = "GB/T 30428.2-2013";
const SOURCE: &str = "time-limits.csv";
/// The namespace of the ids of shipped limits: the same limit has the same id on every installation.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1d_3a52_0f5b_5c0e_9b7a_1d1c_33a0_47c1);

#[derive(Debug, Deserialize)]
struct ClassLine {
    kind: String,
    category_code: String,
    category_name: String,
    code: String,
    name: String,
    predecessor_kind: Option<String>,
    predecessor_code: Option<String>,
    local: bool,
}

#[derive(Debug, Deserialize)]
struct LimitLine {
    r#type: String,
    class_code: String,
    class_name: String,
    small_code: String,
    name: String,
    condition_tags: String,
    limit_value: f64,
    limit_unit: String,
}

/// Writes what is new; nothing when these very data were seeded already. Limits that a city added stay.
pub(crate) async fn seed(pool: &PgPool, now: DateTime<Utc>) -> Result<(), CatalogueError> {
    let checksum = hex::encode(Sha256::new().chain_update(CLASSES).chain_update(LIMITS).finalize());
    let mut transaction = pool.begin().await?;
    if store::lock_seeded(&mut transaction).await?.as_deref() == Some(checksum.as_str()) {
        return Ok(());
    }
    let (classes, limits) = shipped()?;
    let change = NaiveDate::from_ymd_opt(2026, 7, 1).expect("the first of July exists");
    let start = NaiveDate::from_ymd_opt(2014, 8, 1).expect("the first of August exists");
    store::put_edition(&mut transaction, BEFORE, "数字化城市管理信息系统 第2部分：管理部件和事件", start, Some(change)).await?;
    store::put_edition(&mut transaction, CURRENT, "城市运行管理服务平台 第5部分：管理部件和事项", change, None).await?;
    store::put_classes(&mut transaction, &classes).await?;
    for limit in &limits {
        store::add_limit(&mut transaction, limit, SOURCE, now, None).await?;
    }
    store::mark_seeded(&mut transaction, &checksum).await?;
    transaction.commit().await?;
    tracing::info!(classes = classes.len(), limits = limits.len(), "catalogue seeded");
    Ok(())
}

fn lines<T: for<'a> Deserialize<'a>>(file: &'static str, text: &str) -> Result<Vec<T>, CatalogueError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| CatalogueError::Data { file, reason: error.to_string() })
}

fn shipped() -> Result<(Vec<ClassRow>, Vec<LimitRow>), CatalogueError> {
    let limit_lines: Vec<LimitLine> = lines("time-limits.csv", LIMITS)?;
    let mut classes: Vec<ClassRow> = lines::<ClassLine>("classes.csv", CLASSES)?
        .into_iter()
        .map(|line| ClassRow {
            catalogue_id: CURRENT.to_owned(),
            kind: line.kind,
            code: line.code,
            name: line.name,
            category_code: line.category_code,
            category_name: line.category_name,
            predecessor_kind: line.predecessor_kind,
            predecessor_code: line.predecessor_code,
            local: line.local,
        })
        .collect();
    // The edition before is known as far as the limits name it.
    let mut before: BTreeMap<(String, String), ClassRow> = BTreeMap::new();
    for line in &limit_lines {
        let code = format!("{}-{}", line.class_code, line.small_code);
        before.entry((line.r#type.clone(), code.clone())).or_insert_with(|| ClassRow {
            catalogue_id: BEFORE.to_owned(),
            kind: if line.r#type == "component" { "component" } else { "matter" }.to_owned(),
            code,
            name: line.name.clone(),
            category_code: line.class_code.clone(),
            category_name: line.class_name.clone(),
            predecessor_kind: None,
            predecessor_code: None,
            local: false,
        });
    }
    let mut limits = Vec::new();
    for line in &limit_lines {
        let old = format!("{}-{}", line.class_code, line.small_code);
        let unit: ServiceUnit =
            line.limit_unit.parse().map_err(|_| CatalogueError::Data { file: "time-limits.csv", reason: line.limit_unit.clone() })?;
        let limit = ServiceLimit::new(line.limit_value, unit)
            .map_err(|error| CatalogueError::Data { file: "time-limits.csv", reason: error.to_string() })?;
        // 一般 says that there is no condition.
        let conditions: Vec<String> =
            line.condition_tags.split('|').filter(|tag| !tag.is_empty() && *tag != "一般").map(str::to_owned).collect();
        let heirs = classes
            .iter()
            .filter(|c| c.predecessor_kind.as_deref() == Some(line.r#type.as_str()) && c.predecessor_code.as_deref() == Some(old.as_str()));
        let own = before.get(&(line.r#type.clone(), old.clone()));
        for class in heirs.chain(own) {
            let name = format!("{}|{}|{}|{}|{limit}", class.catalogue_id, class.kind, class.code, conditions.join("|"));
            limits.push(LimitRow {
                id: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
                catalogue_id: class.catalogue_id.clone(),
                kind: class.kind.clone(),
                code: class.code.clone(),
                conditions: conditions.clone(),
                minutes: limit.minutes().cast_signed(),
                unit: limit.unit().code().to_owned(),
            });
        }
    }
    classes.extend(before.into_values());
    Ok((classes, limits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_data_read_whole() {
        let (classes, limits) = shipped().unwrap();
        let of = |kind: &str| classes.iter().filter(|c| c.catalogue_id == CURRENT && c.kind == kind).count();
        assert_eq!((of("component"), of("matter")), (153, 256));
        let of = |code: &str| limits.iter().filter(|l| l.catalogue_id == CURRENT && l.kind == "matter" && l.code == code).count();
        assert!(of("01001") >= 4 && of("10906") == 1 && of("06028") == 0);
    }
}
