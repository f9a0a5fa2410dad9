-- Construction waste (建筑垃圾): where it comes from and goes to, who carries it, and by what permit. Who drives is in the vault of personal
-- data, under `subject`; no name and no telephone of a person stands here.
create table waste_place (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    kind         text not null check (kind in ('site', 'disposal', 'recycling', 'transfer', 'black_spot')),
    name         text not null check (length(name) between 1 and 200),
    address      text,
    -- The enterprise whose people may see it and apply for it.
    organisation uuid,
    builder      text,
    contractor   text,
    -- One ring of longitude and latitude, WGS-84 in degrees, without the first point again at the end.
    area         jsonb not null check (jsonb_array_length(area) between 3 and 500),
    gates        jsonb not null default '[]',
    -- What it takes in all, and in a day, in cubic metres.
    capacity_m3  bigint check (capacity_m3 > 0),
    daily_m3     integer check (daily_m3 > 0),
    -- What share of what comes in is used again (综合利用率), in percent.
    reuse_percent smallint check (reuse_percent between 0 and 100),
    valid_from   date not null,
    valid_until  date check (valid_until >= valid_from),
    note         text,
    closed       boolean not null default false,
    -- Since when it is out of use: a day before is judged as if it were in use.
    closed_at    timestamptz,
    version      bigint not null default 1,
    simulated    boolean not null,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    unique (region, kind, name)
);
create index waste_place_organisation on waste_place (organisation) where organisation is not null;

create table waste_carrier (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    name         text not null check (length(name) between 1 and 200),
    -- The unified code of organisations (统一社会信用代码), GB 32100.
    credit_code  text not null,
    organisation uuid,
    address      text,
    note         text,
    closed       boolean not null default false,
    version      bigint not null default 1,
    simulated    boolean not null,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    unique (region, credit_code)
);
create index waste_carrier_organisation on waste_carrier (organisation) where organisation is not null;

create table waste_vehicle (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    plate        text not null check (length(plate) between 5 and 20),
    -- By JT/T 415: the terminal of a vehicle is found by both.
    colour       smallint not null check (colour between 0 and 9),
    carrier      uuid not null references waste_carrier (id),
    -- Since when it is this carrier's, where it was another's before.
    carrier_at   timestamptz,
    -- What it may carry (核定载质量), in kilograms.
    rated_kg     integer not null check (rated_kg between 100 and 100000),
    -- What its box holds, in litres.
    box_litres   integer not null check (box_litres between 100 and 100000),
    model        text,
    note         text,
    closed       boolean not null default false,
    -- Since when it is out of use: a day before is judged as if it were in use.
    closed_at    timestamptz,
    version      bigint not null default 1,
    simulated    boolean not null,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    unique (region, plate, colour)
);
create index waste_vehicle_carrier on waste_vehicle (carrier);

create table waste_driver (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    carrier      uuid not null references waste_carrier (id),
    -- In the vault: name, telephone, identity number.
    subject      uuid not null,
    -- The family name and stars.
    masked       text not null,
    licence_class text not null,
    licence_until date not null,
    -- The certificate of trade (从业资格证).
    qualified_until date,
    closed       boolean not null default false,
    version      bigint not null default 1,
    simulated    boolean not null,
    changed_by   uuid not null,
    changed_at   timestamptz not null
);
create index waste_driver_carrier on waste_driver (carrier);

-- Who looked at a driver's data, and why.
create table waste_reveal (
    driver uuid not null references waste_driver (id),
    person uuid not null,
    at     timestamptz not null,
    reason text not null
);
create index waste_reveal_driver on waste_reveal (driver, at);

-- Papers (证照) of a place, a carrier, a vehicle or a driver. What was removed stays, and says so.
create table waste_paper (
    id         uuid primary key,
    region     text not null,
    owner      uuid not null,
    owner_kind text not null check (owner_kind in ('place', 'carrier', 'vehicle', 'driver')),
    kind       text not null,
    number     text,
    valid_until date,
    -- A picture, by its hash.
    file       text,
    simulated  boolean not null,
    added_by   uuid not null,
    added_at   timestamptz not null,
    removed_by uuid,
    removed_at timestamptz
);
create index waste_paper_owner on waste_paper (owner) where removed_at is null;
create index waste_paper_due on waste_paper (region, valid_until) where removed_at is null and valid_until is not null;
create index waste_paper_file on waste_paper (file) where file is not null;

-- Permits (建筑垃圾处置核准): dockets. What is permitted stands in versions, of which at most one is in force and one applied for.
create table waste_permit (
    region     text not null,
    id         uuid not null,
    site       uuid not null references waste_place (id),
    -- The enterprise that applies; none where the window entered what came on paper.
    applicant  uuid,
    -- Given when it is granted, in that transaction; without a gap for each organ and year.
    number     text,
    organ_name text,
    organ_word text,
    year       integer,
    serial     bigint,
    current    integer,
    pending    integer,
    granted_at timestamptz,
    ended_at   timestamptz,
    -- Why it ended.
    ended_for  text,
    primary key (region, id),
    unique (region, organ_word, year, serial),
    unique (region, number),
    check (num_nonnulls(number, organ_name, organ_word, year, serial, granted_at) in (0, 6)),
    check (current is null or number is not null)
);
create index waste_permit_site on waste_permit (site);

create table waste_permit_version (
    region      text not null,
    permit      uuid not null,
    ordinal     integer not null check (ordinal > 0),
    carrier     uuid not null references waste_carrier (id),
    disposals   uuid[] not null check (cardinality(disposals) between 1 and 10),
    vehicles    uuid[] not null check (cardinality(vehicles) between 1 and 300),
    material    text not null check (material in ('soil', 'slurry', 'construction', 'demolition', 'decoration')),
    -- A line of longitude and latitude, WGS-84 in degrees, and how far beside it is still on it.
    corridor    jsonb not null check (jsonb_array_length(corridor) between 2 and 2000),
    half_width_m integer not null check (half_width_m between 10 and 1000),
    -- Windows of the day in minutes after midnight in the city; one that ends before it begins goes over midnight.
    hours       jsonb not null check (jsonb_array_length(hours) between 1 and 6),
    volume_m3   bigint not null check (volume_m3 between 1 and 100000000),
    valid_from  date not null,
    valid_until date not null check (valid_until >= valid_from),
    note        text,
    asked_by    uuid not null,
    asked_at    timestamptz not null,
    reviewed_by uuid,
    reviewed_at timestamptz,
    review      text,
    decided_by  uuid,
    decided_at  timestamptz,
    granted     boolean,
    decision    text,
    -- While it was in force.
    from_at     timestamptz,
    until_at    timestamptz check (until_at >= from_at),
    -- Until when it holds because nobody decided in time on an extension that was asked for in time.
    extended_until date check (extended_until > valid_until),
    primary key (region, permit, ordinal),
    foreign key (region, permit) references waste_permit (region, id),
    check (reviewed_by is null or reviewed_by <> asked_by),
    check (decided_by is null or (decided_by <> asked_by and decided_by <> reviewed_by)),
    check (granted is null or decided_at is not null),
    check (from_at is null or granted)
);
create index waste_permit_version_force on waste_permit_version (region, from_at, until_at) where from_at is not null;
create index waste_permit_version_end on waste_permit_version (region, (coalesce(extended_until, valid_until)))
    where from_at is not null and until_at is null;
create index waste_permit_version_vehicles on waste_permit_version using gin (vehicles);

-- Where the count of an organ and year stands. Whoever gives a number holds the row until he commits.
create table waste_permit_counter (
    region     text not null,
    organ_word text not null,
    year       integer not null,
    last       bigint not null,
    primary key (region, organ_word, year)
);

-- What happened stays.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on waste_reveal from bihuan_app;
        revoke delete, truncate on waste_place, waste_carrier, waste_vehicle, waste_driver, waste_paper, waste_permit,
            waste_permit_version, waste_permit_counter from bihuan_app;
    end if;
end
$$;
