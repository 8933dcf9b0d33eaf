-- Blank forms that were printed, and what came back on one.
CREATE TABLE paper_forms (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, number BIGINT NOT NULL, copies BIGINT NOT NULL
);
CREATE TABLE paper_sources (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, number BIGINT NOT NULL,
    author VARCHAR NOT NULL, name VARCHAR NOT NULL, post VARCHAR NOT NULL,
    written_on DATE NOT NULL, original VARCHAR NOT NULL
);
