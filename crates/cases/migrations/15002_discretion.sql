-- Discretion in a case (裁量): what the officer answered, and what the benchmark made of it.
create table case_weighing (
    region            text not null,
    case_id           uuid not null,
    ordinal           integer not null,
    benchmark         uuid not null,
    benchmark_number  integer not null,
    -- Who published it, in which version, in its own words.
    benchmark_version text not null,
    organisation      boolean not null,
    answers           jsonb not null,
    circumstances     text[] not null,
    points            integer not null,
    tier              text not null,
    low_fen           bigint not null check (low_fen >= 0),
    high_fen          bigint not null check (high_fen >= low_fen),
    proposed_fen      bigint not null,
    steps             jsonb not null,
    weighed_by        uuid not null,
    weighed_at        timestamptz not null,
    primary key (region, case_id, ordinal)
);

-- A fine outside its tier (偏离): a reason, and one more person who approves.
create table case_deviation (
    region      text not null,
    case_id     uuid not null,
    ordinal     integer not null,
    weighing    integer not null,
    fine_fen    bigint not null check (fine_fen > 0),
    reason      text not null check (length(reason) between 1 and 2000),
    asked_by    uuid not null,
    asked_at    timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    note        text check (length(note) between 1 and 2000),
    primary key (region, case_id, ordinal),
    check ((approved_by is null) = (approved_at is null)),
    check (approved_by <> asked_by)
);
create index enforcement_case_like on enforcement_case (matter_code, decided_at) where fined;
