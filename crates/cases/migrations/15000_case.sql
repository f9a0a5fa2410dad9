-- Enforcement cases (行政处罚案件). Each is a docket of the kind `case`; here stands what is its own. No name, no number of a person:
-- those are in the vault of personal data, under `subject`.
create table enforcement_case (
    region        text not null,
    id            uuid not null,
    -- The same codes as the facts and the docket's header; here so that lists filter by them.
    track         text not null,
    state         text not null,
    -- What the guards of the law read (`law::procedure::Case`): written by steps alone.
    facts         jsonb not null,
    -- The matter as it was when the case was opened: later versions of the library change nothing here.
    matter_code   text not null check (length(matter_code) between 1 and 40),
    matter_name   text not null check (length(matter_name) between 1 and 200),
    articles      text not null check (length(articles) between 1 and 1000),
    fine_min_fen  bigint check (fine_min_fen >= 0),
    fine_max_fen  bigint check (fine_max_fen >= fine_min_fen),
    acted_on      date not null,
    found_on      date not null,
    place         text not null,
    summary       text not null,
    -- The lead it comes from; none for the organ's own finding.
    lead_id       uuid,
    lead_number   text,
    opened_by     uuid not null,
    -- The penalty as it is planned now, and as the party was last told of it.
    plan          jsonb,
    told          jsonb,
    hearing_at    timestamptz,
    decided_at    timestamptz,
    -- A fine was decided and stands.
    fined         boolean not null default false,
    primary key (region, id)
);
create index enforcement_case_lead on enforcement_case (region, lead_id) where lead_id is not null;

create table case_party (
    region     text not null,
    case_id    uuid not null,
    ordinal    smallint not null,
    kind       text not null check (kind in ('individual', 'household', 'unit')),
    age        text not null check (age in ('grown', 'youth', 'excused')),
    subject    uuid not null,
    -- The keyed blind index of the identity number: the same person is found without being read.
    blind      bytea,
    primary key (region, case_id, ordinal)
);
create index case_party_blind on case_party (blind) where blind is not null;
create index case_party_subject on case_party (region, subject);

create table case_officer (
    region      text not null,
    case_id     uuid not null,
    person      uuid not null,
    ordinal     smallint not null,
    -- As they stood when the officer joined the case.
    certificate text,
    valid_until date,
    -- Recused: takes part no more, and is remembered.
    recused     boolean not null default false,
    joined_at   timestamptz not null,
    primary key (region, case_id, person)
);
create index case_officer_person on case_officer (person, case_id desc);

create table case_photo (
    region  text not null,
    case_id uuid not null,
    ordinal integer not null,
    file    text not null,
    primary key (region, case_id, ordinal)
);
create index case_photo_file on case_photo (file);

-- Each step that was taken: what was given, and what was derived from it. The ledger carries the same line, sealed.
create table case_step (
    region   text not null,
    case_id  uuid not null,
    ordinal  integer not null,
    action   text not null,
    at       timestamptz not null,
    -- Nobody where time did it.
    person   uuid,
    content  jsonb not null,
    attempt  jsonb not null,
    before   text not null,
    after    text not null,
    primary key (region, case_id, ordinal)
);

-- The periods whose end opens or closes a way. The organ's own limits are the docket's.
create table case_clock (
    region   text not null,
    case_id  uuid not null,
    clock    text not null,
    round    integer not null,
    -- The rule of the table of deadlines; none where the document set so many days.
    rule     text,
    days     integer check (days between 1 and 3650),
    from_at  timestamptz not null,
    due_at   timestamptz not null,
    ended_at timestamptz,
    ran_out  boolean not null default false,
    -- Its time has come, but the case is not where its end does anything: looked at again after the next step.
    waiting  boolean not null default false,
    primary key (region, case_id, clock, round),
    check ((rule is null) <> (days is null))
);
create index case_clock_due on case_clock (due_at) where ended_at is null and not waiting;
