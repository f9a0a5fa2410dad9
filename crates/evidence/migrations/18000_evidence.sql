-- What proves the facts of a case. Rows are added; what is excluded stays, with its reason.
CREATE TABLE evidence_item (
    id uuid PRIMARY KEY,
    region text NOT NULL,
    docket uuid NOT NULL,
    -- Its number inside the case, without gaps.
    ordinal integer NOT NULL CHECK (ordinal > 0),
    -- Of the eight kinds of 行政处罚法第四十六条.
    kind text NOT NULL CHECK (kind IN
        ('documentary', 'physical', 'audiovisual', 'electronic', 'testimony', 'statement', 'opinion', 'record')),
    title text NOT NULL,
    -- How it was come by.
    manner text NOT NULL CHECK (manner IN ('taken', 'extracted', 'handed_in', 'device', 'commissioned', 'transferred', 'recorded')),
    form text NOT NULL CHECK (form IN ('original', 'copy')),
    -- Of a copy: where the original is kept.
    original_at text,
    obtained_at timestamptz NOT NULL,
    place text,
    -- The officers who took it.
    obtained_by uuid[] NOT NULL,
    note text,
    file text NOT NULL REFERENCES large_file (sha256),
    -- Covered for others to see; the item it was made from stands beside it.
    covers uuid REFERENCES evidence_item (id),
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL,
    excluded_at timestamptz,
    excluded_by uuid,
    exclusion text,
    UNIQUE (region, docket, ordinal),
    CHECK (form = 'original' OR original_at IS NOT NULL),
    CHECK ((excluded_at IS NULL) = (exclusion IS NULL) AND (excluded_at IS NULL) = (excluded_by IS NULL))
);
CREATE INDEX evidence_item_file ON evidence_item (file);
-- Who holds it, from when on; the first line is made with the item. Lines are only added.
CREATE TABLE evidence_custody (
    item uuid NOT NULL REFERENCES evidence_item (id),
    ordinal integer NOT NULL CHECK (ordinal > 0),
    -- A person of the house, or a place or body named in words.
    holder uuid,
    holder_words text,
    place text,
    reason text NOT NULL,
    noted_by uuid NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (item, ordinal),
    CHECK ((holder IS NULL) <> (holder_words IS NULL))
);
-- The facts of a case, each with the article it falls under and what proves it.
CREATE TABLE evidence_matrix (
    region text NOT NULL,
    docket uuid NOT NULL,
    revision integer NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (region, docket)
);
CREATE TABLE evidence_fact (
    region text NOT NULL,
    docket uuid NOT NULL,
    ordinal integer NOT NULL CHECK (ordinal > 0),
    words text NOT NULL,
    article text,
    proofs uuid[] NOT NULL,
    PRIMARY KEY (region, docket, ordinal),
    FOREIGN KEY (region, docket) REFERENCES evidence_matrix (region, docket)
);
-- A stretch of a recording, or a moment of it, with what is to be seen or heard there.
CREATE TABLE evidence_mark (
    id uuid PRIMARY KEY,
    item uuid NOT NULL REFERENCES evidence_item (id),
    from_ms bigint NOT NULL CHECK (from_ms >= 0),
    until_ms bigint CHECK (until_ms > from_ms),
    words text NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX evidence_mark_item ON evidence_mark (item, from_ms);
