-- Large files: recordings, electronic data and whatever else is evidence, of any kind and up to 4 GiB. Their bytes stand in the object
-- store under the same places as those of `file`, before the row does.
CREATE TABLE large_file (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    -- Where the house counts by SM3 (GB/T 32905) too.
    sm3 text CHECK (sm3 ~ '^[0-9a-f]{64}$'),
    -- Judged by content; what nobody knows is application/octet-stream.
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    created_at timestamptz NOT NULL,
    uploader uuid
);
-- An upload of a large file, and what became of it.
ALTER TABLE upload ADD COLUMN large boolean NOT NULL DEFAULT false;
ALTER TABLE upload ADD COLUMN large_sha256 text REFERENCES large_file (sha256);
ALTER TABLE upload ADD CONSTRAINT upload_large CHECK (large_sha256 IS NULL OR large);
