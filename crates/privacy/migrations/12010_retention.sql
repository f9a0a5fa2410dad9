-- How long each kind of data is kept (保存期限, 个人信息保护法 art. 19). Kinds without days are kept.
create table retention_setting (
    region  text primary key,
    days    jsonb not null,
    version bigint not null check (version >= 1)
);

-- A run over everything that is due. What it did stands in it after every batch: broken off, it goes on from there.
create table retention_run (
    region     text not null,
    id         uuid not null,
    state      text not null check (state in ('running', 'done')),
    -- The days as they were set when it began.
    days       jsonb not null,
    -- What was dropped and what was spared, by kind.
    counts     jsonb not null default '{}',
    -- The kind that it is at, and where in it.
    kind       text,
    after_at   timestamptz,
    after_id   uuid,
    asked_by   uuid,
    started_at timestamptz not null,
    ended_at   timestamptz,
    primary key (region, id)
);
create unique index retention_run_one on retention_run (region) where state = 'running';

-- A lead whose data stay, whatever is due (暂停删除).
create table retention_hold (
    region      text not null,
    id          uuid not null,
    lead        uuid not null,
    number      text not null,
    reason      text not null,
    placed_by   uuid not null,
    placed_at   timestamptz not null,
    released_by uuid,
    released_at timestamptz,
    primary key (region, id)
);
create unique index retention_hold_one on retention_hold (region, lead) where released_at is null;

-- The application cannot delete its logs. Through here it can, and nothing of the last six months (网络安全法 art. 21 no. 3), whatever
-- it asks for: the owner's function looks at the machine's own clock.
create function retention_drop_logs(before timestamptz, most integer) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    until timestamptz := least(before, now() - interval '6 months');
    gone bigint := 0;
    part bigint;
begin
    delete from sign_in where id in (select id from sign_in where at < until order by at limit most);
    get diagnostics part = row_count;
    gone := gone + part;
    delete from identity_change where id in (select id from identity_change where at < until order by at limit most);
    get diagnostics part = row_count;
    gone := gone + part;
    delete from export_audit where id in (select id from export_audit where at < until order by at limit most);
    get diagnostics part = row_count;
    return gone + part;
end $$;
revoke all on function retention_drop_logs(timestamptz, integer) from public;

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        grant execute on function retention_drop_logs(timestamptz, integer) to bihuan_app;
        revoke delete, truncate on retention_run, retention_hold from bihuan_app;
    end if;
end $$;
