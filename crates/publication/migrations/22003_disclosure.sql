-- What is public in advance and in process (事前公开、事中公示): lists made from what the house holds, notices, and certificates that are shown.
create table disclosure (
    id           uuid primary key,
    region       text not null,
    kind         text not null check (kind in ('organ', 'powers', 'officers', 'procedures', 'benchmarks', 'inspections', 'places',
        'seal-notice', 'demolition-notice', 'service-notice', 'other-notice')),
    version      integer not null check (version > 0),
    state        text not null check (state in ('drafted', 'published', 'replaced', 'withdrawn', 'dropped')),
    title        text not null,
    body         text not null,
    -- The heads and the rows of a list.
    lines        jsonb not null,
    -- Of a notice: the days that it is shown for.
    days         integer check (days between 1 and 365),
    drafted_by   uuid not null,
    drafted_at   timestamptz not null,
    published_by uuid,
    published_at timestamptz,
    shown_until  date,
    ended_by     uuid,
    ended_at     timestamptz,
    reason       text,
    simulated    boolean not null,
    unique (region, kind, version),
    check (published_by is null or published_by <> drafted_by),
    check (state <> 'published' or published_at is not null),
    check (state <> 'withdrawn' or reason is not null)
);
-- One version of a list is public at a time; notices stand beside each other.
create unique index disclosure_public on disclosure (region, kind) where state = 'published'
    and kind in ('organ', 'powers', 'officers', 'procedures', 'benchmarks', 'inspections', 'places');
create index disclosure_shown on disclosure (region, published_at desc) where state = 'published';

-- A certificate that an officer shows by a code (亮证): for some minutes.
create table shown_certificate (
    code     text primary key,
    region   text not null,
    person   uuid not null,
    shown_at timestamptz not null,
    until    timestamptz not null
);
create index shown_certificate_person on shown_certificate (person, shown_at desc);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke delete, truncate on disclosure from bihuan_app;
    end if;
end
$$;
