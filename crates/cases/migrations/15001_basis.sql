-- What a case stands on (办案依据): the version of the matter of the act's day, who enforces it and why, or why the matter was typed.
create table case_basis (
    region         text not null,
    case_id        uuid not null,
    -- Why the matter was typed and not chosen from the library.
    typed_reason   text check (length(typed_reason) between 1 and 2000),
    matter_version integer check (matter_version > 0),
    -- Where the act was done, and the township that follows.
    act_region     text not null,
    township       text,
    -- Who has the power there on that day, and by which announcement.
    holder         text,
    announcement   text,
    ours           boolean not null,
    derivation     jsonb not null,
    -- Which law was chosen when it had changed since the act (从旧兼从轻).
    settled        jsonb,
    primary key (region, case_id),
    check ((typed_reason is null) = (matter_version is not null))
);
create index case_basis_township on case_basis (township, case_id);
