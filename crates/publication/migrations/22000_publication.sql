-- Publication of a penalty decision (处罚决定公开), a row a revision. Of natural persons nothing stands here but a surname: the content is
-- masked, and the original is read from the case whenever it is shown beside it. Enterprises stand by name, as they are published.
create table publication (
    id              uuid primary key,
    region          text not null,
    case_id         uuid not null,
    revision        integer not null check (revision > 0),
    state           text not null check (state in ('waiting', 'drafted', 'published', 'withheld', 'withdrawn', 'ended', 'dropped')),
    -- Grows with every change; who acts says which he saw.
    version         integer not null default 1,
    decided_at      timestamptz not null,
    -- Seven working days from the decision (D13).
    due_at          timestamptz not null,
    warn_at         timestamptz not null,
    severity        text not null check (severity in ('slight', 'general', 'serious')),
    is_natural      boolean not null,
    matter          text not null,
    content         jsonb,
    drafted_by      uuid,
    drafted_at      timestamptz,
    -- Somebody else looked it through; gone when the content changes.
    checked_by      uuid,
    checked_at      timestamptz,
    secrecy_by      uuid,
    secrecy_at      timestamptz,
    secrecy_note    text,
    ground          text,
    reason          text,
    ended_by        uuid,
    published_by    uuid,
    published_at    timestamptz,
    min_until       date,
    max_until       date,
    -- From when it must be taken back, and until when: three working days (D14). The end is empty again once it was taken back.
    withdraw_from   timestamptz,
    withdraw_due_at timestamptz,
    withdraw_warn_at timestamptz,
    ended_at        timestamptz,
    -- The ledger of the case was told that it is late.
    late_told_at    timestamptz,
    unique (region, case_id, revision),
    check (state not in ('drafted', 'published') or content is not null),
    check (checked_by is null or checked_by <> drafted_by),
    check (secrecy_by is null or secrecy_by <> drafted_by),
    check ((published_at is null) or (checked_by is not null and max_until is not null)),
    check (is_natural or published_at is null or secrecy_by is not null)
);
-- One revision of a case at most is being made or shown.
create unique index publication_live on publication (region, case_id) where state in ('waiting', 'drafted', 'published');
create index publication_shown on publication (published_at desc, id desc) where state in ('published', 'withdrawn');
create index publication_open on publication (due_at) where state in ('waiting', 'drafted');
create index publication_withdraw on publication (withdraw_due_at) where withdraw_due_at is not null;
create index publication_until on publication (max_until) where state = 'published';
