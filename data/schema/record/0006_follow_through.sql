-- What waited too long, and who was told of it: an alert that was not read, or an action not done.
CREATE TABLE escalations (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, person VARCHAR NOT NULL,
    alert VARCHAR NOT NULL, action VARCHAR NOT NULL, told VARCHAR[] NOT NULL
);
-- Which lead is in charge of a pupil from now on; nobody, where the person is empty.
CREATE TABLE charges (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, person VARCHAR NOT NULL
);
