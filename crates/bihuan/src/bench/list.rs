//! `bihuan bench list`: the worst of triage queue, filters, to-do and search among a million dockets, over HTTP, pages of 50.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use chrono::{DateTime, Utc};
use kernel::clock::{Clock, SystemClock};
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

/// How often each list is asked for; each time with another grid, class, word and month, so that no answer was asked for before.
const ROUNDS: usize = 40;

/// The lists: what the desk's pages ask for, frequent and rare filters, frequent and rare words, combinations, deep pages. `GRID`, `CLASS`,
/// `OTHER` (a class that the word never meets), `PLACE`, `THING` and `MONTH` stand for another one in every round.
const LISTS: [(&str, &str); 33] = [
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
    ("class", "/api/v1/leads?class=CLASS&limit=50"),
    ("class_closed", "/api/v1/leads?class=CLASS&state=closed&limit=50"),
    ("class_absent", "/api/v1/leads?class=10001&state=closed&limit=50"),
    ("class_rejected", "/api/v1/leads?class=CLASS&state=rejected&limit=50"),
    ("category", "/api/v1/leads?class=09&state=closed&limit=50"),
    ("region", "/api/v1/leads?region=GRID&limit=50"),
    ("region_state", "/api/v1/leads?region=GRID&state=rejected&limit=50"),
    ("region_class", "/api/v1/leads?region=GRID&class=CLASS&limit=50"),
    ("month", "/api/v1/leads?to=MONTH&limit=50"),
    ("month_class", "/api/v1/leads?to=MONTH&class=CLASS&limit=50"),
    ("word_frequent", "/api/v1/leads?q=THING&limit=50"),
    ("word_rare", "/api/v1/leads?q=%E7%8B%AC%E8%A7%92%E5%85%BD&limit=50"),
    ("words_two", "/api/v1/leads?q=PLACETHING&limit=50"),
    ("word_and_state", "/api/v1/leads?q=THING&state=checked&limit=50"),
    ("word_and_grid", "/api/v1/leads?q=THING&region=GRID&limit=50"),
    ("word_and_class", "/api/v1/leads?q=THING&class=CLASS&limit=50"),
    ("word_and_other_class", "/api/v1/leads?q=THING&class=OTHER&limit=50"),
    ("word_and_source", "/api/v1/leads?q=THING&source=letters&limit=50"),
    ("word_and_rare_state", "/api/v1/leads?q=THING&state=voided&limit=50"),
    ("word_in_a_month", "/api/v1/leads?q=THING&to=MONTH&limit=50"),
    ("todo", "/api/v1/todo?limit=50"),
];

/// What reports name: where, and what is wrong there.
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
const THINGS: [(&str, &str); 8] = [
    ("路灯不亮", "01037"),
    ("垃圾成堆", "06010"),
    ("店外经营", "09005"),
    ("井盖破损", "01003"),
    ("乱停车辆", "09010"),
    ("道路破损", "06013"),
    ("施工噪声", "08001"),
    ("乱贴广告", "07001"),
];

/// The path of one round.
fn path(pattern: &str, round: usize, now: DateTime<Utc>) -> String {
    let (thing, class) = THINGS[round % THINGS.len()];
    pattern
        .replace("GRID", &format!("330482001001{:03}", 1 + round * 3))
        .replace("CLASS", class)
        .replace("OTHER", THINGS[(round + 3) % THINGS.len()].1)
        .replace("PLACE", PLACES[round % PLACES.len()])
        .replace("THING", thing)
        .replace("MONTH", &(now - chrono::Duration::days(20 + 25 * round as i64)).format("%Y-%m-%dT00:00:00Z").to_string())
}

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started or a list is refused.
pub async fn run(args: ListArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    fill(&opened.owner_pool, args.dockets).await?;
    let (client, now) = (reqwest::Client::new(), SystemClock.now());
    let (mut worst, mut worst_name) = (0.0, "");
    let mut lines = Vec::new();
    for (name, pattern) in LISTS {
        let mut times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS {
            let path = path(pattern, round, now);
            let started = Instant::now();
            let answer = client.get(server.url(&path)).header("cookie", &server.cookie).send().await?;
            ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
            let _ = answer.bytes().await?;
            times.push(started.elapsed());
        }
        // The very first call also fills caches and plans; it is printed beside.
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

/// Rows as a city has after three years: most closed, a few open in every state, eight classes, twelve dozen grids, texts of some thirty
/// characters in words of every frequency. What is open was reported in the last three weeks.
async fn fill(pool: &PgPool, dockets: i64) -> Result<()> {
    const STEPS: i64 = 20;
    let (things, classes): (Vec<_>, Vec<_>) = THINGS.into_iter().unzip();
    for step in 0..STEPS {
        let (from, to) = (dockets * step / STEPS, dockets * (step + 1) / STEPS - 1);
        let mut transaction = pool.begin().await?;
        sqlx::query(
            "create temp table made on commit drop as
             select n, now() - make_interval(secs => (($3 - n)::double precision / $3) * 3 * 365 * 86400) as at,
                $4[1 + (n * 31) % 20] || (1 + (n * 37) % 400) || '号门口' || $5[1 + n % 8] || '，'
                    || (array['已经三天', '昨天晚上', '每天早上', '下雨以后', '周末最多', '刚刚发现'])[1 + (n / 8) % 6]
                    || (array['影响行人通行', '邻居都有意见', '老人差点摔倒', '希望尽快处理', '多次反映没有结果', '学生上学不安全', '气味很大'])[1 + (n / 48) % 7]
                    || '，编号' || n as text,
                $6[1 + n % 8] as class,
                '330482001001' || lpad((1 + (n * 7919) % 144)::text, 3, '0') as grid,
                case when n >= $3 - $3 / 50 and n % 3 = 0
                         then (array['reported', 'accepted', 'dispatched', 'fixing', 'fixed', 'checked'])[1 + (n / 3) % 6]
                     when n % 1000 < 990 then 'closed' when n % 1000 < 998 then 'rejected' else 'voided' end as state
             from generate_series($1::bigint, $2::bigint) as n",
        )
        .bind(from)
        .bind(to)
        .bind(dockets)
        .bind(PLACES.as_slice())
        .bind(things.as_slice())
        .bind(classes.as_slice())
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
                case when state not in ('closed', 'rejected', 'voided') then at + interval '20 days' end,
                case when state not in ('closed', 'rejected', 'voided') then at + interval '15 days' end, at, at,
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
                array_to_string(array(select distinct substr(part, k, 2) from unnest(regexp_split_to_array(text, '[0-9，]+')) as part,
                          generate_series(1, char_length(part) - 1) as k)
                    || array[left(grid, 9), left(grid, 12), grid, 'class=' || left(class, 2), 'class=' || class,
                        'source=' || case when n % 5000 = 0 then 'letters' when n % 3 = 0 then 'portal' else 'patrol' end, ((n * 37) % 400 + 1)::text, n::text]
                    || case when state in ('rejected', 'voided') then array['state=' || state] else '{}' end
                    || case when n = $1 / 2 then array['独角', '角兽'] else '{}' end, ' ')
             from made order by n",
        )
        .bind(dockets)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        eprintln!("filled {} of {dockets}", to + 1);
    }
    // What autovacuum would have done by the time a city has a million: without it every first read pays for it.
    for table in ["docket", "lead", "docket_words"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    // What the filling left to write would otherwise be written during the first lists.
    tokio::time::sleep(Duration::from_secs(10)).await;
    Ok(())
}
