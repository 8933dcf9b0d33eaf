-- What comes of a concern: how far it is, what was decided, and what was wrong as it was written.
CREATE TABLE status_changes (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, status VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL, told_reporter VARCHAR NOT NULL
);
CREATE TABLE decisions (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, options VARCHAR NOT NULL,
    decided VARCHAR NOT NULL, to_whom VARCHAR NOT NULL, threshold VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE referral_answers (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, decision VARCHAR NOT NULL, incident VARCHAR NOT NULL,
    account VARCHAR NOT NULL
);
CREATE TABLE corrections (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    account VARCHAR NOT NULL, pupil VARCHAR NOT NULL, duplicate_of VARCHAR NOT NULL
);
CREATE TABLE significances (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, meaning VARCHAR NOT NULL,
    decided VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
-- What the team keeps about a pupil.
CREATE TABLE plans_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, plan VARCHAR NOT NULL, pupil VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    since DATE NOT NULL, until DATE, review_on DATE, note VARCHAR NOT NULL
);
CREATE TABLE standing_notes (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, account VARCHAR NOT NULL
);
CREATE TABLE set_asides (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, rule VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, seen VARCHAR[] NOT NULL
);
-- A talk with a parent, or an agency: with whom, how, and what was agreed.
ALTER TABLE actions ADD COLUMN with_whom VARCHAR DEFAULT '';
ALTER TABLE actions ADD COLUMN how VARCHAR DEFAULT '';
ALTER TABLE actions ADD COLUMN agreed VARCHAR DEFAULT '';
