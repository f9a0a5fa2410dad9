-- Payment of fines (罚款缴纳). No name and no number of a person: who is fined stands with the case.

-- The account that fines are paid into (收款账户), in versions; only added.
create table payment_payee (
    region    text not null,
    version   integer not null,
    organ     text not null check (length(organ) between 1 and 100),
    bank      text not null check (length(bank) between 1 and 100),
    account   text not null check (length(account) between 4 and 40),
    simulated boolean not null,
    set_by    uuid not null,
    set_at    timestamptz not null,
    primary key (region, version)
);

-- A bill (缴款通知): the fine of one decision, for whoever has its code.
create table payment_bill (
    id                 uuid primary key,
    region             text not null,
    case_id            uuid not null,
    case_number        text not null,
    matter             text not null,
    jurisdiction       text not null,
    unit               uuid,
    code               text not null unique check (code ~ '^[1-9][0-9]{19}$'),
    payee              integer not null,
    fine_fen           bigint not null check (fine_fen > 0),
    -- The decision states an extra fine for paying late.
    surcharge_stated   boolean not null,
    -- The last day of the decision; what was put off or is paid in parts stands in payment_part.
    due_on             date not null,
    state              text not null check (state in ('open', 'partly', 'paid', 'cancelled', 'refunded')),
    -- Why it was cancelled.
    why                text,
    fine_paid_fen      bigint not null default 0 check (fine_paid_fen between 0 and fine_fen),
    surcharge_paid_fen bigint not null default 0 check (surcharge_paid_fen between 0 and fine_fen),
    made_by            uuid not null,
    made_at            timestamptz not null,
    ended_at           timestamptz,
    looked_at          timestamptz not null,
    simulated          boolean not null,
    foreign key (region, payee) references payment_payee (region, version)
);
-- A decision has one bill; a cancelled one makes room.
create unique index payment_bill_case on payment_bill (region, case_id) where state not in ('cancelled', 'refunded');
create index payment_bill_list on payment_bill (region, id desc);
create index payment_bill_of_case on payment_bill (region, case_id, id desc);
create index payment_bill_number on payment_bill (region, case_number);
create index payment_bill_look on payment_bill (region, looked_at) where state in ('open', 'partly');

-- The parts of a fine that was put off or is paid in parts (暂缓、分期缴纳); their sum is the fine.
create table payment_part (
    bill    uuid not null references payment_bill (id),
    ordinal smallint not null,
    due_on  date not null,
    fen     bigint not null check (fen > 0),
    primary key (bill, ordinal)
);

-- An order at the provider (支付订单): what somebody is about to pay.
create table payment_order (
    no            text primary key check (no ~ '^[0-9a-z]{20,32}$'),
    bill          uuid not null references payment_bill (id),
    provider      text not null,
    fine_fen      bigint not null check (fine_fen >= 0),
    surcharge_fen bigint not null check (surcharge_fen >= 0),
    code_url      text,
    state         text not null check (state in ('made', 'offered', 'paid', 'over')),
    made_at       timestamptz not null,
    expires_at    timestamptz not null,
    looked_at     timestamptz not null,
    check (fine_fen + surcharge_fen > 0)
);
create index payment_order_bill on payment_order (bill, made_at desc);
create index payment_order_look on payment_order (looked_at) where state in ('made', 'offered');

create table payment_counter (
    region text not null,
    year   smallint not null,
    last   bigint not null,
    primary key (region, year)
);

-- Money that came (收款): each transaction of a provider once. Every fen is somewhere.
create table payment_receipt (
    id             uuid primary key,
    region         text not null,
    number         text not null unique,
    provider       text not null,
    transaction_no text not null,
    order_no       text not null,
    bill           uuid references payment_bill (id),
    fen            bigint not null check (fen > 0),
    fine_fen       bigint not null default 0 check (fine_fen >= 0),
    surcharge_fen  bigint not null default 0 check (surcharge_fen >= 0),
    -- Money that fits nothing (待查款): a person settles it or gives it back.
    suspense_fen   bigint not null default 0 check (suspense_fen >= 0),
    refunded_fen   bigint not null default 0 check (refunded_fen >= 0),
    -- Why something of it is in suspense, and what the case said.
    why            text,
    said           text,
    heard          text not null check (heard in ('callback', 'asked')),
    paid_at        timestamptz not null,
    got_at         timestamptz not null,
    settled_by     uuid,
    settled_at     timestamptz,
    settlement     text,
    simulated      boolean not null,
    unique (provider, transaction_no),
    check (fine_fen + surcharge_fen + suspense_fen + refunded_fen = fen)
);
create index payment_receipt_bill on payment_receipt (bill) where bill is not null;
create index payment_receipt_suspense on payment_receipt (region, id desc) where suspense_fen > 0;

-- Every fen that moves, from one account to another. It only grows.
create table payment_entry (
    id           bigint generated always as identity primary key,
    receipt      uuid not null references payment_receipt (id),
    at           timestamptz not null,
    what         text not null,
    from_account text not null,
    to_account   text not null check (to_account <> from_account),
    fen          bigint not null check (fen > 0),
    person       uuid
);
create index payment_entry_receipt on payment_entry (receipt);

-- Giving money back (退款): asked for by one person, approved by another.
create table payment_refund (
    id          uuid primary key,
    region      text not null,
    receipt     uuid not null references payment_receipt (id),
    fen         bigint not null check (fen > 0),
    reason      text not null,
    state       text not null check (state in ('asked', 'approved', 'failed', 'done', 'refused')),
    -- Under which number it is sent: a leader who tries again takes the next one.
    attempt     smallint not null default 0,
    -- How often the provider refused it under this number.
    refusals    smallint not null default 0,
    asked_by    uuid not null,
    asked_at    timestamptz not null,
    decided_by  uuid check (decided_by <> asked_by),
    decided_at  timestamptz,
    note        text,
    provider_no text,
    done_at     timestamptz,
    looked_at   timestamptz not null,
    check ((state = 'asked') = (decided_by is null))
);
create unique index payment_refund_open on payment_refund (receipt) where state in ('asked', 'approved', 'failed');
create index payment_refund_list on payment_refund (region, id desc);

-- What was already heard from a provider: a callback counts once.
create table payment_nonce (
    provider text not null,
    nonce    text not null,
    at       timestamptz not null,
    primary key (provider, nonce)
);
create index payment_nonce_at on payment_nonce (at);

-- A day file of a provider (对账文件), by the hash of its bytes.
create table payment_day_file (
    id          uuid primary key,
    region      text not null,
    provider    text not null,
    day         date not null,
    digest      text not null,
    rows        integer not null,
    imported_by uuid not null,
    imported_at timestamptz not null,
    unique (region, provider, day)
);

create table payment_day_row (
    file           uuid not null references payment_day_file (id),
    ordinal        integer not null,
    kind           text not null check (kind in ('matched', 'missing-here', 'missing-there', 'different')),
    transaction_no text not null,
    order_no       text not null,
    there_fen      bigint,
    here_fen       bigint,
    settled_by     uuid,
    settled_at     timestamptz,
    reason         text,
    primary key (file, ordinal),
    check ((settled_by is null) = (reason is null))
);
create index payment_day_row_open on payment_day_row (file) where kind <> 'matched' and settled_by is null;

do $$
begin
    if exists (select from pg_roles where rolname = 'bihuan_app') then
        revoke update, delete, truncate on payment_payee, payment_entry from bihuan_app;
        revoke delete, truncate on payment_receipt, payment_refund, payment_bill from bihuan_app;
    end if;
end $$;
