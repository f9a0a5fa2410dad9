-- The legal library: matters in versions, announcements of empowerment, statutes.

CREATE TABLE matter_version (
    code text NOT NULL CHECK (code ~ '^[A-Za-z0-9-]{1,30}$'),
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL CHECK (state IN ('draft', 'published', 'discarded')),
    facts jsonb NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    -- It came with the program.
    shipped boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    created_by uuid,
    -- When a draft was published or discarded.
    settled_at timestamptz,
    settled_by uuid,
    PRIMARY KEY (code, number),
    CHECK ((state = 'draft') = (settled_at IS NULL))
);
-- A matter has one draft at a time.
CREATE UNIQUE INDEX matter_draft ON matter_version (code) WHERE state = 'draft';

-- One row: how often anything changed, and which data were seeded. Whoever writes matters holds it.
CREATE TABLE matter_library (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL DEFAULT 1,
    seeded text
);
INSERT INTO matter_library DEFAULT VALUES;

CREATE TABLE empowerment (
    id uuid PRIMARY KEY,
    -- In which order they were entered.
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    county text NOT NULL CHECK (county ~ '^[0-9]{6}$'),
    number text NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    -- Who announced it.
    organ text NOT NULL CHECK (length(organ) BETWEEN 1 AND 60),
    announced_on date NOT NULL,
    effective_from date NOT NULL,
    act text NOT NULL CHECK (act IN ('grant', 'withdraw', 'transfer')),
    matters text[] NOT NULL CHECK (cardinality(matters) BETWEEN 1 AND 2000),
    townships text[] NOT NULL,
    -- To which bureau, where it is a transfer between bureaus.
    to_organ text CHECK (length(to_organ) BETWEEN 1 AND 60),
    note text CHECK (length(note) <= 500),
    -- Of matters, townships and bureau: too long for an index themselves.
    digest text NOT NULL CHECK (digest LIKE 'sha256:%'),
    entered_at timestamptz NOT NULL,
    entered_by uuid NOT NULL,
    CHECK (effective_from >= announced_on),
    CHECK ((act = 'transfer') = (to_organ IS NOT NULL)),
    CHECK ((act = 'transfer') = (cardinality(townships) = 0))
);
-- One document may grant some matters and withdraw others, and give one township these and another those.
CREATE UNIQUE INDEX empowerment_number ON empowerment (county, number, act, effective_from, digest);
CREATE INDEX empowerment_matters ON empowerment USING gin (matters);

CREATE TABLE statute (
    id uuid PRIMARY KEY,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    -- As it is cited.
    short_title text NOT NULL,
    -- The date of the version, from the file's name.
    dated date NOT NULL,
    history text[] NOT NULL,
    articles integer NOT NULL CHECK (articles > 0),
    -- Of title, date and articles: the same version read again is the same.
    digest text NOT NULL CHECK (digest LIKE 'sha256:%'),
    file_name text NOT NULL,
    imported_at timestamptz NOT NULL,
    UNIQUE (title, dated)
);
CREATE INDEX statute_cited ON statute (short_title, dated DESC);

CREATE TABLE statute_article (
    statute_id uuid NOT NULL REFERENCES statute (id),
    number integer NOT NULL CHECK (number > 0),
    heading text NOT NULL,
    -- A line a paragraph (款) or item (项).
    text text NOT NULL,
    PRIMARY KEY (statute_id, number)
);

-- Announcements and statutes are only added; what was published of a matter is settled.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'bihuan_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON empowerment, statute, statute_article FROM bihuan_app;
        REVOKE DELETE, TRUNCATE ON matter_version, matter_library FROM bihuan_app;
    END IF;
END
$$;
