-- Where leads come from: what a city sets differently from the program, and the sources it adds.
create table source (
    region    text not null,
    code      text not null check (code ~ '^[a-z][a-z0-9-]{1,31}$'),
    name      text not null,
    kind      text not null,
    active    boolean not null,
    accept    jsonb,
    reply     jsonb,
    mapping   jsonb not null default '{}',
    reply_url text,
    -- Signs what is sent back; sealed with a key outside the database.
    reply_secret bytea,
    version   bigint not null,
    primary key (region, code)
);

-- Words that a source sent for a lead after the first, by digest: each is added once, however often it is sent.
create table source_message (
    region  text not null,
    lead_id uuid not null,
    digest  bytea not null,
    at      timestamptz not null,
    primary key (region, lead_id, digest),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);

-- What a source is owed when its lead is over (答复): sent to it, or given by a person who writes down how.
create table answer (
    id         uuid primary key,
    region     text not null,
    lead_id    uuid not null,
    source     text not null,
    source_key text not null,
    outcome    text not null,
    words      text not null,
    state      text not null check (state in ('waiting', 'sent', 'owed', 'given', 'dead')),
    made_at    timestamptz not null,
    attempts   integer not null default 0,
    next_at    timestamptz not null,
    give_up_at timestamptz not null,
    settled_at timestamptz,
    settled_by uuid,
    status     integer,
    proof      text,
    error      text,
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
create index answer_lead on answer (region, lead_id);
create index answer_due on answer (next_at, id) where state = 'waiting';
create index answer_open on answer (id desc) where state in ('owed', 'dead');
create index lead_merged on lead (region, merged_into) where merged_into is not null;
