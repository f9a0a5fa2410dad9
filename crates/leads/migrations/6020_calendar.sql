-- Which calendar the running limits were last counted with.
create table calendar_in_force (
    region     text primary key,
    version    text not null,
    applied_at timestamptz not null
);
