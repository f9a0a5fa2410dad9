-- How often devices looked (监控覆盖): by city day, unit grid, kind and hour. Counted from the events as they were taken in, once each; what was
-- counted stays when the events go.
create table machine_coverage (
    region text     not null,
    day    date     not null,
    -- Empty: in no grid of ours.
    grid   text     not null,
    kind   smallint not null,
    -- Looks at each hour of the city's day: an array of 24.
    hours  jsonb    not null,
    primary key (region, day, grid, kind)
);

-- Up to when events were counted, by when they were taken in.
create table machine_coverage_mark (
    region     text        primary key,
    counted_to timestamptz not null
);
