-- Official documents (执法文书): drafts, what was issued, what was voided.
create table document (
    id           uuid primary key,
    region       text not null,
    docket_id    uuid not null,
    -- The kind of docket, whose room says who may do what.
    docket_kind  text not null,
    -- The kind of document, such as D15, and the version of its template.
    kind         text not null,
    template     integer not null,
    state        text not null check (state in ('draft', 'issued', 'void')),
    -- What the document says lies in the vault under this subject.
    subject      uuid not null,
    number       text,
    -- SHA-256 of the PDF, once it was issued.
    file         text,
    pages        integer,
    drafted_by   uuid not null,
    drafted_at   timestamptz not null,
    issued_by    uuid,
    issued_at    timestamptz,
    voided_by    uuid,
    voided_at    timestamptz,
    void_reason  text,
    version      bigint not null default 1,
    check ((state = 'draft') = (file is null and voided_at is null)),
    check (file is not null or number is null)
);
create index document_docket on document (region, docket_id, id);
create index document_file on document (file) where file is not null;

-- The register of numbers (文号登记簿): one line for each number that was given, whatever becomes of its document.
create table document_number (
    region      text not null,
    -- The word of the organ (机关代字) and the kind of document: each counts by itself, anew every year.
    organ_word  text not null,
    kind        text not null,
    year        integer not null,
    serial      bigint not null,
    number      text not null,
    document_id uuid not null references document (id),
    given_at    timestamptz not null,
    primary key (region, organ_word, kind, year, serial)
);
create unique index document_number_text on document_number (region, number);
create unique index document_number_document on document_number (document_id);

-- Where each count stands. Whoever gives a number holds the row until he commits, so that a number taken back is given again.
create table document_counter (
    region      text not null,
    organ_word  text not null,
    kind        text not null,
    year        integer not null,
    last        bigint not null,
    primary key (region, organ_word, kind, year)
);

-- A number that was given stays in the register.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on document_number from bihuan_app;
    end if;
end
$$;
