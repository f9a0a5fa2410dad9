-- Terminals of vehicles (车载终端) that are believed.
create table jt808_terminal (
    id            bigint generated always as identity primary key,
    region        text not null,
    -- Digits without leading zeros.
    phone         text not null unique check (phone ~ '^(0|[1-9][0-9]{0,19})$'),
    plate         text not null default '',
    -- By JT/T 415.
    colour        smallint not null default 0,
    -- Whose table says what its own items mean.
    vendor        text not null default 'standard',
    -- It was not registered by anybody; let in by the setting.
    visitor       boolean not null default false,
    active        boolean not null default true,
    simulated     boolean not null default false,
    -- What it called itself when it registered: maker, model and number. Another terminal under the same number is refused.
    claim         text,
    -- SHA-256 of the code it shows, hexadecimal.
    code          text,
    registered_at timestamptz,
    version       bigint not null default 1
);
create index jt808_terminal_region on jt808_terminal (region, phone);

-- Whether unknown terminals are let in as visitors (来访终端).
create table jt808_setting (
    region   text primary key,
    visitors boolean not null,
    version  bigint not null
);
