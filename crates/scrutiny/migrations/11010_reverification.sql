-- Blind re-verification (盲核复查): a random sample of closed leads, drawn from a published seed, looked at again by somebody who had no part in them.
create table reverification (
    id         uuid primary key,
    region     text not null,
    from_day   date not null,
    to_day     date not null,
    seed       text not null,
    half_width double precision not null,
    population bigint not null,
    size       bigint not null,
    drawn_by   uuid not null,
    drawn_at   timestamptz not null
);
create index reverification_region on reverification (region, id desc);

create table reverification_item (
    id             uuid primary key,
    reverification uuid not null references reverification (id),
    rank           integer not null,
    region         text not null,
    docket_id      uuid not null,
    number         text not null,
    jurisdiction   text collate "C" not null,
    unit           uuid not null,
    closed_in      date not null,
    collector      uuid,
    state          text not null check (state in ('waiting', 'held', 'broken', 'unassigned')),
    answered_at    timestamptz,
    note           text,
    photos         text[] not null default '{}',
    lon            double precision,
    lat            double precision,
    accuracy       double precision,
    unique (reverification, docket_id)
);
create index reverification_item_mine on reverification_item (collector, id) where state = 'waiting';
create index reverification_item_unit on reverification_item (region, unit, closed_in);
create index reverification_item_photo on reverification_item using gin (photos);
