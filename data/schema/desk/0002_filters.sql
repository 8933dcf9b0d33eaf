-- Filters of the chronology that somebody saved for themselves. What was read with them is in the
-- record; the filter is a convenience, which its owner may delete with the name they gave it.
CREATE TABLE IF NOT EXISTS filters (
    id     VARCHAR PRIMARY KEY,
    person VARCHAR NOT NULL,
    name   VARCHAR NOT NULL,
    wanted VARCHAR NOT NULL           -- JSON
);
