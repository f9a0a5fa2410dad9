-- The phrase library (用语库): texts for a field of a kind of document, of an organ or of one officer.
create table document_phrase (
    id           uuid primary key,
    region       text not null,
    -- The organ whose phrase it is; none where it is a person's own.
    organisation uuid,
    person       uuid,
    -- The kind of document, such as D15; empty where any kind with the field takes it.
    kind         text not null,
    field        text not null,
    title        text not null,
    text         text not null,
    state        text not null check (state in ('draft', 'published', 'withdrawn')),
    used         bigint not null default 0,
    written_by   uuid not null,
    changed_at   timestamptz not null,
    published_by uuid,
    published_at timestamptz,
    version      bigint not null default 1,
    check ((organisation is null) <> (person is null))
);
create index document_phrase_organ on document_phrase (region, organisation, used desc) where organisation is not null;
create index document_phrase_person on document_phrase (region, person, used desc) where person is not null;
