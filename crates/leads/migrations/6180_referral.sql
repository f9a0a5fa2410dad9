-- Referrals to a neighbour city (转邻市): what is to be sent, what became of it there. The row is its own outbox: it is written in the
-- transaction of the action, and sent until the neighbour's server has answered.
create table referral (
    id              uuid primary key,
    region          text not null,
    lead_id         uuid not null,
    -- Counted from 1 for each lead.
    round           integer not null check (round >= 1),
    neighbour       text not null,
    neighbour_name  text not null,
    reason          text not null,
    -- The state it was referred from, and goes back to.
    from_state      text not null check (from_state in ('reported', 'accepted', 'filed')),
    state           text not null check (state in ('waiting', 'sent', 'refused', 'ended', 'over')),
    -- The fields of the request, frozen: a repetition says the same.
    request         jsonb not null,
    remote_id       text,
    token           text,
    remote_open     boolean,
    remote_notes    text,
    remote_agency   text,
    remote_expected timestamptz,
    remote_updated  timestamptz,
    error           text,
    attempts        integer not null default 0,
    next_at         timestamptz not null,
    give_up_at      timestamptz not null,
    referred_by     uuid,
    referred_at     timestamptz not null,
    sent_at         timestamptz,
    seen_at         timestamptz,
    ended_at        timestamptz,
    unique (region, lead_id, round),
    foreign key (region, lead_id) references lead (region, id) deferrable initially deferred
);
create index referral_due on referral (state, next_at, id) where state in ('waiting', 'sent');
-- What we sent there is not taken in from there.
create index referral_remote on referral (neighbour, remote_id) where remote_id is not null;
