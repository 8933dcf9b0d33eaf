-- What was taken out of the record as a file: for whom, why, and the SHA-256 of the file.
CREATE TABLE exports (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, number BIGINT NOT NULL, what VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL, recipient VARCHAR NOT NULL, purpose VARCHAR NOT NULL,
    chosen VARCHAR[] NOT NULL, sha256 VARCHAR NOT NULL
);
