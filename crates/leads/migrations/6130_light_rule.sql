-- From where on a limit's light is yellow (预警点), by class and limit; without a row, after 80 per cent of the limit.
create table light_rule (
    region         text not null,
    class_prefix   text not null,
    -- Empty: every limit.
    limit_name     text not null,
    percent        smallint check (percent between 1 and 99),
    before_minutes integer check (before_minutes between 1 and 24000),
    primary key (region, class_prefix, limit_name),
    check ((percent is null) <> (before_minutes is null))
);
