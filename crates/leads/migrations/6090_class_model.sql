-- Class models (类别模型): learned from leads whose class a person confirmed. A body is kept as long as one may go back to it.
create table class_model (
    region     text not null,
    number     bigint not null check (number >= 1),
    state      text not null check (state in ('learning', 'ready', 'failed')),
    asked_by   uuid,
    asked_at   timestamptz not null,
    ended_at   timestamptz,
    failure    text,
    report     jsonb,
    body       bytea,
    primary key (region, number)
);
create unique index class_model_learning on class_model (region) where state = 'learning';

-- Which of them proposes classes; none where number is null. Automatic: learned anew when enough leads came, used when better.
create table class_model_choice (
    region    text primary key,
    number    bigint,
    automatic boolean not null default false,
    version   bigint not null check (version >= 1),
    foreign key (region, number) references class_model (region, number)
);
