-- Findings (评查问题): each deduction goes back to the officer, who answers; somebody who had no part in the case judges the answer.
create table review_finding (
    id          uuid primary key,
    file        uuid not null references review_file (id),
    round       uuid not null references review_round (id),
    region      text not null,
    unit        uuid,
    officer     uuid,
    officers    uuid[] not null,
    item        text not null,
    deduction   text not null,
    title       text not null,
    article     text not null,
    severity    text not null check (severity in ('slight', 'general', 'serious', 'veto')),
    tenths      integer not null check (tenths >= 0),
    note        text not null,
    state       text not null check (state in ('told', 'corrected', 'objected', 'confirmed', 'upheld', 'dropped')),
    version     integer not null default 1,
    told_at     timestamptz not null,
    due_at      timestamptz not null,
    warn_at     timestamptz not null,
    answer      text,
    answered_by uuid,
    answered_at timestamptz,
    judgement   text,
    judged_by   uuid,
    judged_at   timestamptz,
    check (judged_by is null or not judged_by = any (officers)),
    check ((state in ('confirmed', 'upheld', 'dropped')) <= (judged_at is not null))
);
create index review_finding_round on review_finding (round, id);
create index review_finding_file on review_finding (file);
create index review_finding_officers on review_finding using gin (officers);
create index review_finding_open on review_finding (region text_pattern_ops, due_at) where state in ('told', 'corrected', 'objected');

-- What ranks handlers (办案能手): weights of the district. What they were before stands in the history of settings.
create table quality_setting (
    region     text primary key,
    weights    jsonb not null,
    changed_by uuid not null,
    changed_at timestamptz not null
);
