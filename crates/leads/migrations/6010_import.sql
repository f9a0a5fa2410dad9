-- Imports of files (导入): the job, what became of each row, saved column mappings. The file itself stands in the data folder.
create table import_job (
    id          uuid primary key,
    region      text not null,
    folder      text not null,
    file_name   text not null,
    file_size   bigint not null,
    source      text not null,
    mapping     jsonb not null,
    encoding    text,
    state       text not null check (state in ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
    rows_total  bigint,
    rows_done   bigint not null default 0,
    imported    bigint not null default 0,
    present     bigint not null default 0,
    rejected    bigint not null default 0,
    byte_offset bigint not null default 0,
    error       text,
    created_at  timestamptz not null,
    created_by  uuid,
    ended_at    timestamptz,
    check (imported + present + rejected = rows_done)
);
create index import_job_region on import_job (region, id desc);
create index import_job_waiting on import_job (id) where state in ('waiting', 'running');

-- A refused row's words stay in the file alone: here stands only its number and why.
create table import_row (
    import_id uuid not null references import_job (id) on delete cascade,
    row       bigint not null,
    outcome   text not null check (outcome in ('imported', 'present', 'rejected')),
    reason    text,
    lead_id   uuid,
    primary key (import_id, row)
);
create index import_row_outcome on import_row (import_id, outcome, row);

create table import_mapping (
    id         uuid primary key,
    region     text not null,
    name       text not null,
    source     text not null,
    columns    jsonb not null,
    created_at timestamptz not null,
    created_by uuid,
    unique (region, name)
);

-- Who took which list out of the house: two lines an export, the second when it ended.
create table export_audit (
    id        uuid primary key,
    export_id uuid not null,
    at        timestamptz not null,
    person    uuid,
    what      text not null,
    format    text not null,
    filter    jsonb not null,
    phase     text not null check (phase in ('begun', 'ended')),
    rows      bigint,
    cut       boolean
);
create index export_audit_at on export_audit (at desc);

-- What the wall asks of today.
create index docket_closed on docket (closed_at) where closed_at is not null;
create index ledger_filed on ledger_entry (at) where action = 'file';

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on export_audit from bihuan_app;
    end if;
end $$;
