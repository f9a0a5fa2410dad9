-- Rule sets (派遣规则版本): what decides is the set with the highest number, whole and unchanged since it was published. The rows of
-- dispatch_rule are the draft of the next one.
create table dispatch_rule_set (
    region        text not null,
    number        bigint not null check (number >= 1),
    rules         jsonb not null,
    note          text not null default '',
    restored_from bigint,
    published_by  uuid,
    published_at  timestamptz not null,
    primary key (region, number)
);
insert into dispatch_rule_set (region, number, rules, note, published_at)
    select region, 1, jsonb_agg(to_jsonb(r) order by priority, id), '沿用分版本以前的派遣规则', now() from dispatch_rule r group by region;

-- Grows with every edit of the draft, and never falls behind the versions of its rules.
create table dispatch_draft (
    region     text primary key,
    revision   bigint not null check (revision >= 0),
    changed_by uuid,
    changed_at timestamptz not null
);
insert into dispatch_draft (region, revision, changed_at) select region, max(version), now() from dispatch_rule group by region;

-- A replay of past filings under a draft (试算), and the leads behind its figures.
create table dispatch_what_if (
    region     text not null,
    id         uuid primary key,
    revision   bigint not null,
    base       bigint not null,
    rules      jsonb not null,
    state      text not null check (state in ('waiting', 'running', 'done', 'cancelled')),
    from_at    timestamptz not null,
    to_at      timestamptz not null,
    total      bigint not null default 0,
    done       bigint not null default 0,
    report     jsonb,
    asked_by   uuid,
    asked_at   timestamptz not null,
    ended_at   timestamptz
);
create unique index dispatch_what_if_busy on dispatch_what_if (region) where state in ('waiting', 'running');
create index dispatch_what_if_newest on dispatch_what_if (region, asked_at desc);
create table dispatch_what_if_lead (
    what_if          uuid not null references dispatch_what_if (id) on delete cascade,
    lead_id          uuid not null,
    present          uuid,
    proposed         uuid,
    back_by_present  boolean not null,
    back_by_proposed boolean not null,
    primary key (what_if, lead_id)
);
