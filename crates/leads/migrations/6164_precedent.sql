-- A settled boundary dispute (判例): whose such things are in such a place, by whom it was decided and why. It is never removed, since
-- leads cite it; it is withdrawn.
create table precedent (
    region          text not null,
    id              uuid primary key,
    -- Counts from 1 within the district: what people cite.
    number          bigint not null check (number >= 1),
    unit_id         uuid not null,
    class_prefixes  text[] not null check (cardinality(class_prefixes) between 1 and 50),
    -- Empty: the whole district.
    region_prefix   text not null,
    reason          text not null,
    decided_by      text not null,
    decided_on      date not null,
    active          boolean not null default true,
    withdrawn_for   text,
    used            bigint not null default 0,
    used_at         timestamptz,
    recorded_by     uuid,
    recorded_at     timestamptz not null,
    version         bigint not null default 1,
    unique (region, number)
);
create index precedent_active on precedent (region, number desc) where active;
