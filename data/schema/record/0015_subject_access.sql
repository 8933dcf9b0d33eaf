-- Requests of people to see what is kept about them, and what was decided, piece by piece.
CREATE TABLE access_requests (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, received_on DATE NOT NULL,
    asked_by VARCHAR NOT NULL, relation VARCHAR NOT NULL, names_staff BOOLEAN NOT NULL
);
CREATE TABLE access_steps (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, request VARCHAR NOT NULL, kind VARCHAR NOT NULL, day DATE NOT NULL,
    why VARCHAR NOT NULL
);
CREATE TABLE access_looks (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, request VARCHAR NOT NULL, piece VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL, whole VARCHAR NOT NULL, removed VARCHAR[] NOT NULL
);
