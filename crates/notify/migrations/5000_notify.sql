-- What consumers could not take yet: the docket waits, so that its events stay in order, until the next try or until it is given up.
CREATE TABLE outbox_failure (
    outbox_id bigint PRIMARY KEY,
    docket_id uuid NOT NULL,
    consumer text NOT NULL,
    attempts integer NOT NULL,
    last_error text NOT NULL,
    at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    given_up_at timestamptz
);
CREATE INDEX outbox_failure_waiting ON outbox_failure (docket_id) WHERE given_up_at IS NULL;

-- What a person is told in the page.
CREATE TABLE notification (
    id uuid PRIMARY KEY,
    person uuid NOT NULL,
    at timestamptz NOT NULL,
    title text NOT NULL,
    docket_id uuid,
    read_at timestamptz
);
CREATE INDEX notification_person ON notification (person, id DESC);
CREATE INDEX notification_unread ON notification (person, id DESC) WHERE read_at IS NULL;

-- Who else is told, over HTTP. The secret is sealed with a key kept outside the database.
CREATE TABLE webhook (
    id uuid PRIMARY KEY,
    url text NOT NULL CHECK (length(url) <= 2000),
    secret bytea NOT NULL,
    topics text[] NOT NULL CHECK (cardinality(topics) BETWEEN 1 AND 50),
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL
);

-- One event for one webhook: waits until it is delivered or, after a day of tries, dead. Nothing is dropped unseen.
CREATE TABLE webhook_delivery (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    outbox_id bigint NOT NULL,
    docket_id uuid NOT NULL,
    topic text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    give_up_at timestamptz NOT NULL,
    last_at timestamptz,
    last_status integer,
    last_error text,
    UNIQUE (webhook_id, outbox_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at, id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_order ON webhook_delivery (webhook_id, docket_id, id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, id DESC);
CREATE INDEX webhook_delivery_ended ON webhook_delivery (last_at) WHERE state <> 'waiting';

-- The purge of what was delivered long ago.
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
