-- A draft of an announcement that takes powers back (收回公告草稿), out of how they were used: nothing counts before somebody enters the announcement.
create table empowerment_draft (
    id         uuid primary key,
    county     text not null check (county ~ '^[0-9]{6}$'),
    -- One matter and township a draft, with the reasons as they were found.
    matter     text not null,
    township   text not null,
    reasons    text not null check (length(reasons) between 1 and 2000),
    state      text not null check (state in ('open', 'entered', 'discarded')),
    drafted_by uuid not null,
    drafted_at timestamptz not null,
    settled_by uuid,
    settled_at timestamptz,
    -- Entered: by this announcement.
    announcement uuid references empowerment (id),
    check ((state = 'open') = (settled_at is null)),
    check ((state = 'entered') = (announcement is not null))
);
create unique index empowerment_draft_open on empowerment_draft (county, matter, township) where state = 'open';
