-- A leader in charge (领导包案) looks after a lead beside its holder: who, since when, why.
alter table lead add column leader uuid;
alter table lead add column charged_at timestamptz;
alter table lead add column charge_reason text;
create index lead_leader on lead (leader, id desc) where leader is not null;

-- What the leader in charge instructs (批示), and what was answered. Its limit is the lead's limit 'instruct' of the same round.
create table instruction (
    region      text not null,
    lead_id     uuid not null,
    -- Counted from 1 for each lead.
    round       integer not null check (round >= 1),
    words       text not null,
    hours       integer not null check (hours between 1 and 240),
    given_by    uuid not null,
    given_at    timestamptz not null,
    answer      text,
    answered_by uuid,
    answered_at timestamptz,
    primary key (region, lead_id, round),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
create index instruction_open on instruction (lead_id desc) where answered_at is null;
