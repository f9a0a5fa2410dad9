-- Where somebody on duty is (值班位置): the last place alone, only while he shares it, for hours.
create table duty_position (
    person_id uuid primary key,
    region    text not null,
    unit_id   uuid not null,
    lon       double precision not null,
    lat       double precision not null,
    -- Within so many metres, 95 %, as the device says.
    accuracy  real,
    at        timestamptz not null,
    -- When the turn ends, and the place with it.
    until     timestamptz not null
);
create index duty_position_at on duty_position (at);

-- Whether people on duty may share where they are, and how long a place is kept. A district without a row: not.
create table duty_position_setting (
    region  text not null primary key,
    sharing boolean not null,
    hours   smallint not null check (hours between 1 and 24)
);
