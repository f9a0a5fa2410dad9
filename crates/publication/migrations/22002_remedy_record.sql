-- Reviews and suits of a case (行政复议、行政诉讼台账): beside the steps of the case, never against them.
create table remedy_record (
    id            uuid primary key,
    region        text not null,
    case_id       uuid not null,
    kind          text not null check (kind in ('review', 'suit')),
    version       integer not null default 1,
    -- The review organ or the court, and its number; empty while only the case's step is known.
    body          text not null,
    number        text not null,
    matter        text not null,
    received_on   date not null,
    -- Until when the organ answers (答复、答辩期限).
    answer_due_at timestamptz not null,
    warn_at       timestamptz not null,
    answered_on   date,
    answers       uuid,
    hearing_at    timestamptz,
    outcome       text check (outcome in ('upheld', 'rejected', 'ended', 'revoked', 'changed', 'unlawful', 'void')),
    served_on     date,
    followed      text not null default '',
    opened_by     uuid,
    opened_at     timestamptz not null,
    closed_at     timestamptz,
    check ((outcome is null) = (closed_at is null))
);
create unique index remedy_record_open on remedy_record (region, case_id) where outcome is null;
create index remedy_record_case on remedy_record (region, case_id, opened_at desc);
create index remedy_record_due on remedy_record (answer_due_at) where outcome is null and answered_on is null;
