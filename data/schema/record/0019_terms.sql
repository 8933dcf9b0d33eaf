-- The terms of the school. What was written together has one term_set; the newest set counts.
CREATE TABLE terms (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, term_set VARCHAR NOT NULL, name VARCHAR NOT NULL,
    begins DATE NOT NULL, ends DATE NOT NULL, half_term_begins DATE NOT NULL,
    half_term_ends DATE NOT NULL, closed VARCHAR[] NOT NULL
);
