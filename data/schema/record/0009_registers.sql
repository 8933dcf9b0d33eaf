-- Who may collect a pupil, the registers, and how each child went home.
CREATE TABLE collectors_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, collector VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    name VARCHAR NOT NULL, relation VARCHAR NOT NULL, phone VARCHAR NOT NULL,
    note VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
CREATE TABLE walks_home_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, permission VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    since DATE NOT NULL, until DATE, given_by VARCHAR NOT NULL, how VARCHAR NOT NULL,
    ended BOOLEAN NOT NULL
);
CREATE TABLE prohibitions_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, prohibition VARCHAR NOT NULL, pupil VARCHAR NOT NULL,
    name VARCHAR NOT NULL, until DATE, account VARCHAR NOT NULL, ended BOOLEAN NOT NULL
);
CREATE TABLE register_entries (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, day DATE NOT NULL, session VARCHAR NOT NULL,
    pupils VARCHAR[] NOT NULL, marks VARCHAR[] NOT NULL
);
CREATE TABLE hand_overs (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, day DATE NOT NULL, how VARCHAR NOT NULL,
    collector VARCHAR NOT NULL, name VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE collection_tries (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, pupil VARCHAR NOT NULL, day DATE NOT NULL,
    collector VARCHAR NOT NULL, answered BOOLEAN NOT NULL
);
