-- Neighbour cities (邻市): servers that speak Open311 GeoReport v2, to which leads are referred and from which they are taken in.
create table neighbour (
    region           text not null,
    code             text not null check (code ~ '^[a-z][a-z0-9-]{1,31}$'),
    name             text not null,
    -- The division code of its ground, for people to know it by.
    ground           text not null default '',
    url              text not null,
    jurisdiction     text,
    -- Sealed with a key outside the database.
    api_key          bytea,
    -- Our class (or its first digits) beside its service code, in the order they are tried.
    services         jsonb not null default '[]',
    fallback_service text,
    active           boolean not null,
    pulls            boolean not null,
    poll_minutes     integer not null check (poll_minutes between 1 and 1440),
    version          bigint not null,
    -- How far its requests were taken in; everything before it is here.
    pulled_to        timestamptz,
    next_pull_at     timestamptz not null,
    pulled_at        timestamptz,
    taken            bigint not null default 0,
    passed_over      bigint not null default 0,
    error            text,
    primary key (region, code)
);
