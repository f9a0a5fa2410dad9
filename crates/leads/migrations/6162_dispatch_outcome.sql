-- How dispatches ended (派遣结局): the unit kept the lead until it was closed, or sent it back, or it was taken from it for another. Each
-- line is written once, in the transaction that ended the dispatch.
create table dispatch_outcome (
    region     text not null,
    lead_id    uuid not null,
    class_code text not null,
    township   text not null,
    grid       text not null,
    unit       uuid not null,
    returned   boolean not null,
    at         timestamptz not null,
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
-- The newest of a class in a grid, in a township, in the district; each is read up to a bound.
create index dispatch_outcome_grid on dispatch_outcome (region, class_code, grid, at desc) include (unit, returned);
create index dispatch_outcome_township on dispatch_outcome (region, class_code, township, at desc) include (unit, returned);
create index dispatch_outcome_class on dispatch_outcome (region, class_code, at desc) include (unit, returned);

-- What is known of before: the units that sent a lead back, and the one that it was closed with.
insert into dispatch_outcome (region, lead_id, class_code, township, grid, unit, returned, at)
    select l.region, l.id, l.class_code, left(l.grid, 9), l.grid, back.unit, true, d.changed_at
    from lead l join docket d on d.region = l.region and d.id = l.id cross join lateral unnest(l.sent_back_by) as back (unit)
    where l.class_code is not null and l.grid is not null
    union all
    select l.region, l.id, l.class_code, left(l.grid, 9), l.grid, d.unit, false, d.closed_at
    from lead l join docket d on d.region = l.region and d.id = l.id
    where l.class_code is not null and l.grid is not null and d.state = 'closed' and d.unit is not null and d.closed_at is not null;
