-- The organisation tree, people, what proves who they are, and what their roles allow.

CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    parent_id uuid REFERENCES organisation (id),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    kind text NOT NULL CHECK (kind IN ('bureau', 'centre', 'brigade', 'squad', 'township', 'department', 'company')),
    -- A prefix of region codes: the jurisdiction of the people here who have none of their own.
    region text NOT NULL CHECK (region ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    sort integer NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (parent_id IS DISTINCT FROM id)
);
CREATE UNIQUE INDEX organisation_sibling_name ON organisation (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name);
CREATE INDEX organisation_parent ON organisation (parent_id);

CREATE TABLE person (
    id uuid PRIMARY KEY,
    -- Lower case; what a person types to sign in.
    account text NOT NULL UNIQUE CHECK (account ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    roles text[] NOT NULL DEFAULT '{}',
    -- Prefixes of region codes; empty means the organisation's own region.
    regions text[] NOT NULL DEFAULT '{}',
    auxiliary boolean NOT NULL DEFAULT false,
    kind text NOT NULL DEFAULT 'staff' CHECK (kind IN ('staff', 'machine')),
    active boolean NOT NULL DEFAULT true,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (auxiliary OR NOT ('auxiliary' = ANY (roles))),
    CHECK ((kind = 'machine') = ('machine' = ANY (roles)))
);
CREATE INDEX person_organisation ON person (organisation_id);
CREATE INDEX person_roles ON person USING gin (roles);

-- An argon2id PHC string, never the password.
CREATE TABLE credential (
    person_id uuid PRIMARY KEY REFERENCES person (id),
    phc text NOT NULL CHECK (phc LIKE '$argon2id$%'),
    must_change boolean NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The shared secret of the one-time codes, sealed with a key kept outside the database.
CREATE TABLE totp (
    person_id uuid PRIMARY KEY REFERENCES person (id),
    sealed bytea NOT NULL,
    confirmed_at timestamptz,
    -- The last time step whose code was accepted: a code is good once.
    last_step bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);

-- Only the hash of a session's token is kept.
CREATE TABLE session (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    person_id uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    address text NOT NULL,
    agent text NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);

-- Failed attempts by the account as typed, whether or not such an account exists: a lock-out tells nobody that it does.
CREATE TABLE sign_in_attempt (
    account text PRIMARY KEY,
    failures integer NOT NULL,
    since timestamptz NOT NULL,
    locked_until timestamptz
);

-- The audit of sign-ins: only ever added to.
CREATE TABLE sign_in (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    account text NOT NULL,
    person_id uuid REFERENCES person (id),
    outcome text NOT NULL CHECK (outcome IN ('success', 'failed', 'locked', 'totp-failed')),
    address text NOT NULL,
    agent text NOT NULL
);
CREATE INDEX sign_in_at ON sign_in (at DESC, id DESC);
CREATE INDEX sign_in_person ON sign_in (person_id, at DESC);

-- The audit of what administrators change: only ever added to.
CREATE TABLE identity_change (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    -- Empty for the installation itself (bootstrap on the shell).
    actor_id uuid,
    action text NOT NULL,
    target text NOT NULL,
    payload jsonb NOT NULL
);
CREATE INDEX identity_change_at ON identity_change (at DESC, id DESC);

-- Which rights exist, as the features declared them; a right's default roles are given once, when it is first seen.
CREATE TABLE right_definition (
    name text PRIMARY KEY,
    label text NOT NULL,
    decides boolean NOT NULL
);

CREATE TABLE role (
    code text PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1
);
INSERT INTO role (code) VALUES
    ('operator'), ('shift_leader'), ('dispatcher'), ('collector'), ('unit_handler'), ('unit_leader'), ('officer'),
    ('auxiliary'), ('evaluator'), ('leader'), ('administrator'), ('machine');

CREATE TABLE role_right (
    role text NOT NULL REFERENCES role (code),
    right_name text NOT NULL REFERENCES right_definition (name),
    PRIMARY KEY (role, right_name)
);

-- Keys of machine sources; only the hash is kept.
CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    person_id uuid NOT NULL REFERENCES person (id),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX api_key_person ON api_key (person_id);

-- The program may add to the audits and never rewrite them.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'bihuan_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON sign_in, identity_change FROM bihuan_app;
    END IF;
END
$$;
