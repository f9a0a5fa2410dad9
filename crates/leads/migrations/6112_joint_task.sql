-- Joint tasks (联合处置): what a unit does beside the one that has the lead. Its limit is the lead's limit 'assist' of the same round.
create table joint_task (
    region     text not null,
    lead_id    uuid not null,
    round      integer not null check (round >= 1),
    unit       uuid not null,
    state      text not null check (state in ('asked', 'waiting', 'taken', 'done', 'returned', 'withdrawn')),
    ask        text not null,
    answer     text,
    taken_by   uuid,
    ordered_at timestamptz not null,
    ended_at   timestamptz,
    primary key (region, lead_id, round),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
-- At most one that is not over for a unit and lead.
create unique index joint_task_live on joint_task (region, lead_id, unit) where state in ('asked', 'waiting', 'taken');
create index joint_task_unit on joint_task (unit, lead_id desc) where state in ('waiting', 'taken');
create index joint_task_asked on joint_task (lead_id desc) where state = 'asked';
create index joint_task_lead on joint_task (lead_id, unit);
