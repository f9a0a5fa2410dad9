-- Requests to end a publication early (信用修复). Who asks is the case's party; no name stands here.
create table credit_repair (
    id           uuid primary key,
    region       text not null,
    publication  uuid not null references publication (id),
    state        text not null check (state in ('received', 'checked', 'granted', 'refused')),
    version      integer not null default 1,
    -- From the party's own page, or at the desk.
    via          text not null check (via in ('portal', 'desk')),
    -- The promise (信用承诺书): the number or digest of the paper or file.
    promise      text not null,
    received_at  timestamptz not null,
    received_by  uuid,
    due_at       timestamptz not null,
    warn_at      timestamptz not null,
    checked_by   uuid,
    checked_at   timestamptz,
    -- What the checker found: what was corrected, what is missing.
    found        text,
    proposed     boolean,
    decided_by   uuid,
    decided_at   timestamptz,
    reason       text,
    -- The credit platform was told: with the file that was taken out.
    told_at      timestamptz,
    check (decided_by is null or decided_by <> checked_by)
);
create unique index credit_repair_open on credit_repair (publication) where state in ('received', 'checked');
create index credit_repair_due on credit_repair (due_at) where state in ('received', 'checked');
