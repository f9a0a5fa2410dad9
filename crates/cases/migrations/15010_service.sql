-- Electronic service (电子送达, 行政处罚法第六十一条第二款): who agreed to it, and what arrived on the party's page.
create table case_agreement (
    id           uuid primary key,
    region       text not null,
    case_id      uuid not null,
    party        smallint not null,
    agreed_at    timestamptz not null,
    -- SHA-256 of the drawn signature; the typed name is in the vault under `subject`.
    signature    text not null check (length(signature) = 64),
    subject      uuid not null,
    -- The words that were agreed to, as they stood then.
    words        text not null,
    withdrawn_at timestamptz check (withdrawn_at >= agreed_at)
);
create unique index case_agreement_in_force on case_agreement (region, case_id, party) where withdrawn_at is null;

create table case_delivery (
    id         uuid primary key,
    region     text not null,
    case_id    uuid not null,
    party      smallint not null,
    document   uuid not null,
    -- The kind of document, such as D03, and what it is called.
    kind       text not null,
    title      text not null,
    file       text not null check (length(file) = 64),
    -- The day of service: when it arrived in the party's system (民事诉讼法第九十条第二款).
    arrived_at timestamptz not null,
    sent_by    uuid not null,
    opened_at  timestamptz check (opened_at >= arrived_at),
    unique (region, case_id, party, document)
);
