-- A reward programme (奖励方案). Its rules stand in versions that never change; whoever decides or pays locks its row first.
create table reward_programme (
    id         uuid primary key,
    region     text not null,
    name       text not null,
    -- The newest version of its rules.
    version    integer not null,
    -- The last day whose reports were settled.
    settled_to date not null,
    created_at timestamptz not null,
    unique (region, name)
);

create table reward_rules (
    programme    uuid not null references reward_programme (id),
    version      integer not null,
    from_day     date not null,
    rules        jsonb not null,
    published_by uuid not null,
    published_at timestamptz not null,
    primary key (programme, version)
);

-- A day of a programme: the seed is committed to before the day, and shown when the day is settled.
create table reward_day (
    programme    uuid not null references reward_programme (id),
    day          date not null,
    commitment   text not null,
    committed_at timestamptz not null,
    -- Where the seed lies sealed until then.
    sealed       uuid not null,
    seed         text,
    settled_at   timestamptz,
    -- Whether the order of that day was by lot.
    drawn        boolean not null default false,
    primary key (programme, day)
);

-- What became of a report under a programme (奖励): each report once.
create table reward_award (
    id           uuid primary key,
    region       text not null,
    programme    uuid not null references reward_programme (id),
    version      integer not null,
    day          date not null,
    lead_id      uuid not null,
    number       text not null,
    received_at  timestamptz not null,
    lon          double precision,
    lat          double precision,
    class_code   text,
    fen          bigint not null check (fen >= 0),
    state        text not null check (state in ('reserved', 'granted', 'claimed', 'paid', 'expired', 'refused', 'taken-back')),
    reason       text,
    -- Why a person must look before it is approved.
    hold         text,
    -- Its place in the lot of the day.
    lot          text,
    -- Keyed indexes of telephones: the reporter's, if one was left, and the payee's. The telephone itself lies in the vault.
    person       bytea,
    payee        bytea,
    subject      uuid,
    note         text,
    approved_by  uuid,
    approved_at  timestamptz,
    claim_until  timestamptz,
    claimed_at   timestamptz,
    payout       uuid,
    paid_at      timestamptz,
    reference    text,
    ended_at     timestamptz,
    simulated    boolean not null,
    unique (programme, lead_id)
);
create index reward_award_state on reward_award (region, state, id desc);
create index reward_award_lead on reward_award (lead_id);
create index reward_award_place on reward_award (programme, received_at);
create index reward_award_payout on reward_award (payout) where payout is not null;
create index reward_award_payee on reward_award (payee) where payee is not null;

-- Every fen that moves, from one account to another. It only grows.
create table reward_entry (
    id           bigint generated always as identity primary key,
    programme    uuid not null references reward_programme (id),
    award        uuid references reward_award (id),
    at           timestamptz not null,
    what         text not null,
    from_account text not null,
    to_account   text not null check (to_account <> from_account),
    fen          bigint not null check (fen > 0),
    person       uuid
);
create index reward_entry_programme on reward_entry (programme, id desc);

-- What proves who reported, beside the tracking code: a digest of words that only the reporter's device knows.
create table reward_secret (
    region  text not null,
    lead_id uuid not null,
    digest  bytea not null,
    set_at  timestamptz not null,
    primary key (region, lead_id)
);

-- Telephones that are never paid: staff, collectors, units' people. Keyed indexes, never the numbers.
create table reward_barred (
    region    text not null,
    telephone bytea not null,
    added_by  uuid not null,
    added_at  timestamptz not null,
    primary key (region, telephone)
);

-- A file for the finance system.
create table reward_payout (
    id        uuid primary key,
    region    text not null,
    programme uuid not null references reward_programme (id),
    number    text not null unique,
    awards    bigint not null,
    fen       bigint not null,
    made_by   uuid not null,
    made_at   timestamptz not null
);

-- Who took such a file out, and whether with whole telephones.
create table reward_payout_read (
    id     bigint generated always as identity primary key,
    payout uuid not null references reward_payout (id),
    person uuid not null,
    at     timestamptz not null,
    plain  boolean not null
);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on reward_rules, reward_entry, reward_payout_read from bihuan_app;
    end if;
end $$;
