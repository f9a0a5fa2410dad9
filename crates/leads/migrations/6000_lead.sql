-- A lead (线索): what a docket of kind 'lead' says besides its header.
create table lead (
    region           text not null,
    id               uuid not null,
    source           text not null,
    source_key       text not null,
    tracking_code    text not null unique,
    description      text not null,
    text_digest      bytea not null,
    address          text,
    grid             text collate "C",
    class_code       text,
    class_version    text,
    component_code   text,
    standard         text,
    closing_standard text,
    limit_value      double precision,
    limit_unit       text,
    limit_provisional boolean not null default true,
    details          jsonb not null default '{}',
    reporter_subject uuid,
    reporter_person  uuid,
    occurred_at      timestamptz,
    handler          uuid,
    verified         boolean,
    check_passed     boolean,
    suspended_from   text,
    extension_hours  integer,
    extension_reason text,
    extensions       integer not null default 0,
    sent_back_by     uuid[] not null default '{}',
    rework_count     integer not null default 0,
    merged_into      uuid,
    reply            text,
    stars            smallint check (stars between 1 and 5),
    rating_comment   text,
    rated_at         timestamptz,
    primary key (region, id),
    foreign key (region, id) references docket (region, id) deferrable initially deferred
);
create unique index lead_source_key on lead (region, source, source_key);
create index lead_id on lead (id);
create index lead_class on lead (class_code, id desc);
create index lead_grid_class on lead (grid, class_code, id desc);
create index lead_source on lead (source, id desc);
create index lead_digest on lead (text_digest);
create index lead_extension on lead (id desc) where extension_hours is not null;

create table lead_photo (
    region  text not null,
    lead_id uuid not null,
    ordinal integer not null,
    file    text not null,
    role    text not null,
    at      timestamptz not null,
    primary key (region, lead_id, ordinal),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
create index lead_photo_file on lead_photo (file);

-- Dispatch by rule: class × place × time × duty. The lowest priority number that fits wins.
create table dispatch_rule (
    id            uuid primary key,
    region        text not null,
    priority      integer not null,
    class_prefix  text not null,
    region_prefix text not null,
    weekdays      smallint[],
    from_hour     smallint check (from_hour between 0 and 23),
    to_hour       smallint check (to_hour between 1 and 24),
    on_duty       boolean not null default false,
    unit_id       uuid not null,
    note          text not null default '',
    version       bigint not null default 1
);

-- Which sources and classes are accepted, filed and dispatched without an operator.
create table intake_setting (
    region       text not null,
    source       text not null,
    class_prefix text not null,
    automatic    boolean not null,
    primary key (region, source, class_prefix)
);

create table duty (
    id        uuid primary key,
    region    text not null,
    unit_id   uuid not null,
    person_id uuid,
    from_at   timestamptz not null,
    to_at     timestamptz not null,
    check (to_at > from_at)
);
create index duty_time on duty (unit_id, from_at, to_at);
