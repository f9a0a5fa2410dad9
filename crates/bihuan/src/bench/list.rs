//! `bihuan bench list`: the worst of triage queue, filters, to-do and search among a million dockets, over HTTP, pages of 50.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use sqlx::PgPool;

use super::{
    figure::{figure, quantile_ms},
    server::Server,
};

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct ListArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 件数
    #[arg(long, default_value_t = 1_000_000)]
    dockets: i64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// How often each list is asked for.
const ROUNDS: usize = 20;

/// The lists: what the desk's pages ask for, frequent and rare filters, frequent and rare words, deep pages.
const LISTS: [(&str, &str); 22] = [
    ("triage", "/api/v1/leads?queue=triage&limit=50"),
    ("triage_due", "/api/v1/leads?queue=triage&sort=due&limit=50"),
    ("check", "/api/v1/leads?queue=check&limit=50"),
    ("extension", "/api/v1/leads?queue=extension&limit=50"),
    ("all", "/api/v1/leads?limit=50"),
    ("due", "/api/v1/leads?sort=due&limit=50"),
    ("red", "/api/v1/leads?light=red&limit=50"),
    ("yellow", "/api/v1/leads?light=yellow&limit=50"),
    ("closed", "/api/v1/leads?state=closed&limit=50"),
    ("voided", "/api/v1/leads?state=voided&limit=50"),
    ("source_rare", "/api/v1/leads?source=letters&limit=50"),
    ("source_frequent", "/api/v1/leads?source=portal&limit=50"),
    ("class", "/api/v1/leads?class=06010&limit=50"),
    ("class_rare_closed", "/api/v1/leads?class=10001&state=closed&limit=50"),
    ("category", "/api/v1/leads?class=09&state=closed&limit=50"),
    ("region", "/api/v1/leads?region=330482001001007&limit=50"),
    ("region_state", "/api/v1/leads?region=330482001001007&state=rejected&limit=50"),
    ("months_ago", "/api/v1/leads?to=2025-01-01T00:00:00Z&limit=50"),
    ("word_frequent", "/api/v1/leads?q=%E8%B7%AF%E7%81%AF&limit=50"),
    ("word_rare", "/api/v1/leads?q=%E7%8B%AC%E8%A7%92%E5%85%BD&limit=50"),
    ("word_and_state", "/api/v1/leads?q=%E5%9E%83%E5%9C%BE&state=checked&limit=50"),
    ("todo", "/api/v1/todo?limit=50"),
];

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started or a list is refused.
pub async fn run(args: ListArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    fill(&opened.owner_pool, args.dockets).await?;
    let client = reqwest::Client::new();
    let (mut worst, mut worst_name) = (0.0, "");
    let mut lines = Vec::new();
    for (name, path) in LISTS {
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let answer = client.get(server.url(path)).header("cookie", &server.cookie).send().await?;
            ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
            let _ = answer.bytes().await?;
            times.push(started.elapsed());
        }
        // The first call is the cold one: with twenty calls the 95th percentile is the second worst, so it is printed beside.
        let cold = times[0].as_secs_f64() * 1_000.0;
        let p95 = quantile_ms(&mut times, 0.95);
        if p95 > worst {
            (worst, worst_name) = (p95, name);
        }
        lines.push((name, p95, cold));
    }
    figure(args.json, "list.p95_ms", worst, "ms", ROUNDS * LISTS.len());
    for (name, p95, cold) in lines {
        figure(args.json, &format!("list.{name}.p95_ms"), p95, "ms", ROUNDS);
        figure(args.json, &format!("list.{name}.cold_ms"), cold, "ms", 1);
    }
    eprintln!("worst: {worst_name}");
    opened.close().await?;
    Ok(())
}

/// Rows as a city has after three years: most closed, a few open in every state, two dozen classes, twelve dozen grids.
async fn fill(pool: &PgPool, dockets: i64) -> Result<()> {
    const STEPS: i64 = 20;
    for step in 0..STEPS {
        let (from, to) = (dockets * step / STEPS, dockets * (step + 1) / STEPS - 1);
        let mut transaction = pool.begin().await?;
        sqlx::query(
            "create temp table made on commit drop as
             select n, now() - make_interval(secs => (($3 - n)::double precision / $3) * 3 * 365 * 86400) as at,
                (array['路灯不亮，晚上很黑', '垃圾成堆没人清运', '店外经营占道', '井盖破损有响声', '非机动车乱停放', '道路破损有坑', '施工噪声扰民',
                       '墙上有小广告'])[1 + n % 8] || '，第' || n || '号' as text,
                (array['01037', '06010', '09005', '01003', '09010', '06013', '08001', '07001'])[1 + n % 8] as class,
                '330482001001' || lpad((1 + (n * 7919) % 144)::text, 3, '0') as grid,
                case when n % 1000 < 985 then 'closed' when n % 1000 < 993 then 'rejected' when n % 1000 = 993 then 'voided'
                     else (array['reported', 'accepted', 'dispatched', 'fixing', 'fixed', 'checked'])[1 + n % 6] end as state
             from generate_series($1::bigint, $2::bigint) as n",
        )
        .bind(from)
        .bind(to)
        .bind(dockets)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("alter table made add column id uuid").execute(&mut *transaction).await?;
        // A UUIDv7 by hand: 48 bits of milliseconds, then version, variant and the number.
        sqlx::query(
            "update made set id = (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8000'
                || lpad(to_hex(n), 12, '0'))::uuid",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, holder_role, unit, due_at,
                warn_at, opened_at, changed_at, closed_at, simulated, head_seq, head_hash)
             select '330482', id, 'lead', 'B-' || n, state, state not in ('closed', 'rejected', 'voided'), 1, text, grid, 121.0, 30.6,
                case state when 'reported' then 'operator' when 'fixed' then 'operator' when 'accepted' then 'shift_leader' end, null,
                case when state not in ('closed', 'rejected', 'voided') then at + interval '2 days' end,
                case when state not in ('closed', 'rejected', 'voided') then at + interval '1 day' end, at, at,
                case when state in ('closed', 'rejected', 'voided') then at + interval '1 day' end, true, 0, 'genesis'
             from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into lead (region, id, source, source_key, tracking_code, description, text_digest, grid, class_code, class_version)
             select '330482', id, case when n % 5000 = 0 then 'letters' when n % 3 = 0 then 'portal' else 'patrol' end, 'B-' || n, 'B-' || n,
                text, decode(md5(text), 'hex'), grid, class, 'bench' from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "insert into docket_words (region, docket_id, month, words)
             select '330482', id, (extract(year from at) * 12 + extract(month from at) - 1)::int,
                array(select substr(text, k, 2) from generate_series(1, char_length(split_part(text, '，第', 1)) - 1) as k)
                    || case when n = 500000 then array['独角', '角兽'] else '{}' end
             from made order by n",
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        eprintln!("filled {} of {dockets}", to + 1);
    }
    // What autovacuum would have done by the time a city has a million: without it every first read pays for it.
    for table in ["docket", "lead", "docket_words"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(())
}
