-- The case-handling centre (一体化办案中心): rooms, sessions, recordings. Who was questioned is in the vault of personal data, under
-- `subject`; no name and no telephone stands here.
create table centre_room (
    id           uuid primary key,
    -- What the exclusion of two bookings at once compares: a range of one number needs no extension.
    number       integer generated always as identity unique,
    region       text not null,
    jurisdiction text not null,
    name         text not null check (length(name) between 1 and 80),
    kind         text not null check (kind in ('inquiry', 'hearing', 'mediation', 'waiting', 'inspection')),
    seats        integer not null check (seats between 1 and 500),
    -- 1 is Monday.
    weekdays     smallint[] not null,
    opens        time not null,
    closes       time not null check (opens < closes),
    equipment    text[] not null,
    -- It records sound and picture by itself: a session without a recording is a gap.
    records      boolean not null,
    closed       boolean not null default false,
    version      bigint not null default 1,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    unique (region, name)
);

create table centre_session (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    room         uuid not null references centre_room (id),
    room_number  integer not null,
    starts_at    timestamptz not null,
    -- Until when the room is taken: earlier than was planned where the session ended early.
    ends_at      timestamptz not null check (ends_at > starts_at),
    planned_until timestamptz not null,
    docket       uuid not null,
    case_number  text not null,
    purpose      text not null check (purpose in ('inquiry', 'statement', 'hearing', 'mediation', 'identification', 'inspection')),
    role         text not null check (role in ('party', 'witness', 'victim', 'expert', 'agent', 'other')),
    party        smallint,
    officers     uuid[] not null check (cardinality(officers) >= 2),
    note         text,
    state        text not null check (state in ('booked', 'arrived', 'running', 'resting', 'ended', 'no_show', 'cancelled')),
    version      integer not null default 1,
    simulated    boolean not null,
    booked_by    uuid not null,
    booked_at    timestamptz not null,
    subject      uuid,
    minor        boolean not null default false,
    -- What the guardian is to the minor; the guardian's name is in the vault with the minor's.
    guardian     text,
    arrived_at   timestamptz,
    rights_told_at timestamptz,
    started_at   timestamptz,
    ended_at     timestamptz,
    over_reason  text,
    -- Why there is no recording.
    unrecorded   text,
    check (subject is null or arrived_at is not null),
    check (started_at is null or (arrived_at is not null and rights_told_at is not null)),
    check (started_at is null or not minor or guardian is not null),
    check ((state = 'ended') = (ended_at is not null)),
    check (state not in ('no_show', 'cancelled') or over_reason is not null),
    -- Two sessions never have one room at one time, however they were booked.
    constraint centre_session_room exclude using gist (
        int4range(room_number, room_number, '[]') with &&, tstzrange(starts_at, ends_at) with &&
    ) where (state not in ('cancelled', 'no_show'))
);
create index centre_session_day on centre_session (region, starts_at);
create index centre_session_case on centre_session (region, docket);
create index centre_session_officers on centre_session using gin (officers);

-- Rests (休息). Lines are only added; an open one ends once.
create table centre_rest (
    session uuid not null references centre_session (id),
    ordinal integer not null check (ordinal > 0),
    from_at timestamptz not null,
    until_at timestamptz check (until_at >= from_at),
    note    text,
    primary key (session, ordinal)
);

-- Who looked at the data of who was questioned, and why.
create table centre_reveal (
    session uuid not null references centre_session (id),
    person  uuid not null,
    at      timestamptz not null,
    reason  text not null
);

-- Archived cases on their shelves (档案).
create table centre_volume (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    docket       uuid not null,
    case_number  text not null,
    code         text not null unique,
    store        text not null,
    rack         text not null,
    box          text not null,
    volumes      integer not null check (volumes between 1 and 99),
    pages        integer check (pages between 1 and 100000),
    -- Kept until that day; for ever where it is missing.
    keep_until   date,
    state        text not null check (state in ('shelved', 'lent', 'missing', 'destroyed')),
    simulated    boolean not null,
    shelved_by   uuid not null,
    shelved_at   timestamptz not null,
    moved_at     timestamptz not null,
    unique (region, docket)
);
create index centre_volume_due on centre_volume (region, keep_until) where keep_until is not null and state <> 'destroyed';

create table centre_loan (
    id          uuid primary key,
    region      text not null,
    volume      uuid not null references centre_volume (id),
    form        text not null check (form in ('paper', 'electronic')),
    state       text not null check (state in ('asked', 'approved', 'refused', 'lent', 'returned', 'withdrawn', 'expired')),
    reason      text not null,
    days        integer not null check (days between 1 and 30),
    asked_by    uuid not null,
    asked_at    timestamptz not null,
    decided_by  uuid,
    decided_at  timestamptz,
    decision    text,
    handed_by   uuid,
    handed_at   timestamptz,
    due_on      date,
    renewals    integer not null default 0,
    returned_to uuid,
    returned_at timestamptz,
    condition   text,
    -- The borrower was reminded that it is overdue.
    reminded_on date,
    check (decided_by is null or decided_by <> asked_by),
    check (state <> 'lent' or (handed_by is not null and due_on is not null)),
    check (state <> 'returned' or returned_at is not null)
);
-- One asks once; a volume lies in one hand.
create unique index centre_loan_asked on centre_loan (volume, asked_by) where state in ('asked', 'approved', 'lent');
create unique index centre_loan_lent on centre_loan (volume) where state = 'lent' and form = 'paper';
create index centre_loan_open on centre_loan (region, due_on) where state in ('asked', 'approved', 'lent');

-- Who looked into an electronic volume, when.
create table centre_inspection (
    loan   uuid not null references centre_loan (id),
    person uuid not null,
    at     timestamptz not null
);

-- What is destroyed after its time (档案销毁): a list, agreed to by another person, carried out before two.
create table centre_destruction (
    id          uuid primary key,
    region      text not null,
    jurisdiction text not null,
    state       text not null check (state in ('proposed', 'agreed', 'refused', 'done')),
    reason      text not null,
    volumes     uuid[] not null check (cardinality(volumes) between 1 and 200),
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    decided_by  uuid,
    decided_at  timestamptz,
    decision    text,
    done_by     uuid,
    watched_by  uuid,
    done_at     timestamptz,
    check (decided_by is null or decided_by <> proposed_by),
    check (state <> 'done' or (done_by is not null and watched_by is not null and done_by <> watched_by))
);

-- Equipment (装备).
create table centre_device (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    code         text not null unique,
    kind         text not null check (kind in ('body_camera', 'camera', 'radio', 'printer', 'meter', 'shield', 'vehicle', 'other')),
    name         text not null,
    -- The number that the device writes into its recordings.
    serial       text,
    state        text not null check (state in ('in', 'out', 'fault', 'gone')),
    holder       uuid,
    issued_at    timestamptz,
    maintain_days integer check (maintain_days between 1 and 3650),
    maintained_on date not null,
    moves        integer not null default 0,
    simulated    boolean not null,
    entered_by   uuid not null,
    entered_at   timestamptz not null,
    check ((state = 'out') = (holder is not null)),
    check ((holder is null) = (issued_at is null))
);
create unique index centre_device_serial on centre_device (region, serial) where serial is not null;

-- Who had what, and what befell it. Lines are only added.
create table centre_device_line (
    device  uuid not null references centre_device (id),
    ordinal integer not null check (ordinal > 0),
    kind    text not null check (kind in ('issued', 'returned', 'fault', 'mended', 'maintained', 'gone')),
    at      timestamptz not null,
    person  uuid,
    note    text,
    noted_by uuid not null,
    primary key (device, ordinal)
);

-- Recordings (录音录像): of a session, or brought by a device. The file itself is evidence of a case.
create table centre_recording (
    id           uuid primary key,
    region       text not null,
    jurisdiction text not null,
    session      uuid references centre_session (id),
    device       uuid references centre_device (id),
    docket       uuid,
    case_number  text,
    -- The item of evidence that holds the file.
    item         uuid unique,
    name         text not null,
    -- Of a file from a docking station: its hash, so that what is brought twice is one.
    digest       text,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null check (ends_at > starts_at),
    -- Who had the device then.
    officer      uuid,
    -- Why it belongs to no case.
    aside        text,
    -- What belongs to no case is kept until then; what is evidence is kept with its case.
    keep_until   date,
    entered_by   uuid not null,
    entered_at   timestamptz not null,
    check (session is not null or device is not null),
    check ((docket is null) = (case_number is null)),
    check (item is null or docket is not null)
);
create unique index centre_recording_digest on centre_recording (region, digest) where digest is not null;
create index centre_recording_session on centre_recording (session) where session is not null;
create index centre_recording_day on centre_recording (region, starts_at desc, id desc);

create table centre_stocktake (
    id          uuid primary key,
    region      text not null,
    jurisdiction text not null,
    -- What is counted: volumes of a store, or devices.
    subject     text not null check (subject in ('volumes', 'devices')),
    state       text not null check (state in ('open', 'finished', 'closed')),
    started_by  uuid not null,
    started_at  timestamptz not null,
    finished_by uuid,
    finished_at timestamptz,
    closed_at   timestamptz
);
create unique index centre_stocktake_open on centre_stocktake (region, jurisdiction, subject) where state = 'open';

create table centre_stocktake_line (
    stocktake  uuid not null references centre_stocktake (id),
    code       text not null,
    name       text,
    expected   boolean not null,
    found_at   timestamptz,
    found_by   uuid,
    settlement text,
    settled_by uuid,
    settled_at timestamptz,
    primary key (stocktake, code),
    check (expected or found_at is not null),
    check ((found_at is null) = (found_by is null)),
    check (num_nonnulls(settlement, settled_by, settled_at) in (0, 3))
);

-- What happened stays.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on centre_reveal, centre_inspection, centre_device_line from bihuan_app;
        revoke delete, truncate on centre_session, centre_rest, centre_volume, centre_loan, centre_destruction, centre_device,
            centre_recording, centre_stocktake, centre_stocktake_line from bihuan_app;
    end if;
end
$$;
