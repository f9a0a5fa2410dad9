-- How the rules about vehicles are set (规则集), in versions. What was published holds from a day on and never changes.
create table finding_rule_set (
    region       text not null,
    version      integer not null check (version > 0),
    rules        jsonb not null,
    note         text not null,
    drafted_by   uuid,
    drafted_at   timestamptz not null,
    published_by uuid,
    published_at timestamptz,
    -- The first day, in the city, that is judged by it.
    in_force_on  date,
    revision     bigint not null default 1,
    primary key (region, version),
    check ((published_at is null) = (in_force_on is null))
);
-- At most one draft.
create unique index finding_rule_set_draft on finding_rule_set (region) where published_at is null;

-- Days of vehicles whose points changed since they were judged (待判定). Written in the transaction that moves the points.
create table finding_due (
    vehicle    bigint not null,
    day        date not null,
    -- Grows with every change: what changed while it was being judged is judged again.
    changes    bigint not null default 1,
    not_before timestamptz not null,
    primary key (vehicle, day)
);
create index finding_due_next on finding_due (not_before);

-- What a vehicle is found to have done (车辆违规发现): one of a vehicle, rule and episode.
create table finding (
    region          text not null,
    id              uuid not null,
    vehicle         bigint not null,
    plate           text not null,
    rule            text not null,
    state           text not null check (state in ('waiting', 'upheld', 'filed', 'dismissed', 'withdrawn')),
    -- The day in the city on which it began.
    day             date not null,
    began_at        timestamptz not null,
    ended_at        timestamptz not null,
    -- It went on as far as points go.
    open            boolean not null,
    lon             double precision not null,
    lat             double precision not null,
    jurisdiction    text not null collate "C",
    rules_version   integer not null,
    terrain_version text not null,
    numbers         jsonb not null,
    words           text not null,
    -- The track around it: second, longitude, latitude, km/h, load, lid, kilograms; in the order of time.
    track           jsonb not null,
    -- The places that it was held against, with their shapes as they were.
    places          jsonb not null,
    -- Lid, load or weight were read by a vendor's table that was inferred.
    provisional     boolean not null,
    visitor         boolean not null,
    simulated       boolean not null,
    found_at        timestamptz not null,
    changed_at      timestamptz not null,
    -- After it was judged by a person later points told otherwise; what he judged stays as it was.
    outdated        boolean not null default false,
    verdict_by      uuid,
    verdict_at      timestamptz,
    reason          text,
    class_code      text,
    lead_id         uuid,
    lead_number     text,
    -- Upheld, and its lead could not be filed: it is tried again from then on, and holds no other up.
    file_after      timestamptz,
    version         bigint not null default 1,
    primary key (region, id),
    check (ended_at >= began_at),
    check ((state in ('waiting', 'withdrawn')) = (verdict_at is null)),
    check (state <> 'filed' or lead_id is not null)
);
create index finding_of_day on finding (region, vehicle, day);
create index finding_newest on finding (region, began_at desc, id desc);
create index finding_state on finding (region, state, began_at desc, id desc);
create index finding_rule on finding (region, rule, state);
create unique index finding_lead on finding (lead_id) where lead_id is not null;
