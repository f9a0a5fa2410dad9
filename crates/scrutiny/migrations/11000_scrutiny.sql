-- What was answered on site (现场反馈): made from the ledger, and at any time again.
create table scrutiny_act (
    region       text not null,
    docket_id    uuid not null,
    seq          bigint not null,
    number       text not null,
    verb         text not null check (verb in ('verify', 'fix', 'check')),
    at           timestamptz not null,
    person       uuid,
    unit         uuid,
    jurisdiction text collate "C" not null,
    passed       boolean,
    due_at       timestamptz,
    lon          double precision,
    lat          double precision,
    accuracy     double precision,
    stood_at     timestamptz,
    simulated    boolean not null,
    primary key (region, docket_id, seq)
);
create index scrutiny_act_way on scrutiny_act (person, stood_at) where lon is not null and stood_at is not null;
create index scrutiny_act_fix on scrutiny_act (at) where verb = 'fix' and due_at is not null;

-- A suspicion (疑点): found once by its key, judged by a person. What it rests on is kept as it was found.
create table suspicion (
    id           uuid primary key,
    region       text not null,
    key          text not null,
    kind         text not null,
    strength     text not null check (strength in ('strong', 'weak')),
    rule         text not null,
    docket_id    uuid,
    number       text,
    jurisdiction text collate "C" not null,
    unit         uuid,
    person       uuid,
    reason       text not null,
    numbers      jsonb not null,
    photo        text,
    other_photo  text,
    other_lead   uuid,
    other_number text,
    lon          double precision,
    lat          double precision,
    act_lon      double precision,
    act_lat      double precision,
    leads        uuid[] not null default '{}',
    round_begun  timestamptz,
    found_at     timestamptz not null,
    state        text not null check (state in ('open', 'upheld', 'dismissed')),
    outcome      text check (outcome in ('rework', 'counted', 'waiting')),
    holds        boolean not null default false,
    judged_by    uuid,
    judged_at    timestamptz,
    note         text,
    simulated    boolean not null,
    version      bigint not null default 1,
    unique (region, key)
);
create index suspicion_state on suspicion (state, id desc);
create index suspicion_lead on suspicion (docket_id) where docket_id is not null;
create index suspicion_unit on suspicion (unit, id desc) where unit is not null;

-- Every verdict that was given or withdrawn, in order.
create table suspicion_verdict (
    id        bigint generated always as identity primary key,
    suspicion uuid not null references suspicion (id),
    at        timestamptz not null,
    person    uuid not null,
    state     text not null,
    note      text not null
);
create index suspicion_verdict_of on suspicion_verdict (suspicion, id);

-- Leads that changed since they were last looked at.
create table scrutiny_pending (
    id        bigint generated always as identity primary key,
    region    text not null,
    docket_id uuid not null
);

-- The first looking at what was there before: how far it has come; and the day for which the spread of replies was last looked at.
create table scrutiny_fill (
    only_one boolean primary key default true check (only_one),
    after    uuid not null,
    done     boolean not null,
    spread   date
);
insert into scrutiny_fill (after, done) values ('00000000-0000-0000-0000-000000000000', false);

create table scrutiny_setting (
    region       text primary key,
    hold_closing boolean not null,
    version      bigint not null
);
