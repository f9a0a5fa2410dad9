-- Discretion benchmarks (裁量基准) in versions: drafted, reviewed by another person, published from a day, withdrawn.

CREATE TABLE benchmark_version (
    id uuid PRIMARY KEY,
    matter text NOT NULL CHECK (matter ~ '^[A-Za-z0-9-]{1,30}$'),
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL CHECK (state IN ('draft', 'reviewed', 'published', 'withdrawn', 'discarded')),
    -- The language of `law::discretion`.
    rules jsonb NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    -- Made up, to show how one is written: never published.
    sample boolean NOT NULL DEFAULT false,
    drafted_by uuid,
    drafted_at timestamptz NOT NULL,
    reviewed_by uuid,
    reviewed_at timestamptz,
    -- What the reviewer said, also where it was returned.
    review_note text CHECK (length(review_note) <= 500),
    effective_from date,
    published_by uuid,
    published_at timestamptz,
    -- From this day on it is not used any more.
    withdrawn_from date,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdrawn_reason text CHECK (length(withdrawn_reason) BETWEEN 1 AND 500),
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (matter, number),
    CHECK (state <> 'published' OR (effective_from IS NOT NULL AND published_at IS NOT NULL)),
    CHECK (state NOT IN ('reviewed', 'published') OR reviewed_by <> drafted_by),
    CHECK (NOT sample OR state IN ('draft', 'discarded'))
);
-- A matter has one draft at a time.
CREATE UNIQUE INDEX benchmark_draft ON benchmark_version (matter) WHERE state IN ('draft', 'reviewed') AND NOT sample;
CREATE INDEX benchmark_newest ON benchmark_version (drafted_at DESC, id DESC);

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'bihuan_app') THEN
        REVOKE DELETE, TRUNCATE ON benchmark_version FROM bihuan_app;
    END IF;
END
$$;
