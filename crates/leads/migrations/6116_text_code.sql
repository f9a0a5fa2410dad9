-- Codes by text message (短信验证码) for public reports. No telephone stands here: only its keyed index, and the code only as a keyed digest.
create table text_code_setting (
    region     text primary key,
    mode       text not null check (mode in ('off', 'with-telephone', 'odd')),
    -- Messages of 24 hours: what a flood may cost at most.
    daily_most integer not null check (daily_most between 1 and 100000)
);

create table text_code (
    id        uuid primary key,
    region    text not null,
    telephone bytea not null,
    digest    bytea not null,
    sent_at   timestamptz not null,
    tries     integer not null default 0,
    -- The key of the report that it was used for; no other one may use it.
    used_for  text
);
create index text_code_telephone on text_code (region, telephone, sent_at desc);
create index text_code_sent on text_code (region, sent_at);
