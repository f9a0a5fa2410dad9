-- Sent back (退回) and put forward again (补正后重报): who acts next changes, the case's facts do not.
alter table enforcement_case add column sent_back boolean not null default false;

create table case_remark (
    region   text not null,
    case_id  uuid not null,
    ordinal  integer not null,
    kind     text not null check (kind in ('sent-back', 'resubmitted')),
    at       timestamptz not null,
    person   uuid not null,
    text     text not null check (length(text) between 1 and 2000),
    primary key (region, case_id, ordinal)
);

-- The calendar of hearings (听证日历).
create index enforcement_case_hearing on enforcement_case (hearing_at) where hearing_at is not null;
