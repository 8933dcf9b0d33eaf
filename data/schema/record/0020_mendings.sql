-- What a start had to put right in one of the two copies, and who has seen that.
CREATE TABLE mendings (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, copy VARCHAR NOT NULL, lacked BIGINT NOT NULL, first BIGINT NOT NULL
);
CREATE TABLE mendings_seen (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, mending VARCHAR NOT NULL
);
