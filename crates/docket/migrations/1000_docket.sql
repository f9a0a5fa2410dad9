-- Everything that must be closed is a docket (件). The home district stands first in every key, so that the tables spread by district.
create table docket (
    region       text not null check (region ~ '^[0-9]{6}$'),
    id           uuid not null,
    kind         text not null,
    number       text not null,
    state        text not null,
    open         boolean not null,
    version      bigint not null check (version >= 1),
    title        text not null,
    jurisdiction text collate "C" not null check (jurisdiction ~ '^[0-9]{6,15}$'),
    lon          double precision check (lon between -180 and 180),
    lat          double precision check (lat between -90 and 90),
    holder_role  text,
    holder_unit  uuid,
    holder_person uuid,
    unit         uuid,
    due_at       timestamptz,
    warn_at      timestamptz,
    opened_at    timestamptz not null,
    changed_at   timestamptz not null,
    closed_at    timestamptz,
    simulated    boolean not null default false,
    head_seq     bigint not null,
    head_hash    text not null,
    primary key (region, id)
);
create unique index docket_number on docket (region, kind, number);
-- What the lists of a million dockets walk along. Home districts stand in keys, not here: a list is of a jurisdiction, whatever its home.
create index docket_state on docket (state, id desc);
create index docket_open on docket (id desc) where open;
create index docket_due on docket (due_at, id) where open and due_at is not null;
create index docket_holder_role on docket (holder_role, id desc) where holder_role is not null and open;
create index docket_unit on docket (unit, id desc) where unit is not null;
create index docket_holder_unit on docket (holder_unit, id desc) where holder_unit is not null and open;
create index docket_holder_person on docket (holder_person, id desc) where holder_person is not null and open;
create index docket_jurisdiction on docket (jurisdiction, id desc);
create index docket_jurisdiction_state on docket (jurisdiction, state, id desc);
create index docket_id on docket (id desc);

-- The history only grows: the application role may insert and read, nothing else.
create table ledger_entry (
    region    text not null,
    docket_id uuid not null,
    seq       bigint not null check (seq >= 1),
    at        timestamptz not null,
    actor     text not null,
    role      text,
    action    text not null,
    lon       double precision,
    lat       double precision,
    payload   text not null,
    previous  text not null,
    hash      text not null,
    primary key (region, docket_id, seq)
);

-- Time limits of dockets, of both families; `timer` is the kernel's own record of one.
create table deadline (
    region     text not null,
    docket_id  uuid not null,
    name       text not null,
    round      integer not null,
    state      text not null check (state in ('running', 'paused', 'met', 'missed', 'cancelled')),
    started_at timestamptz not null,
    due_at     timestamptz,
    warn_at    timestamptz,
    warned_at  timestamptz,
    fired_at   timestamptz,
    ended_at   timestamptz,
    timer      jsonb not null,
    primary key (region, docket_id, name, round)
);
create index deadline_due on deadline (due_at) where state = 'running' and fired_at is null;
create index deadline_warn on deadline (warn_at) where state = 'running' and warned_at is null and fired_at is null;

-- What other rooms and other systems must hear.
create table outbox (
    id           bigint generated always as identity primary key,
    region       text not null,
    docket_id    uuid not null,
    seq          bigint not null,
    topic        text not null,
    payload      jsonb not null,
    at           timestamptz not null,
    delivered_at timestamptz
);
create index outbox_waiting on outbox (id) where delivered_at is null;

-- Personal data, encrypted with a key a subject. Erasing the key erases the person and leaves every chain valid.
create table personal_key (
    region  text not null,
    subject uuid not null,
    wrapped bytea not null,
    primary key (region, subject)
);
create table personal (
    region     text not null,
    subject    uuid not null,
    field      text not null,
    ciphertext bytea not null,
    blind      bytea,
    primary key (region, subject, field)
);
create index personal_blind on personal (blind) where blind is not null;

-- Words of two characters and more. Written once a docket, apart from the header, whose frequent updates would rewrite the index.
create table docket_words (
    region    text not null,
    docket_id uuid not null,
    month     integer not null,
    words     text[] not null,
    primary key (region, docket_id)
);
-- Each word with its month in front. A frequent word's hits of one month are one short list of the index, and a rare word's of all months
-- are a few empty ones; with the month as a second column the index would read every row of a month to meet one word.
create function words_of_month(month integer, words text[]) returns text[] language sql immutable strict parallel safe
    as 'select array_agg(month::text || word) from unnest(words) as word';
create index docket_words_search on docket_words using gin (words_of_month(month, words));
create index docket_words_month on docket_words (month);

-- Signed daily roots over every docket's head; each is also handed outside.
create table ledger_root (
    sequence  bigint primary key,
    at        timestamptz not null,
    heads     bigint not null,
    digest    text not null,
    previous  text not null,
    signature text not null
);

-- Blocks of numbers handed to programs, so that numbering costs no round trip a docket.
create table number_block (
    region text not null,
    kind   text not null,
    day    date not null,
    next   bigint not null,
    primary key (region, kind, day)
);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on ledger_entry, ledger_root from bihuan_app;
    end if;
end $$;
