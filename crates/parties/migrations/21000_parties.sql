-- The party's page (当事人页面). No name, no number of a person: who a party is and what he wrote is in the vault.

-- A code for one party of one case (当事人查询码), kept as a keyed hash: nobody finds it here again.
create table party_code (
    id         uuid primary key,
    region     text not null,
    case_id    uuid not null,
    party      smallint not null,
    hash       bytea not null unique,
    issued_at  timestamptz not null,
    issued_by  uuid not null,
    revoked_at timestamptz,
    revoked_by uuid,
    check ((revoked_at is null) = (revoked_by is null))
);
create unique index party_code_in_force on party_code (region, case_id, party) where revoked_at is null;

-- Failures by code, whether there is such a code or not: waiting tells nothing.
create table party_lock (
    hash         bytea primary key,
    failures     integer not null,
    locked_until timestamptz,
    last_at      timestamptz not null
);
create index party_lock_last on party_lock (last_at);

-- Every attempt to enter. The address is a keyed hash: the same one is seen to be the same, and is not known.
create table party_attempt (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    address bytea not null,
    code    uuid references party_code (id),
    outcome text not null check (outcome in ('entered', 'refused', 'locked'))
);
create index party_attempt_code on party_attempt (code, at desc) where code is not null;

create table party_session (
    hash       bytea primary key,
    code       uuid not null references party_code (id),
    entered_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null
);
create index party_session_code on party_session (code);

-- Files that a party sent from his page: what he submits and signs with names only these.
create table party_file (
    region  text not null,
    case_id uuid not null,
    party   smallint not null,
    file    text not null check (length(file) = 64),
    sent_at timestamptz not null,
    primary key (region, case_id, party, file)
);

-- What a party submitted. The words lie in the vault under `subject`.
create table party_submission (
    id         uuid primary key,
    region     text not null,
    case_id    uuid not null,
    party      smallint not null,
    number     text not null,
    -- The client's key: what is sent twice is one.
    client_key uuid not null,
    kind       text not null,
    -- What it became: a step of the case, an addition, late, or waiting for an officer.
    standing   text not null check (standing in ('step', 'added', 'late', 'inbox')),
    at         timestamptz not null,
    subject    uuid,
    -- Of what an officer judges.
    judged_at  timestamptz,
    judged_by  uuid,
    taken      boolean,
    reason     text,
    unique (region, case_id, party, client_key),
    unique (region, number),
    check ((judged_at is null) = (judged_by is null) and (judged_at is null) = (taken is null))
);
create index party_submission_case on party_submission (region, case_id, at desc);

create table party_submission_file (
    submission uuid not null references party_submission (id),
    ordinal    smallint not null,
    file       text not null,
    -- The number of the item of evidence that it became.
    evidence   integer,
    primary key (submission, ordinal)
);

-- What was tried and what was submitted stays.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on party_attempt from bihuan_app;
        revoke delete, truncate on party_submission from bihuan_app;
    end if;
end
$$;
