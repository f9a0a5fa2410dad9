-- What those concerned said of a suspicion (当事人陈述), written down by who heard them. It only grows.
create table suspicion_statement (
    id        bigint generated always as identity primary key,
    suspicion uuid not null references suspicion (id),
    at        timestamptz not null,
    -- Who wrote it down.
    person    uuid not null,
    -- Who was heard: an account, never a name.
    heard     uuid not null,
    text      text not null
);
create index suspicion_statement_of on suspicion_statement (suspicion, id);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on suspicion_statement from bihuan_app;
    end if;
end $$;
