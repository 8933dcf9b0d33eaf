-- Every table begins with the stamp (seq, recorded_at, recorded_by) that the ledger gave the
-- record, followed by the record's own columns in the order of its dataclass.
CREATE TABLE settings (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, value VARCHAR NOT NULL
);
CREATE TABLE people_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, person VARCHAR NOT NULL, name VARCHAR NOT NULL,
    email VARCHAR NOT NULL, role VARCHAR NOT NULL, post VARCHAR NOT NULL,
    class_name VARCHAR NOT NULL, is_chair BOOLEAN NOT NULL, active BOOLEAN NOT NULL
);
CREATE TABLE account_events (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, person VARCHAR NOT NULL, event VARCHAR NOT NULL
);
CREATE TABLE pupils_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, name VARCHAR NOT NULL,
    known_as VARCHAR NOT NULL, born_on DATE NOT NULL, class_name VARCHAR NOT NULL,
    upn VARCHAR NOT NULL, household VARCHAR NOT NULL, left_on DATE
);
CREATE TABLE relations (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, person VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    ended BOOLEAN NOT NULL
);
CREATE TABLE access_proposals (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, person VARCHAR NOT NULL, name VARCHAR NOT NULL,
    email VARCHAR NOT NULL, role VARCHAR NOT NULL, post VARCHAR NOT NULL,
    class_name VARCHAR NOT NULL
);
