//! The city that duplicates are looked for in: leads of three years spread over its ground, half of them with a photo.

use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use kernel::words::bigrams;
use sqlx::PgPool;

use super::{
    super::server::{CORNER, REGION, SIDE, STEP},
    made::Told,
};

const THINGS: [&str; 8] = ["路灯不亮", "垃圾成堆", "店外经营", "井盖破损", "乱停车辆", "道路破损", "施工噪声", "乱贴广告"];
const CLASSES: [&str; 8] = ["01037", "06010", "09005", "01003", "09010", "06013", "08001", "07001"];
const PLACES: [&str; 20] = [
    "建国路",
    "解放路",
    "人民路",
    "新华路",
    "胜利路",
    "和平路",
    "文化路",
    "环城路",
    "东湖路",
    "西湖路",
    "南门街",
    "北门街",
    "河滨路",
    "公园路",
    "车站路",
    "学院路",
    "工业路",
    "青年路",
    "长江路",
    "黄河路",
];

/// Leads of three years up to now. Of those of the last three weeks a third is open, as in `bench list`.
pub async fn city(pool: &PgPool, leads: i64, now: DateTime<Utc>) -> Result<()> {
    const STEPS: i64 = 20;
    for step in 0..STEPS {
        let (from, to) = (leads * step / STEPS, leads * (step + 1) / STEPS - 1);
        let mut transaction = pool.begin().await?;
        sqlx::query(
            "create temp table made on commit drop as
             select n, at, text, class, lon, lat,
                (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid as id,
                '330482001001' || lpad((floor((lat - $9) / $10)::int * $11 + floor((lon - $8) / $10)::int + 1)::text, 3, '0') as grid,
                case when n >= $3 - $3 / 50 and n % 3 = 0
                         then (array['reported', 'accepted', 'dispatched', 'fixing', 'fixed', 'checked'])[1 + (n / 3) % 6]
                     when n % 1000 < 990 then 'closed' when n % 1000 < 998 then 'rejected' else 'voided' end as state
             from (select n, $12 - make_interval(secs => 3600 + (($3 - n)::double precision / $3) * 3 * 365 * 86400) as at,
                    $4[1 + (n * 31) % 20] || (1 + (n * 37) % 400) || '号门口' || $5[1 + n % 8] || '，'
                        || (array['已经三天', '昨天晚上', '每天早上', '下雨以后', '周末最多', '刚刚发现'])[1 + (n / 8) % 6]
                        || (array['影响行人通行', '邻居都有意见', '老人差点摔倒', '希望尽快处理', '多次反映没有结果', '学生上学不安全', '气味很大'])[1 + (n / 48) % 7]
                        as text,
                    $6[1 + n % 8] as class,
                    $8 + ((n * 7919) % 99991)::double precision / 99991 * $7 as lon,
                    $9 + ((n * 104729) % 99989)::double precision / 99989 * $7 as lat
                from generate_series($1::bigint, $2::bigint) as n) as told",
        )
        .bind(from)
        .bind(to)
        .bind(leads)
        .bind(PLACES.as_slice())
        .bind(THINGS.as_slice())
        .bind(CLASSES.as_slice())
        .bind(SIDE as f64 * STEP)
        .bind(CORNER.0)
        .bind(CORNER.1)
        .bind(STEP)
        .bind(i32::try_from(SIDE)?)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, opened_at, changed_at,
                simulated, head_seq, head_hash)
             select '330482', id, 'lead', 'C-' || n, state, state not in ('closed', 'rejected', 'voided'), 1, text, grid, lon, lat, at, at,
                true, 0, 'genesis' from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into lead (region, id, source, source_key, tracking_code, description, text_digest, grid, class_code, class_version)
             select '330482', id, 'portal', 'C-' || n, 'C-' || n, text, sha256(convert_to(text, 'UTF8')), grid, class, 'bench'
             from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into docket_words (region, docket_id, month, words)
             select '330482', id, (extract(year from at) * 12 + extract(month from at) - 1)::int,
                array_to_string(array(select distinct substr(part, k, 2) from unnest(regexp_split_to_array(text, '[0-9，]+')) as part,
                          generate_series(1, char_length(part) - 1) as k)
                    || array[left(grid, 9), left(grid, 12), grid, 'class=' || left(class, 2), 'class=' || class, 'source=portal',
                        ((n * 37) % 400 + 1)::text], ' ')
             from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into file (sha256, media_type, size, created_at)
             select encode(sha256(n::text::bytea), 'hex'), 'image/jpeg', 1, at from made where n % 2 = 0",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into picture_hash (sha256, hash)
             select encode(sha256(n::text::bytea), 'hex'), hashtextextended(n::text, 0) from made where n % 2 = 0",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into lead_photo (region, lead_id, ordinal, file, role, at)
             select '330482', id, 1, encode(sha256(n::text::bytea), 'hex'), 'report', at from made where n % 2 = 0",
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        eprintln!("filled {} of {leads}", to + 1);
    }
    Ok(())
}

/// The reports of the made set, open and reported, written as the intake writes them.
pub async fn told(pool: &PgPool, all: &[&Told]) -> Result<()> {
    let mut transaction = pool.begin().await?;
    for (n, told) in all.iter().enumerate() {
        let grid = told.position.map(|(lon, lat)| {
            let (column, row) = (((lon - CORNER.0) / STEP) as usize, ((lat - CORNER.1) / STEP) as usize);
            format!("330482001001{:03}", row.min(SIDE - 1) * SIDE + column.min(SIDE - 1) + 1)
        });
        let number = format!("M-{n}");
        sqlx::query(
            "insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, holder_role, opened_at,
                changed_at, simulated, head_seq, head_hash)
             values ($1, $2, 'lead', $3, 'reported', true, 1, $4, $5, $6, $7, 'operator', $8, $8, true, 0, 'genesis')",
        )
        .bind(REGION)
        .bind(told.id)
        .bind(&number)
        .bind(&told.text)
        .bind(grid.as_deref().unwrap_or(REGION))
        .bind(told.position.map(|(lon, _)| lon))
        .bind(told.position.map(|(_, lat)| lat))
        .bind(told.at)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into lead (region, id, source, source_key, tracking_code, description, text_digest, grid, class_code, class_version)
             values ($1, $2, 'portal', $3, $3, $4, sha256(convert_to($4, 'UTF8')), $5, $6, 'bench')",
        )
        .bind(REGION)
        .bind(told.id)
        .bind(&number)
        .bind(&told.text)
        .bind(&grid)
        .bind(told.class)
        .execute(&mut *transaction)
        .await?;
        let places = grid.iter().flat_map(|grid| [&grid[..9], &grid[..12], grid.as_str()]).map(str::to_owned);
        let facets = [format!("class={}", &told.class[..2]), format!("class={}", told.class), "source=portal".to_owned()];
        let words: Vec<String> = places.chain(facets).chain(bigrams(&told.text)).collect();
        sqlx::query("insert into docket_words (region, docket_id, month, words) values ($1, $2, $3, $4)")
            .bind(REGION)
            .bind(told.id)
            .bind(docket::search_month(told.at))
            .bind(words.join(" "))
            .execute(&mut *transaction)
            .await?;
        if let Some(picture) = told.picture {
            sqlx::query(
                "with kept as (
                    insert into file (sha256, media_type, size, created_at) values (encode(sha256($1::bytea), 'hex'), 'image/jpeg', 1, $2)
                    returning sha256),
                 hashed as (insert into picture_hash (sha256, hash) select sha256, $3 from kept)
                 insert into lead_photo (region, lead_id, ordinal, file, role, at) select $4, $5, 1, sha256, 'report', $2 from kept",
            )
            .bind(number.as_bytes())
            .bind(told.at)
            .bind(picture.cast_signed())
            .bind(REGION)
            .bind(told.id)
            .execute(&mut *transaction)
            .await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// What autovacuum would have done by the time a city has a million, and the disk's rest from the filling.
pub async fn settle(pool: &PgPool) -> Result<()> {
    for table in ["docket", "lead", "docket_words", "lead_photo", "picture_hash"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    Ok(())
}
