-- Whether the reply of a lead addresses what was asked (答复核验): the newest look at the newest reply, and what a person made of it.
create table reply_check (
    region     text not null,
    lead_id    uuid not null,
    words      text not null,
    -- The words without signs, hashed: what was answered in the same words is found by it.
    digest     bytea not null,
    findings   jsonb not null,
    state      text not null check (state in ('passed', 'warned', 'held', 'released', 'rewritten')),
    made_at    timestamptz not null,
    settled_at timestamptz,
    settled_by uuid,
    reason     text,
    primary key (region, lead_id),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
create index reply_check_digest on reply_check (region, digest, lead_id desc);
create index reply_check_state on reply_check (state, lead_id desc) where state <> 'passed';

create table reply_check_setting (
    region  text primary key,
    mode    text not null check (mode in ('off', 'warn', 'hold')),
    holding text[] not null
);

-- An answer that waits until a person has looked at its words (待核对).
alter table answer drop constraint answer_state_check;
alter table answer add constraint answer_state_check check (state in ('waiting', 'sent', 'owed', 'given', 'dead', 'held'));
create index answer_held on answer (region, lead_id) where state = 'held';
