-- What indicators count (考核事项): one row an item, which stands on one city day. Made from the ledger and the limits, and at any time
-- again. 'infinity' says that it has not happened.
create table assessment_item (
    region     text not null,
    docket_id  uuid not null,
    ordinal    smallint not null,
    kind       smallint not null,
    day        date not null,
    ended      date not null,
    spoilt     date not null,
    superseded date not null,
    in_time    boolean not null,
    extended   boolean not null,
    origin     smallint not null,
    place      text collate "C" not null,
    unit       uuid,
    person     uuid,
    primary key (region, docket_id, ordinal)
);
-- A figure opens to its leads along this, newest day first; a day is summed along it too.
create index assessment_item_day on assessment_item (kind, day, docket_id, ordinal);

-- Leads that changed since they were last counted.
create table assessment_pending (
    id        bigint generated always as identity primary key,
    region    text not null,
    docket_id uuid not null
);

-- The first counting of what was there before: how far it has come.
create table assessment_fill (
    only_one boolean primary key default true check (only_one),
    after    uuid not null,
    done     boolean not null
);
insert into assessment_fill (after, done) values ('00000000-0000-0000-0000-000000000000', false);

-- A day's items summed up. A stale day is read from the items until it is summed again.
create table assessment_day (
    day   date primary key,
    stale boolean not null
);
create index assessment_day_stale on assessment_day (day) where stale;
-- 1: by place in full; 2: by township and unit; 3: by township and person; 4: by township.
create table assessment_sum (
    facing     smallint not null,
    day        date not null,
    kind       smallint not null,
    ended      date not null,
    spoilt     date not null,
    superseded date not null,
    in_time    boolean not null,
    extended   boolean not null,
    origin     smallint not null,
    place      text collate "C" not null,
    unit       uuid,
    person     uuid,
    n          bigint not null
);
create index assessment_sum_day on assessment_sum (facing, day);

-- Weights and grades, version after version: a period is graded by what was in force on its last day.
create table assessment_setting (
    region     text not null,
    version    bigint not null,
    at         timestamptz not null,
    content    jsonb not null,
    primary key (region, version)
);
