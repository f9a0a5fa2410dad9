-- Property of cases and towed vehicles (涉案财物、拖移车辆). No name and no telephone: who fetches something is in the vault of personal
-- data, under `subject`. A number plate stands here as the mark of a thing; it is in no ledger line and in no event.
create table property_place (
    id           uuid primary key,
    region       text not null,
    -- The ground that the place serves.
    jurisdiction text not null,
    name         text not null check (length(name) between 1 and 80),
    kind         text not null check (kind in ('store', 'yard', 'sealed', 'third')),
    address      text,
    -- Items at most; nothing where it is not counted.
    capacity     integer check (capacity between 1 and 100000),
    -- The role that keeps it.
    keeper_role  text not null,
    closed       boolean not null default false,
    version      bigint not null default 1,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    unique (region, name)
);

create table property_item (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    -- What the label says, with its check digit.
    code         text not null unique,
    -- The case; none for a vehicle that was towed away without one.
    docket       uuid,
    case_number  text,
    -- The owner, by the ordinal of the case's party.
    party        smallint,
    measure      text not null check (measure in ('registration', 'seizure', 'sealing', 'towing', 'confiscated')),
    kind         text not null,
    name         text not null,
    -- Thousandths of the unit.
    quantity_milli bigint not null check (quantity_milli > 0),
    unit         text not null,
    mark         text,
    condition    text,
    value_fen    bigint check (value_fen >= 0),
    photos       text[] not null,
    -- Fresh goods or others that do not keep (鲜活、不易保管).
    perishable   boolean not null,
    held_from    timestamptz not null,
    simulated    boolean not null,
    entered_by   uuid not null,
    entered_at   timestamptz not null,
    -- The fold of its movements, written with each of them.
    state        text not null check (state in
        ('listed', 'stored', 'lent', 'sold', 'returned', 'destroyed', 'handed_over', 'forfeited', 'lost')),
    place        uuid references property_place (id),
    moves        integer not null default 0,
    lent_until   date,
    check ((state = 'stored') = (place is not null)),
    check ((state = 'lent') = (lent_until is not null)),
    check (docket is not null or measure = 'towing'),
    check ((docket is null) = (case_number is null))
);
create index property_item_case on property_item (region, docket) where docket is not null;
create index property_item_place on property_item (place) where place is not null;
create index property_item_held on property_item (region, id) where state in ('listed', 'stored', 'lent', 'sold');
create index property_item_photos on property_item using gin (photos);

-- The chain of custody (出入库). Lines are only added.
create table property_movement (
    item           uuid not null references property_item (id),
    ordinal        integer not null check (ordinal > 0),
    kind           text not null check (kind in
        ('in', 'moved', 'lent', 'back', 'returned', 'sold', 'destroyed', 'handed_over', 'forfeited', 'lost')),
    at             timestamptz not null,
    from_place     uuid references property_place (id),
    to_place       uuid references property_place (id),
    -- Who gave and who took it: a person of the house, or a body in words, or somebody in the vault.
    hander         uuid,
    hander_words   text,
    receiver       uuid,
    receiver_words text,
    subject        uuid,
    -- By what the one who fetched it proved that he may (取回凭证).
    proof          text,
    reason         text not null,
    article        text not null,
    document       text,
    files          text[] not null,
    -- Of lending for appraisal: until when.
    until          date,
    -- Of a sale: the proceeds.
    amount_fen     bigint check (amount_fen >= 0),
    noted_by       uuid not null,
    primary key (item, ordinal),
    check (hander is distinct from receiver or hander is null),
    check (num_nonnulls(hander, hander_words) = 1),
    check (num_nonnulls(receiver, receiver_words) = 1)
);
create index property_movement_to on property_movement (to_place, at) where to_place is not null;
create index property_movement_from on property_movement (from_place, at) where from_place is not null;
create index property_movement_files on property_movement using gin (files);

-- Who looked at the data of who fetched something, and why.
create table property_reveal (
    item    uuid not null,
    ordinal integer not null,
    person  uuid not null,
    at      timestamptz not null,
    reason  text not null,
    foreign key (item, ordinal) references property_movement (item, ordinal)
);

create table property_tow (
    item       uuid primary key references property_item (id),
    plate      text not null,
    -- The keyed blind index of plate and the end of the vehicle identification number: the second proof for the public look-up.
    proof      bytea,
    towed_from text not null,
    reason     text not null,
    article    text not null,
    -- How the driver was told where the vehicle is (道路交通安全法第九十三条第二款).
    told_how   text,
    told_at    timestamptz,
    told_by    uuid,
    check (num_nonnulls(told_how, told_at, told_by) in (0, 3))
);
create index property_tow_plate on property_tow (plate);
create index property_tow_proof on property_tow (proof) where proof is not null;

create table property_stocktake (
    id          uuid primary key,
    region      text not null,
    place       uuid not null references property_place (id),
    state       text not null check (state in ('open', 'finished', 'closed')),
    started_by  uuid not null,
    started_at  timestamptz not null,
    finished_by uuid,
    finished_at timestamptz,
    closed_at   timestamptz
);
-- One at a time: while it is open nothing goes in or out.
create unique index property_stocktake_open on property_stocktake (place) where state = 'open';
create index property_stocktake_newest on property_stocktake (region, id desc);

create table property_stocktake_line (
    stocktake  uuid not null references property_stocktake (id),
    code       text not null,
    item       uuid references property_item (id),
    expected   boolean not null,
    found_at   timestamptz,
    found_by   uuid,
    settlement text,
    settled_by uuid,
    settled_at timestamptz,
    -- The settlement says that it is missing: only then is it written off.
    missing    boolean not null default false,
    primary key (stocktake, code),
    check (not missing or (settled_at is not null and found_at is null)),
    check (expected or found_at is not null),
    check (not expected or item is not null),
    check ((found_at is null) = (found_by is null)),
    check (num_nonnulls(settlement, settled_by, settled_at) in (0, 3))
);
create index property_stocktake_line_item on property_stocktake_line (item) where item is not null;

-- What happened to a thing stays.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on property_movement, property_reveal from bihuan_app;
        revoke delete, truncate on property_item, property_tow, property_stocktake, property_stocktake_line from bihuan_app;
    end if;
end
$$;
