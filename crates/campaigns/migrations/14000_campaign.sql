-- Campaigns (全域整治): what one exposure showed is looked for in every unit grid of an area.
create table campaign (
    id          uuid primary key,
    region      text not null,
    name        text not null,
    -- What is looked for.
    class_code  text not null,
    look_for    text not null,
    -- Every grid whose code begins with it.
    area        text not null collate "C",
    -- The lead whose exposure began it.
    lead_id     uuid,
    lead_number text,
    due_on      date not null,
    started_by  uuid not null,
    started_at  timestamptz not null,
    ended_by    uuid,
    ended_at    timestamptz,
    end_note    text,
    version     bigint not null default 1
);
create index campaign_region on campaign (region, id desc);

-- A grid of a campaign (网格排查): looked at or not yet, and what was found there.
create table campaign_grid (
    campaign    uuid not null references campaign (id),
    grid        text not null collate "C",
    state       text not null default 'waiting' check (state in ('waiting', 'clean', 'found')),
    checked_by  uuid,
    checked_at  timestamptz,
    note        text,
    photos      text[] not null default '{}',
    -- Where the collector stood.
    lon         double precision,
    lat         double precision,
    -- The lead that what was found became.
    lead_id     uuid,
    lead_number text,
    primary key (campaign, grid)
);
create index campaign_grid_waiting on campaign_grid (grid, campaign) where state = 'waiting';
create index campaign_grid_photo on campaign_grid using gin (photos);
