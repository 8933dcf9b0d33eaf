-- What signing in needs, and drafts. None of it is a record: it may be changed and wiped.
-- Moments are UTC. Tokens, links and recovery codes are here only as SHA-256 hashes.
CREATE TABLE IF NOT EXISTS passwords (
    person VARCHAR NOT NULL,
    hash   VARCHAR NOT NULL,          -- bcrypt; the newest counts, the others are not taken again
    set_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS tries (
    bucket   VARCHAR PRIMARY KEY,     -- a hash: neither an account nor an address can be read
    wrong    INTEGER NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    right_at TIMESTAMP                -- when this account was last opened from this address
);
CREATE TABLE IF NOT EXISTS sessions (
    id         VARCHAR PRIMARY KEY,
    person     VARCHAR NOT NULL,
    code_given BOOLEAN NOT NULL,
    began_at   TIMESTAMP NOT NULL,
    active_at  TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS enrolments (
    session  VARCHAR NOT NULL,        -- only the session that began one sees its secret
    person   VARCHAR NOT NULL,
    secret   VARCHAR NOT NULL,
    begun_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS authenticators (
    id        VARCHAR PRIMARY KEY,
    person    VARCHAR NOT NULL,
    secret    VARCHAR NOT NULL,
    added_at  TIMESTAMP NOT NULL,
    last_step BIGINT NOT NULL         -- the 30 seconds whose code was used last; none before it
);
CREATE TABLE IF NOT EXISTS recovery_codes (
    person VARCHAR NOT NULL,
    hash   VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS reset_links (
    hash    VARCHAR NOT NULL,
    person  VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS drafts (
    person  VARCHAR NOT NULL,
    form    VARCHAR NOT NULL,
    fields  VARCHAR NOT NULL,         -- JSON, text by name
    kept_at TIMESTAMP NOT NULL,
    wiped   BOOLEAN NOT NULL,         -- sent or thrown away: what still arrives is not kept
    PRIMARY KEY (person, form)
);
