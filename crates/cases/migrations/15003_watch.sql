-- From when on fines are told of that are the highest, or all alike over unlike cases (裁量监测). What it was before stands in the history of
-- settings.
create table case_watch_setting (
    region          text primary key,
    -- So many cases of a matter and unit at least.
    least_cases     integer not null check (least_cases between 3 and 1000),
    -- Shares in per cent.
    maximum_percent integer not null check (maximum_percent between 1 and 100),
    uniform_percent integer not null check (uniform_percent between 1 and 100),
    changed_by      uuid not null,
    changed_at      timestamptz not null
);
create index enforcement_case_decided on enforcement_case (decided_at) where fined;
-- The cases that hold property now: few among all.
create index enforcement_case_holds on enforcement_case (region, id) where facts ->> 'registration' in ('held', 'expired')
    or facts ->> 'seizure' in ('urgent', 'held', 'extended', 'expired');
