-- One line for every record. Each line holds the hash of the one before it.
CREATE TABLE ledger (
    seq         BIGINT PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,   -- UTC, by the clock of the machine that stores
    recorded_by VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    id          VARCHAR NOT NULL,
    salt        VARCHAR NOT NULL,
    digest      VARCHAR NOT NULL,
    prev        VARCHAR NOT NULL,
    hash        VARCHAR NOT NULL
);
