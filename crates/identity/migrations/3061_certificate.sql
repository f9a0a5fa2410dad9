-- What lets a person enforce and review (执法证、法律职业资格). One row a person; what changed stands in the history of settings.
CREATE TABLE enforcement_certificate (
    person_id uuid PRIMARY KEY REFERENCES person (id),
    -- The number on the certificate; two officers never show the same one.
    number text UNIQUE CHECK (length(number) BETWEEN 1 AND 40),
    valid_from date,
    valid_until date,
    -- Passed the state's examination for the legal professions, or reviewed before 2021-07-15 already (行政处罚法第五十八条第二款).
    legal_qualified boolean NOT NULL DEFAULT false,
    version bigint NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    CHECK (valid_until >= valid_from),
    CHECK ((number IS NULL) = (valid_from IS NULL) AND (number IS NULL) = (valid_until IS NULL))
);

-- Reviews penalties before they are decided (法制审核员).
INSERT INTO role (code) VALUES ('legal_reviewer');
