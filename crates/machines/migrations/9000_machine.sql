-- Devices (采集设备): cameras, cars, drones, sensors whose events are believed.
create table device (
    region       text not null,
    code         text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$'),
    name         text not null,
    kind         text not null,
    lon          double precision,
    lat          double precision,
    -- Where it stands for lists: a unit grid, or the district of what moves.
    jurisdiction text not null collate "C",
    address      text not null default '',
    -- The machine account that speaks for it; any of the county where none is named.
    sender       uuid,
    active       boolean not null,
    simulated    boolean not null default false,
    version      bigint not null,
    primary key (region, code)
);

-- What the city sets differently from the program for a kind (智能识别种类).
create table machine_kind (
    region    text not null,
    number    smallint not null,
    setting   jsonb not null,
    paused_at timestamptz,
    paused_by text,
    version   bigint not null,
    primary key (region, number)
);

-- What one device sees of one kind: its latest looks, what is open, and how often people said that it was right. Every event of a device
-- and kind passes through this row's lock, so that several nodes judge as one.
create table watch (
    region      text not null,
    device      text not null,
    kind        smallint not null,
    ring        bigint not null default 0,
    absent      integer not null default 0,
    last_at     timestamptz,
    sighting    uuid,
    quiet_until timestamptz,
    confirmed   integer not null default 0,
    refuted     integer not null default 0,
    paused_at   timestamptz,
    primary key (region, device, kind)
);

-- Something that a device saw long enough to be looked at by a person, or filed by itself (发现).
create table sighting (
    region       text not null,
    id           uuid not null,
    device       text not null,
    kind         smallint not null,
    state        text not null check (state in ('waiting', 'approved', 'filed', 'dismissed', 'gone', 'over')),
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    taken_at     timestamptz not null,
    events       integer not null,
    confidence   real not null,
    box          real[],
    picture      text,
    model        text not null,
    lon          double precision,
    lat          double precision,
    jurisdiction text not null collate "C",
    automatic    boolean not null default false,
    simulated    boolean not null default false,
    verdict      text check (verdict in ('confirmed', 'refuted')),
    verdict_by   uuid,
    verdict_at   timestamptz,
    note         text,
    class_code   text,
    lead_id      uuid,
    lead_number  text,
    gone_at      timestamptz,
    version      bigint not null default 1,
    primary key (region, id)
);
create index sighting_state on sighting (state, id desc);
create index sighting_jurisdiction on sighting (jurisdiction, state, id desc);
create index sighting_device on sighting (region, device, id desc);
create index sighting_lead on sighting (lead_id) where lead_id is not null;

-- Every event as it came (机器事件). The device's own key makes it one, however often it is sent.
create table machine_event (
    region     text not null,
    device     text not null,
    key        text not null,
    kind       smallint not null,
    at         timestamptz not null,
    taken_at   timestamptz not null,
    present    boolean not null,
    confidence real not null,
    box        real[],
    picture    text,
    model      text not null,
    lon        double precision,
    lat        double precision,
    outcome    text not null,
    sighting   uuid,
    primary key (region, device, key)
);
create index machine_event_sighting on machine_event (sighting, at) where sighting is not null;
