-- Who a person is at the city's identity provider (统一身份认证). The account is looked up by a claim once; from then on the provider's own
-- subject counts, which it never gives to somebody else.
CREATE TABLE oidc_subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (issuer, person_id)
);

-- A sign-in that is under way: gone to the provider (a state), or back and waiting for the one-time code (a person). Each is used once.
CREATE TABLE oidc_attempt (
    state_hash bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    -- The cookie of the browser that set out: nobody else's browser can finish.
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    nonce text NOT NULL,
    verifier text NOT NULL,
    back_to text NOT NULL,
    person_id uuid REFERENCES person (id),
    started_at timestamptz NOT NULL
);
CREATE INDEX oidc_attempt_started ON oidc_attempt (started_at);

-- How a session began and how a sign-in was tried: by the program's own password, or through the provider.
ALTER TABLE session ADD COLUMN through text NOT NULL DEFAULT 'password' CHECK (through IN ('password', 'oidc'));
ALTER TABLE sign_in ADD COLUMN through text NOT NULL DEFAULT 'password' CHECK (through IN ('password', 'oidc'));
