//! `bihuan bench indicators`: all indicators of a county for a month among a million leads, over HTTP; by place, unit and person beside it.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use kernel::clock::{Clock, SystemClock, shanghai};
use sqlx::PgPool;

use super::{
    figure::{figure, quantile_ms},
    server::Server,
};

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct IndicatorsArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 线索件数，分布在十二个月里
    #[arg(long, default_value_t = 1_000_000)]
    leads: i64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// How often each report is asked for, each time of other thirty days.
const ROUNDS: usize = 40;
/// The reports: the first is the figure that the house holds itself to.
const REPORTS: [&str; 8] = ["county", "township", "grid", "unit", "collector", "operator", "shift_leader", "dispatcher"];
/// The leads behind a figure: a frequent part and a rare one.
const BEHIND: [(&str, &str); 2] = [("fix-rate", "denominator"), ("dispatch-accurate-rate", "numerator")];

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started or a report is refused.
pub async fn run(args: IndicatorsArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let pool = &opened.owner_pool;
    fill(pool, args.leads).await?;
    let counting = count(pool).await?;
    let items: i64 = sqlx::query_scalar("select count(*) from assessment_item").fetch_one(pool).await?;
    for table in ["assessment_item", "assessment_sum", "assessment_day"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    // What the counting left to write would otherwise be written during the first reports.
    tokio::time::sleep(Duration::from_secs(10)).await;
    let today = SystemClock.now().with_timezone(&shanghai()).date_naive();
    let client = reqwest::Client::new();
    for by in REPORTS {
        let (mut times, mut subjects) = (Vec::with_capacity(ROUNDS), 0);
        for round in 0..ROUNDS {
            let from = today - chrono::Duration::days(30 + 8 * i64::try_from(round)?);
            let path = format!("/api/v1/indicators?from={from}&to={}&by={by}", from + chrono::Duration::days(29));
            let started = Instant::now();
            let answer = client.get(server.url(&path)).header("cookie", &server.cookie).send().await?;
            ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
            let body = answer.bytes().await?;
            times.push(started.elapsed());
            let report: serde_json::Value = serde_json::from_slice(&body)?;
            subjects = report["subjects"].as_array().map_or(0, Vec::len);
            ensure!(subjects > 0, "{path}: a report without subjects");
        }
        let name = if by == "county" { "indicators.p95_ms".to_owned() } else { format!("indicators.{by}.p95_ms") };
        figure(args.json, &name, quantile_ms(&mut times, 0.95), "ms", ROUNDS);
        eprintln!("{by}: {subjects} subjects");
    }
    for (code, part) in BEHIND {
        let mut times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS {
            let from = today - chrono::Duration::days(30 + 8 * i64::try_from(round)?);
            let to = from + chrono::Duration::days(29);
            let path = format!("/api/v1/indicators/{code}/leads?from={from}&to={to}&by=county&part={part}");
            let started = Instant::now();
            let answer = client.get(server.url(&path)).header("cookie", &server.cookie).send().await?;
            ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
            let _ = answer.bytes().await?;
            times.push(started.elapsed());
        }
        figure(args.json, &format!("indicators.leads.{code}.p95_ms"), quantile_ms(&mut times, 0.95), "ms", ROUNDS);
    }
    let leads = usize::try_from(args.leads)?;
    figure(args.json, "indicators.counting_s", counting.as_secs_f64(), "s", leads);
    figure(args.json, "indicators.items", items as f64, "", leads);
    opened.close().await?;
    Ok(())
}

/// Lets the server count everything from the beginning, as it does at its first start on leads of before; answers how long that took.
async fn count(pool: &PgPool) -> Result<Duration> {
    sqlx::query("update assessment_fill set after = '00000000-0000-0000-0000-000000000000', done = false").execute(pool).await?;
    let started = Instant::now();
    loop {
        let over: bool =
            sqlx::query_scalar("select (select done from assessment_fill) and not exists (select from assessment_day where stale)")
                .fetch_one(pool)
                .await?;
        if over {
            return Ok(started.elapsed());
        }
        ensure!(started.elapsed() < Duration::from_secs(7_200), "counting took more than two hours");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Leads of twelve months with whole courses: verified, refused, extended, sent back, reworked, voided or left lying as in a city, in twelve
/// dozen grids of twelve townships, by forty units, a hundred and twenty collectors and some sixty people at desks.
async fn fill(pool: &PgPool, leads: i64) -> Result<()> {
    const STEPS: i64 = 20;
    for step in 0..STEPS {
        let (from, to) = (leads * step / STEPS, leads * (step + 1) / STEPS - 1);
        let mut transaction = pool.begin().await?;
        sqlx::query(MADE).bind(from).bind(to).bind(leads).execute(&mut *transaction).await?;
        for statement in [TIMES, LIMITS, DOCKETS, LEADS, DEADLINES, LINES] {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        eprintln!("filled {} of {leads}", to + 1);
    }
    for table in ["docket", "lead", "ledger_entry", "deadline"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    Ok(())
}

/// Who, where and when; `at` is the report.
const MADE: &str = "create temp table made on commit drop as
    select n, at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid as id,
        '330482' || lpad((1 + (n * 7919) % 144 / 12)::text, 3, '0') || '001' || lpad((1 + (n * 7919) % 12)::text, 3, '0') as grid,
        (array['06010', '09005', '01037', '01003', '09010', '06013', '08001', '07001'])[1 + n % 8] as class,
        (array['patrol', 'patrol', 'patrol', 'portal', 'operator'])[1 + n % 5] as source,
        ('00000000-0000-7000-8000-1' || lpad(((n % 120))::text, 11, '0'))::uuid as collector, ('00000000-0000-7000-8000-2' || lpad(((n % 24))::text, 11, '0'))::uuid as operator, ('00000000-0000-7000-8000-3' || lpad(((n % 12))::text, 11, '0'))::uuid as shift_leader, ('00000000-0000-7000-8000-4' || lpad(((n % 24))::text, 11, '0'))::uuid as dispatcher,
        ('00000000-0000-7000-8000-5' || lpad(((n % 200))::text, 11, '0'))::uuid as handler, ('00000000-0000-7000-8000-6' || lpad((((n * 31) % 40))::text, 11, '0'))::uuid as unit, ('00000000-0000-7000-8000-6' || lpad((((n * 31 + 7) % 40))::text, 11, '0'))::uuid as other
    from (select n, date_trunc('milliseconds', now() - make_interval(secs => ($3 - n)::double precision / $3 * 365 * 86400)) as at
          from generate_series($1::bigint, $2::bigint) as n) as numbered";

/// The turns. What lies in the future has not happened yet.
const TIMES: &str = "create temp table times on commit drop as
    with accepted as (
        select m.*, n % 100 = 99 as refused, at + make_interval(mins => case when n % 10 = 0 then 40 else 3 + (n % 11)::int end) as t_accept
        from made m),
    filed as (
        select *, t_accept + make_interval(mins => case when n % 12 = 0 then 30 else 2 + (n % 9)::int end) as t_file from accepted),
    dispatched as (
        select *, t_file + make_interval(mins => case when n % 14 = 0 then 25 else 1 + (n % 7)::int end) as t_first from filed),
    moved as (
        select *, case when n % 25 = 0 then t_first + interval '3 hours' end as t_back,
            case when n % 25 = 0 then t_first + interval '200 minutes' end as t_again from dispatched),
    taken as (select *, coalesce(t_again, t_first) as t_dispatch from moved),
    fixed as (
        select *, case when n % 15 = 0 then t_dispatch + interval '20 hours' end as t_extend,
            case when n % 60 <> 7 then t_dispatch + make_interval(hours => case when n % 8 = 0 then 60 else 2 + (n % 40)::int end) end as t_fix
        from taken),
    checked as (
        select *, t_fix + interval '5 minutes' as t_order, t_fix + make_interval(mins => case when n % 7 = 0 then 50 else 12 + (n % 15)::int end) as t_check
        from fixed),
    reworked as (
        select *, case when n % 20 = 0 then t_check + interval '5 minutes' end as t_rework, case when n % 20 = 0 then t_check + interval '9 hours' end as t_fix_again,
            case when n % 20 = 0 then t_check + interval '560 minutes' end as t_check_again from checked)
    select *, case when n % 500 = 3 then t_first + interval '1 hour' end as t_void,
        coalesce(t_check_again, t_check) + interval '8 minutes' as t_close from reworked";

/// The rounds of limits.
const LIMITS: &str = "create temp table limits on commit drop as
    select n, id, name, round, begun, due, case when ended <= now() then ended end as ended from times,
    lateral (values
        ('accept', 1, at, at + interval '15 minutes', t_accept),
        ('file', 1, t_accept, t_accept + interval '15 minutes', t_file),
        ('dispatch', 1, t_file, t_file + interval '15 minutes', t_first),
        ('dispatch', 2, t_back, t_back + interval '15 minutes', t_again),
        ('fix', 1, t_first, t_first + make_interval(hours => case when t_extend is not null and t_back is null then 72 else 48 end), coalesce(t_back, t_fix)),
        ('fix', 2, coalesce(t_again, t_rework), coalesce(t_again + make_interval(hours => case when t_extend is not null then 72 else 48 end), t_rework + interval '48 hours'),
            case when t_again is not null then t_fix else t_fix_again end),
        ('fix', 3, case when t_again is not null then t_rework end, t_rework + interval '48 hours', t_fix_again),
        ('check', 1, t_fix, t_fix + interval '30 minutes', coalesce(t_rework, t_check)),
        ('check', 2, t_fix_again, t_fix_again + interval '30 minutes', t_check_again),
        ('close', 1, coalesce(t_check_again, t_check), coalesce(t_check_again, t_check) + interval '15 minutes', t_close)
    ) as l(name, round, begun, due, ended)
    where begun <= now() and (not refused or name = 'accept') and (t_void is null or begun < t_void)";

const DOCKETS: &str = "insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, unit, opened_at, changed_at,
        closed_at, simulated, head_seq, head_hash)
    select '330482', id, 'lead', 'I-' || n, state, state not in ('closed', 'rejected', 'voided'), 1, '考核压测线索', grid, 121.0, 30.6, unit, at, at,
        case when state in ('closed', 'rejected', 'voided') then at end, true, 0, 'genesis'
    from (select *, case when refused then 'rejected' when t_void <= now() then 'voided' when t_close <= now() then 'closed'
        when t_fix <= now() then 'fixed' when t_first <= now() then 'fixing' else 'reported' end as state from times) as ended order by n";

const LEADS: &str = "insert into lead (region, id, source, source_key, tracking_code, description, text_digest, grid, class_code, class_version)
    select '330482', id, source, 'I-' || n, 'I-' || n, '考核压测线索', decode(md5(n::text), 'hex'), grid, class, 'bench' from made order by n";

const DEADLINES: &str = "insert into deadline (region, docket_id, name, round, state, started_at, due_at, fired_at, ended_at, timer)
    select '330482', l.id, name, round, case when t_void <= now() and (l.ended is null or l.ended > t_void) then 'cancelled'
            when ended is null then 'running' when ended <= due then 'met' else 'missed' end, begun, due,
        case when due < coalesce(ended, now()) then due end, ended, '{}' from limits l join times t on t.n = l.n";

const LINES: &str = "insert into ledger_entry (region, docket_id, seq, at, actor, action, payload, previous, hash)
    select '330482', id, row_number() over (partition by id order by told, place), told, actor, action, payload, 'genesis', 'sha256:' || n
    from (
        select n, id, told, place, coalesce('person:' || actor, 'public') as actor, action, coalesce(payload, '{}') as payload from times,
        lateral (values
            (1, at, case when source = 'patrol' then collector when source = 'operator' then operator end, 'report', '{\"grid\":\"' || grid || '\"}'),
            (2, case when not refused then t_accept end, operator, 'accept', null),
            (2, case when refused then t_accept end, operator, 'reject', null),
            (3, t_file, shift_leader, 'file', null),
            (4, t_first, dispatcher, 'dispatch', '{\"unit\":\"' || (case when t_back is null then unit else other end) || '\"}'),
            (5, t_back, handler, 'send-back', null),
            (6, t_again, dispatcher, 'dispatch', '{\"unit\":\"' || unit || '\"}'),
            (7, t_extend, shift_leader, 'grant-extension', null),
            (8, t_fix, handler, 'fix', null),
            (9, t_order, operator, 'request-check', null),
            (10, t_check, collector, 'check', null),
            (11, t_rework, operator, 'rework', null),
            (12, t_fix_again, handler, 'fix', null),
            (13, t_check_again, collector, 'check', null),
            (14, t_close, shift_leader, 'close', null),
            (15, t_void, shift_leader, 'void', null)
        ) as v(place, told, actor, action, payload)
        where told <= now() and (not refused or place <= 2) and (t_void is null or told <= t_void)
        union all
        select l.n, l.id, due, 0, 'system:scheduler', 'limit-missed', '{\"limit\":\"' || name || '\",\"round\":' || round || ',\"due_at\":\"'
            || to_char(due at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '\"}'
        from limits l where due < coalesce(ended, now())
    ) as told_lines";
