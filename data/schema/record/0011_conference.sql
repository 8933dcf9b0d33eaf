-- What the school told a child protection conference, as it stood when it was told.
CREATE TABLE conference_reports (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, conference VARCHAR NOT NULL, held_on DATE,
    names_used VARCHAR NOT NULL, carers VARCHAR NOT NULL, professionals VARCHAR NOT NULL,
    why VARCHAR NOT NULL, shared_with_parents BOOLEAN NOT NULL, parents_on DATE,
    parents_why_not VARCHAR NOT NULL, shared_with_child BOOLEAN NOT NULL, child_on DATE,
    child_why_not VARCHAR NOT NULL, rests_on VARCHAR[] NOT NULL, stood VARCHAR NOT NULL
);
CREATE TABLE conference_statements (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, report VARCHAR NOT NULL, section VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, source VARCHAR NOT NULL, dated DATE, account VARCHAR NOT NULL
);
