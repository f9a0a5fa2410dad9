-- Codes that stand in for a lost authenticator, each good once: only the hash is kept, and it goes with its use.
CREATE TABLE totp_recovery (
    person_id uuid NOT NULL REFERENCES totp (person_id) ON DELETE CASCADE,
    code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
    PRIMARY KEY (person_id, code_hash)
);
