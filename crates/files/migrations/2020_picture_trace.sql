-- Which looking a file had: 0 before pictures were looked at for what they look like and what their camera says. Those are looked at later.
ALTER TABLE file ADD COLUMN looked smallint NOT NULL DEFAULT 0;
CREATE INDEX file_unlooked ON file (sha256) WHERE looked = 0 AND media_type <> 'application/pdf';
-- What the camera wrote into a picture (EXIF): when by the camera's clock, and where. Only pictures that say one of both.
CREATE TABLE picture_trace (
    sha256 text PRIMARY KEY REFERENCES file (sha256),
    taken_at timestamptz,
    -- The picture named its offset from UTC; otherwise the camera's clock is taken for that of Shanghai.
    zoned boolean NOT NULL,
    lon double precision CHECK (lon BETWEEN -180 AND 180),
    lat double precision CHECK (lat BETWEEN -90 AND 90),
    CHECK ((lon IS NULL) = (lat IS NULL)),
    CHECK (taken_at IS NOT NULL OR lon IS NOT NULL)
);
