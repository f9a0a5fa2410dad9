-- Visitors received about a lead (接访): by whom, when, what was said, when they come again, what they were told. It only grows.
create table reception (
    region      text        not null,
    lead_id     uuid        not null,
    -- Counted from 1 for each lead.
    round       integer     not null check (round >= 1),
    received_by uuid        not null,
    received_at timestamptz not null,
    summary     text        not null,
    next_on     date,
    -- What the visitor was told in the end.
    reply       text,
    entered_by  uuid        not null,
    entered_at  timestamptz not null,
    primary key (region, lead_id, round),
    -- Sent twice, it is one.
    unique (region, lead_id, received_by, received_at),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on reception from bihuan_app;
    end if;
end $$;
