-- Points as they came, many of a commit in one row (轨迹收件). A row is moved into `track` within seconds, in the transaction that deletes it.
create table track_inbox (
    id       bigint generated always as identity primary key,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    many     integer not null,
    points   bytea not null
);
alter table track_inbox alter column points set storage external;

-- Points in the order of their own times (轨迹): of one vehicle in ten minutes of a day, in parts of a bounded size.
create table track (
    day     date not null,
    -- Ten minutes of the day in Beijing time, from 0.
    slot    smallint not null check (slot between 0 and 143),
    vehicle bigint not null,
    part    integer not null,
    many    integer not null,
    -- What the points cover, in millionths of a degree; nothing where none of them has a place.
    west    integer,
    south   integer,
    east    integer,
    north   integer,
    points  bytea not null,
    primary key (day, vehicle, slot, part)
) partition by range (day);
create index track_slot on track (day, slot);

-- The newest point of each vehicle (最新位置).
create table track_now (
    vehicle bigint primary key,
    at      timestamptz not null,
    alarms  bigint not null,
    point   bytea not null
) with (fillfactor = 70);

-- An alarm from when its bit rose to when it fell (报警起止).
create table track_alarm (
    vehicle  bigint not null,
    bit      smallint not null check (bit between 0 and 31),
    began_at timestamptz not null,
    ended_at timestamptz,
    lon      integer,
    lat      integer,
    primary key (vehicle, bit, began_at)
);
create index track_alarm_open on track_alarm (vehicle, bit) where ended_at is null;
create index track_alarm_began on track_alarm (began_at);

-- The application owns no table and makes none. Through here it opens the partition of a day, and drops those that are past their period.
create function track_open_day(wanted date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if wanted not between current_date - 3660 and current_date + 3660 then
        raise exception 'no partition for %', wanted;
    end if;
    execute format('create table if not exists %I partition of track for values from (%L) to (%L)',
        'track_' || to_char(wanted, 'YYYYMMDD'), wanted, wanted + 1);
end $$;
revoke all on function track_open_day(date) from public;

-- Nothing of the last 183 days, whatever is asked for: the owner's function looks at the machine's own clock.
create function track_drop_before(wanted date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    name text;
    gone integer := 0;
begin
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'track'::regclass and c.relname < 'track_' || to_char(least(wanted, current_date - 183), 'YYYYMMDD')
        order by c.relname
    loop
        execute format('drop table %I', name);
        gone := gone + 1;
    end loop;
    return gone;
end $$;
revoke all on function track_drop_before(date) from public;

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        grant execute on function track_open_day(date), track_drop_before(date) to bihuan_app;
    end if;
end $$;
