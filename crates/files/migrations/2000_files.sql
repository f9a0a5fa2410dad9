-- Evidence and photos, named by the hash of their content. The bytes stand in the object store before the row does.
CREATE TABLE file (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    size bigint NOT NULL CHECK (size > 0),
    -- As a person sees the picture, after its orientation was applied; empty for documents.
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    created_at timestamptz NOT NULL,
    uploader uuid
);

-- Uploads under way. How much has arrived is the length of the part on disk, never a number kept here.
CREATE TABLE upload (
    id uuid PRIMARY KEY,
    address text NOT NULL,
    length bigint NOT NULL CHECK (length > 0),
    name text,
    uploader uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Set when everything arrived and was accepted.
    sha256 text REFERENCES file (sha256)
);
CREATE INDEX upload_expiry ON upload (expires_at);
CREATE INDEX upload_open ON upload (address) WHERE sha256 IS NULL;
