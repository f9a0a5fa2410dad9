-- Case guides (办案指引) in versions, and model cases (典型案例): shown inside cases of their matters.
create table case_guide (
    id         uuid primary key,
    region     text not null,
    code       text not null check (code ~ '^[a-z0-9-]{1,40}$'),
    number     integer not null check (number > 0),
    title      text not null check (length(title) between 1 and 100),
    -- For these matters; for all of a field where it is named; for every case where neither is.
    matters    text[] not null,
    field      text not null default '',
    text       text not null check (length(text) between 1 and 20000),
    withdrawn  boolean not null default false,
    reason     text not null check (length(reason) between 1 and 500),
    written_by uuid not null,
    written_at timestamptz not null,
    unique (region, code, number)
);

create table model_case (
    id           uuid primary key,
    region       text not null,
    case_id      uuid not null,
    version      integer not null default 1,
    state        text not null check (state in ('nominated', 'shown', 'withdrawn')),
    level        text not null check (level in ('county', 'city', 'province')),
    title        text not null check (length(title) between 1 and 100),
    matter_code  text not null,
    matter_name  text not null,
    -- Masked: without names and numbers; another person looked it through before it is shown.
    summary      text not null check (length(summary) between 1 and 5000),
    merits       text not null check (length(merits) between 1 and 2000),
    nominated_by uuid not null,
    nominated_at timestamptz not null,
    checked_by   uuid,
    checked_at   timestamptz,
    ended_by     uuid,
    ended_at     timestamptz,
    end_reason   text,
    check (checked_by is null or checked_by <> nominated_by),
    check (state <> 'shown' or checked_by is not null)
);
create unique index model_case_live on model_case (case_id) where state <> 'withdrawn';
create index model_case_matter on model_case (matter_code) where state = 'shown';
