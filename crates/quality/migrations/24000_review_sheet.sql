-- Score sheets (评查标准) in versions: a published one never changes, a round keeps the one it was drawn under.
create table review_sheet (
    id         uuid primary key,
    code       text not null check (code ~ '^[a-z0-9-]{1,40}$'),
    number     integer not null check (number > 0),
    state      text not null check (state in ('draft', 'published', 'discarded')),
    -- Grows with every change of a draft.
    version    integer not null default 1,
    title      text not null check (length(title) between 1 and 100),
    body       jsonb not null,
    reason     text not null check (length(reason) between 1 and 500),
    -- It came with the program.
    shipped    boolean not null default false,
    created_by uuid,
    created_at timestamptz not null,
    settled_by uuid,
    settled_at timestamptz,
    unique (code, number),
    check ((state = 'draft') = (settled_at is null))
);
create unique index review_sheet_draft on review_sheet (code) where state = 'draft';
