-- A unit's own working hours (单位工作时间), in versions: of those that begin on one day the last entered counts. Nothing here is changed or
-- deleted; who wants the house's hours back enters a version without a week.
create table unit_hours (
    region           text        not null,
    number           bigint      generated always as identity primary key,
    unit_id          uuid        not null,
    from_day         date        not null,
    -- Seven lists of spans, Monday first; none is the house's hours.
    week             jsonb,
    through_holidays boolean     not null,
    reason           text        not null check (reason <> ''),
    made_by          uuid        not null,
    made_at          timestamptz not null,
    -- When the unit's running limits had been counted again with it, and how many leads moved.
    recounted_at     timestamptz,
    moved            bigint      not null default 0
);
create index unit_hours_of on unit_hours (region, unit_id, from_day, number);
create index unit_hours_waiting on unit_hours (region, number) where recounted_at is null;
