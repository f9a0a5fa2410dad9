-- Levels (分层响应): from which unit a lead was raised to the one that has it, and which units raised it.
alter table lead add column raised_from uuid;
alter table lead add column raised_by uuid[] not null default '{}';

-- How levels share the disposal limit, and whether what ran out is raised by itself. A district without a row does neither.
create table layer_setting (
    region    text not null primary key,
    automatic boolean not null,
    -- Percent of the disposal limit, all three or none.
    township  smallint check (township between 1 and 98),
    county    smallint check (county between 1 and 98),
    city      smallint check (city between 1 and 98),
    check ((township is null) = (county is null) and (county is null) = (city is null)),
    check (township is null or township + county + city = 100)
);
