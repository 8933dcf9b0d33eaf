-- Outings: the plan, who comes and with whom, the risk assessment, and the head counts.
CREATE TABLE outings_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, day DATE NOT NULL,
    leaves_at VARCHAR NOT NULL, back_at VARCHAR NOT NULL, place VARCHAR NOT NULL,
    leader VARCHAR NOT NULL
);
CREATE TABLE outing_adults (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, adult VARCHAR NOT NULL,
    person VARCHAR NOT NULL, name VARCHAR NOT NULL, phone VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
CREATE TABLE outing_pupils (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    adult VARCHAR NOT NULL, ended BOOLEAN NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE risk_assessments (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL, size BIGINT NOT NULL, digest VARCHAR NOT NULL
);
CREATE TABLE outing_decisions (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, assessment VARCHAR NOT NULL,
    day DATE NOT NULL, place VARCHAR NOT NULL, approved BOOLEAN NOT NULL, note VARCHAR NOT NULL
);
CREATE TABLE outing_events (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, event VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE outing_rounds (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, stage VARCHAR NOT NULL, place VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE head_counts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, round VARCHAR NOT NULL, adult VARCHAR NOT NULL,
    expected VARCHAR[] NOT NULL, here VARCHAR[] NOT NULL, extra BIGINT NOT NULL,
    note VARCHAR NOT NULL
);
CREATE TABLE missing_at_counts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, outing VARCHAR NOT NULL, pupils VARCHAR[] NOT NULL
);
