-- What a picture looks like, as 64 bits that stay nearly the same when it is resized or encoded anew. Pictures that were kept before have
-- none; documents and pictures without contrast never get one.
CREATE TABLE picture_hash (
    sha256 text PRIMARY KEY REFERENCES file (sha256),
    hash bigint NOT NULL
);
-- Four bands of 16 bits: two hashes that differ in at most seven bits differ in at most one bit of some band. Each index carries the hash,
-- so that the other bands are compared without reading the table.
CREATE INDEX picture_hash_band_0 ON picture_hash (((hash >> 48) & 65535)) INCLUDE (hash, sha256);
CREATE INDEX picture_hash_band_1 ON picture_hash (((hash >> 32) & 65535)) INCLUDE (hash, sha256);
CREATE INDEX picture_hash_band_2 ON picture_hash (((hash >> 16) & 65535)) INCLUDE (hash, sha256);
CREATE INDEX picture_hash_band_3 ON picture_hash ((hash & 65535)) INCLUDE (hash, sha256);
