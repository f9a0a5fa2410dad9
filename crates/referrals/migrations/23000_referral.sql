-- Referrals of suspected violations to the case management centre (案件线索移交). Each is a docket of the kind `referral`; here stands what is
-- its own. Who is suspected stands in the vault.
create table case_referral (
    region        text not null,
    id            uuid not null,
    -- Who asks: a supervising bureau, or the house itself out of a lead.
    asker_unit    uuid not null,
    asked_by      uuid not null,
    own           boolean not null,
    lead_id       uuid,
    lead_number   text,
    matter_code   text,
    matter_name   text,
    facts         text not null,
    place         text not null,
    acted_on      date,
    wished_on     date,
    suspect_kind  text check (suspect_kind in ('individual', 'household', 'unit')),
    suspect       uuid,
    -- Where the centre sent it, why, and what was derived then.
    way           text check (way in ('here', 'township', 'bureau')),
    target_unit   uuid,
    reason        text,
    power         jsonb,
    case_id       uuid,
    case_number   text,
    result        text,
    result_at     timestamptz,
    feedback      text,
    primary key (region, id),
    check ((suspect is null) = (suspect_kind is null)),
    check ((way is null) = (target_unit is null))
);
create index case_referral_lead on case_referral (region, lead_id) where lead_id is not null;
create index case_referral_asker on case_referral (asker_unit);
create index case_referral_target on case_referral (target_unit) where target_unit is not null;
create unique index case_referral_case on case_referral (region, case_id) where case_id is not null;

-- What both sides said and did, in order; what is inside is not shown to bureaus outside.
create table case_referral_line (
    region      text not null,
    referral_id uuid not null,
    ordinal     integer not null,
    at          timestamptz not null,
    person      uuid,
    unit        uuid,
    verb        text not null,
    text        text,
    inside      boolean not null,
    -- The request for assistance that it is about.
    ask         integer,
    primary key (region, referral_id, ordinal)
);

-- Files, by the upload that brought them; each came with a line.
create table case_referral_file (
    id          uuid primary key,
    region      text not null,
    referral_id uuid not null,
    ordinal     integer not null,
    line        integer not null,
    file        text not null,
    name        text not null,
    media_type  text not null,
    size        bigint not null,
    -- The number of the evidence that it became.
    evidence    integer,
    unique (region, referral_id, ordinal)
);

-- Photos of the lead that it comes from, as they were then.
create table case_referral_photo (
    region      text not null,
    referral_id uuid not null,
    ordinal     integer not null,
    file        text not null,
    primary key (region, referral_id, ordinal)
);
create index case_referral_photo_file on case_referral_photo (file);

-- Requests for assistance (协助请求).
create table case_referral_ask (
    region      text not null,
    referral_id uuid not null,
    ordinal     integer not null,
    unit        uuid not null,
    asked_by    uuid not null,
    asked_at    timestamptz not null,
    due_at      timestamptz not null,
    text        text not null,
    answered_by uuid,
    answered_at timestamptz,
    answer      text,
    primary key (region, referral_id, ordinal)
);
create index case_referral_ask_unit on case_referral_ask (unit);

-- How long each step may take (移交时限).
create table case_referral_setting (
    region  text not null,
    setting jsonb not null,
    version bigint not null,
    primary key (region)
);
