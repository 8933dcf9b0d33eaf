-- The log of a missing child: who looks where, who was rung, and when the child was found.
CREATE TABLE missing_logs (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, off_site BOOLEAN NOT NULL, on_paper BOOLEAN NOT NULL,
    began_at TIMESTAMP NOT NULL, limit_minutes BIGINT NOT NULL,
    inside VARCHAR[] NOT NULL, outside VARCHAR[] NOT NULL, told VARCHAR[] NOT NULL
);
CREATE TABLE missing_children (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, pupil VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
CREATE TABLE last_seen (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL,
    place VARCHAR NOT NULL, seen_by VARCHAR NOT NULL
);
CREATE TABLE missing_facts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, what VARCHAR NOT NULL, account VARCHAR NOT NULL
);
CREATE TABLE search_roles (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, role VARCHAR NOT NULL, person VARCHAR NOT NULL
);
CREATE TABLE search_presses (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, kind VARCHAR NOT NULL, key VARCHAR NOT NULL,
    did VARCHAR NOT NULL, occurred_at TIMESTAMP NOT NULL
);
CREATE TABLE search_calls (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, step VARCHAR NOT NULL, account VARCHAR NOT NULL,
    late_because VARCHAR NOT NULL, reference VARCHAR NOT NULL, officer VARCHAR NOT NULL,
    given VARCHAR[] NOT NULL
);
CREATE TABLE search_notes (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, occurred_at TIMESTAMP NOT NULL, account VARCHAR NOT NULL
);
CREATE TABLE children_found (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    found_at TIMESTAMP NOT NULL, place VARCHAR NOT NULL, found_by VARCHAR NOT NULL,
    mistaken BOOLEAN NOT NULL
);
CREATE TABLE missing_closings (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
