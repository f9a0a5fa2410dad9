-- Written notices (督办文书): prompt, supervision, account. Each is a docket of the kind `notice`; here stands what is its own.
create table notice (
    region       text not null,
    id           uuid not null,
    stage        text not null check (stage in ('prompt', 'supervise', 'account')),
    -- As it was issued; never changed.
    text         text not null,
    -- Who issued it; nobody where the house rule did.
    issued_by    uuid,
    reply_hours  integer not null check (reply_hours between 1 and 400),
    reply        text,
    replied_by   uuid,
    replied_at   timestamptz,
    -- What the issuer said of the reply, or why it was withdrawn.
    verdict      text,
    judged_by    uuid,
    -- The notice before it on the ladder.
    previous     uuid,
    primary key (region, id)
);
create index notice_previous on notice (region, previous) where previous is not null;

-- The leads that a notice is about, with the limit that it was issued for as it stood then.
create table notice_lead (
    region      text not null,
    notice_id   uuid not null,
    ordinal     smallint not null,
    lead_id     uuid not null,
    limit_name  text not null,
    limit_round integer not null,
    due_at      timestamptz not null,
    open        boolean not null default true,
    primary key (region, notice_id, lead_id)
);
-- Of one lead at most one notice is open.
create unique index notice_lead_open on notice_lead (region, lead_id) where open;
create index notice_lead_lead on notice_lead (region, lead_id, limit_name, limit_round);

create table notice_photo (
    region    text not null,
    notice_id uuid not null,
    ordinal   integer not null,
    file      text not null,
    at        timestamptz not null,
    primary key (region, notice_id, ordinal)
);
create index notice_photo_file on notice_photo (file);

-- When notices are issued by themselves, and how long a unit has to reply (督办设置).
create table notice_setting (
    region  text not null,
    setting jsonb not null,
    version bigint not null,
    primary key (region)
);
