-- What organs say of themselves on their documents (机关信息), in versions: which one holds on a day follows from effective_from.
create table document_organ (
    region         text not null,
    organisation   uuid not null,
    version        integer not null,
    name           text not null,
    -- The word that its numbers begin with (机关代字). Two organs never share one: they would share their counts.
    word           text not null,
    address        text not null,
    postcode       text not null,
    telephone      text not null,
    review_body    text not null,
    review_address text not null,
    court          text not null,
    bank           text not null,
    bank_address   text not null,
    account        text not null,
    effective_from date not null,
    set_by         uuid not null,
    set_at         timestamptz not null,
    primary key (region, organisation, version)
);
create index document_organ_word on document_organ (region, word);

-- A version that was set stays as it was: documents were issued by it.
do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on document_organ from bihuan_app;
    end if;
end
$$;
