-- The copy of a picture that the public sees: faces and number plates covered. Its bytes stand in the store, under its version, before the
-- row says that it is made; a version that was replaced is never given out again.
CREATE TABLE published_copy (
    sha256 text PRIMARY KEY REFERENCES file (sha256),
    version integer NOT NULL CHECK (version > 0),
    -- Empty: to be made, at the first request.
    made_at timestamptz,
    -- Nothing was looked for and the whole picture is a mosaic, since no detector was there or it failed.
    whole text CHECK (whole IN ('no-detector', 'detector-failed')),
    CHECK (whole IS NULL OR made_at IS NOT NULL)
);
-- What is covered in it, in ten-thousandths of the picture's sides as a person sees it.
CREATE TABLE published_area (
    sha256 text NOT NULL REFERENCES published_copy (sha256),
    ordinal integer NOT NULL,
    origin text NOT NULL CHECK (origin IN ('face', 'plate', 'hand')),
    left_edge integer NOT NULL CHECK (left_edge BETWEEN 0 AND 9999),
    top_edge integer NOT NULL CHECK (top_edge BETWEEN 0 AND 9999),
    width integer NOT NULL CHECK (width BETWEEN 1 AND 10000),
    height integer NOT NULL CHECK (height BETWEEN 1 AND 10000),
    -- How sure the detector was, 0 to 1; empty for what a person marked.
    confidence real CHECK (confidence BETWEEN 0 AND 1),
    marked_by uuid,
    marked_at timestamptz NOT NULL,
    PRIMARY KEY (sha256, ordinal),
    CHECK ((origin = 'hand') = (marked_by IS NOT NULL)),
    CHECK ((origin = 'hand') = (confidence IS NULL))
);
