-- Rounds of file review (案卷评查): the candidates are listed and hashed before the seed is set, and neither changes afterwards. Whoever draws
-- sees the list before he enters a seed: that it was not chosen for the list is shown by where it comes from, not by the program.
create table review_round (
    id              uuid primary key,
    -- The ground it is about: a prefix of region codes.
    region          text not null,
    unit            uuid,
    name            text not null check (length(name) between 1 and 100),
    kind            text not null check (kind in ('spot', 'yearly')),
    state           text not null check (state in ('gathered', 'drawn', 'closed', 'cancelled')),
    version         integer not null default 1,
    -- Period, procedures, results, sample, scoring: as it was asked for.
    plan            jsonb not null,
    sheet           uuid not null references review_sheet (id),
    candidates      integer not null,
    candidates_hash text not null check (candidates_hash like 'sha256:%'),
    algorithm       text not null,
    seed            text,
    reviewers       uuid[] not null default '{}',
    simulated       boolean not null,
    created_by      uuid not null,
    created_at      timestamptz not null,
    drawn_by        uuid,
    drawn_at        timestamptz,
    closed_by       uuid,
    closed_at       timestamptz,
    close_note      text,
    -- As they were when it was closed, with their denominators.
    figures         jsonb,
    check ((state = 'gathered' or state = 'cancelled') or (seed is not null and drawn_at is not null)),
    check ((state = 'closed') = (figures is not null))
);
create index review_round_region on review_round (region text_pattern_ops, id desc);

create table review_candidate (
    round    uuid not null references review_round (id),
    ordinal  integer not null,
    region   text not null,
    case_id  uuid not null,
    number   text not null,
    stratum  text not null,
    primary key (round, ordinal)
);

create table review_file (
    id           uuid primary key,
    round        uuid not null references review_round (id),
    -- Its place in the draw.
    rank         integer not null,
    -- The region in charge of the case.
    region       text not null,
    case_id      uuid not null,
    number       text not null,
    title        text not null,
    matter_code  text not null,
    matter_name  text not null,
    unit         uuid,
    officer      uuid,
    officers     uuid[] not null,
    -- Whoever had any part in the case: none of them scores or judges it.
    participants uuid[] not null,
    state        text not null check (state in ('scoring', 'arbitration', 'scored')),
    -- What the program found for the items it answers itself, as it was when the file was drawn.
    found        jsonb not null,
    -- In tenths of a point, before a veto.
    tenths       integer,
    vetoed       boolean not null default false,
    failed       boolean,
    scored_at    timestamptz,
    unique (round, case_id),
    check ((state = 'scored') = (tenths is not null)),
    check ((state = 'scored') = (failed is not null))
);
create index review_file_case on review_file (case_id);
create index review_file_officer on review_file (officer, id desc);

create table review_score (
    file     uuid not null references review_file (id),
    -- 1 and 2 score apart, 3 settles where they differ.
    seat     smallint not null check (seat between 1 and 3),
    -- Nobody where there was nobody without a part in the case.
    reviewer uuid,
    -- The participants of the case, here so that the table itself refuses them.
    barred   uuid[] not null,
    version  integer not null default 1,
    answers  jsonb,
    points   integer,
    vetoed   boolean,
    done_at  timestamptz,
    primary key (file, seat),
    check (reviewer is null or not reviewer = any (barred)),
    check ((done_at is null) = (points is null)),
    check (done_at is null or (reviewer is not null and answers is not null and vetoed is not null))
);
-- Who was drawn and gave way to another, and why.
create table review_seat_change (
    id              bigint generated always as identity primary key,
    file            uuid not null references review_file (id),
    seat            smallint not null,
    reviewer_before uuid not null,
    reviewer_after  uuid not null,
    reason          text not null check (length(reason) between 1 and 400),
    changed_by      uuid not null,
    changed_at      timestamptz not null
);
create index review_seat_change_file on review_seat_change (file, id);
-- The list that was hashed, and who gave way to whom: the program adds lines and changes none.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on review_candidate, review_seat_change from bihuan_app;
    end if;
end
$$;
create unique index review_score_once on review_score (file, reviewer) where reviewer is not null;
create index review_score_waiting on review_score (reviewer, file) where done_at is null;
