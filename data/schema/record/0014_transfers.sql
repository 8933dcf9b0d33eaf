-- A pupil's file on its way to another school, and one that came from there.
CREATE TABLE transfers_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, transfer VARCHAR NOT NULL, number BIGINT NOT NULL,
    pupil VARCHAR NOT NULL, school VARCHAR NOT NULL, contact VARCHAR NOT NULL,
    leaving_on DATE NOT NULL, reason VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
CREATE TABLE transfer_files (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, transfer VARCHAR NOT NULL, rests_on VARCHAR[] NOT NULL,
    manifest VARCHAR NOT NULL
);
CREATE TABLE transfer_chases (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, transfer VARCHAR NOT NULL, whom VARCHAR NOT NULL, how VARCHAR NOT NULL,
    chased_on DATE NOT NULL, said VARCHAR NOT NULL
);
CREATE TABLE transfer_receipts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, transfer VARCHAR NOT NULL, received_on DATE NOT NULL,
    signed_by VARCHAR NOT NULL
);
CREATE TABLE received_files (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, school VARCHAR NOT NULL, number BIGINT NOT NULL,
    made VARCHAR NOT NULL, manifest VARCHAR NOT NULL
);
CREATE TABLE received_parts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, received VARCHAR NOT NULL, path VARCHAR NOT NULL, name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL, size BIGINT NOT NULL, sha256 VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
CREATE TABLE received_ends (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, received VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
