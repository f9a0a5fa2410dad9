-- Whose personal data were erased, and when: an id of the vault that leads to nobody any more. It only grows, so that a backup from before
-- an erasure cannot bring a person back unseen.
create table erasure (
    region  text not null,
    subject uuid not null,
    at      timestamptz not null,
    primary key (region, subject)
);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on erasure from bihuan_app;
    end if;
end $$;
