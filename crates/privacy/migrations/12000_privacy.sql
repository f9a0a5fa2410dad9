-- The notice before personal information is taken (个人信息告知书), version by version. What was published stays as it was.
create table privacy_notice (
    region       text not null,
    number       bigint not null check (number >= 1),
    text         text not null check (length(text) between 1 and 20000),
    -- The rules of their own for children under fourteen (个人信息保护法 art. 31).
    minors       text not null check (length(minors) between 1 and 20000),
    published_by uuid not null,
    published_at timestamptz not null,
    primary key (region, number)
);

create table privacy_notice_draft (
    region     text primary key,
    text       text not null,
    minors     text not null,
    version    bigint not null check (version >= 1),
    changed_by uuid not null,
    changed_at timestamptz not null
);

-- What a person asks for about himself (个人信息权利请求). Who it is stands in the leads alone.
create table privacy_request (
    region      text not null,
    id          uuid not null,
    number      text not null,
    kind        text not null check (kind in ('copy', 'correct', 'erase')),
    -- How it came: by the tracking code, or at the counter.
    channel     text not null check (channel in ('code', 'counter')),
    -- How the person was known to be the one.
    identified  text not null,
    leads       uuid[] not null check (cardinality(leads) between 1 and 100),
    -- Name and telephone as they should read, in the vault until it is decided.
    wanted      uuid,
    note        text not null default '',
    state       text not null check (state in ('open', 'granted', 'refused')),
    received_at timestamptz not null,
    due_at      timestamptz not null,
    entered_by  uuid,
    decided_at  timestamptz,
    decided_by  uuid,
    ground      text,
    reason      text,
    version     bigint not null default 1,
    primary key (region, id),
    check ((state = 'open') = (decided_at is null)),
    -- Who is refused is told why (个人信息保护法 art. 50).
    check (state <> 'refused' or (ground is not null and reason is not null))
);
create unique index privacy_request_number on privacy_request (region, number);
create index privacy_request_open on privacy_request (region, due_at) where state = 'open';
create index privacy_request_leads on privacy_request using gin (leads);

create table privacy_step (
    region  text not null,
    request uuid not null,
    seq     integer not null check (seq >= 1),
    at      timestamptz not null,
    actor   uuid,
    action  text not null,
    note    text not null default '',
    primary key (region, request, seq),
    foreign key (region, request) references privacy_request (region, id)
);

-- The register of impact assessments (个人信息保护影响评估, art. 55 and 56: kept for at least three years).
create table impact_assessment (
    region      text not null,
    id          uuid not null,
    title       text not null check (length(title) between 1 and 100),
    occasion    text not null,
    text        text not null check (length(text) between 1 and 20000),
    reviewer    text not null check (length(reviewer) between 1 and 60),
    assessed_on date not null,
    entered_by  uuid not null,
    entered_at  timestamptz not null,
    primary key (region, id)
);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on privacy_notice, privacy_step, impact_assessment from bihuan_app;
    end if;
end $$;
