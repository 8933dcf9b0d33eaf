-- Which of two is the newer is said by a number that only grows, never by a clock: that of the
-- machine may have been wrong. What is here already has the order in which it was written.
ALTER TABLE passwords ADD COLUMN number BIGINT;
UPDATE passwords SET number = rowid + 1;

-- Tables with a key are made anew: to add a column and fill it in one transaction is refused.
-- A draft has the moment of its last change twice: by the clock, and by how long the app had run.
ALTER TABLE drafts RENAME TO drafts_before;
CREATE TABLE drafts (
    person  VARCHAR NOT NULL,
    form    VARCHAR NOT NULL,
    fields  VARCHAR NOT NULL,         -- JSON, text by name
    kept_at TIMESTAMP NOT NULL,
    wiped   BOOLEAN NOT NULL,         -- sent or thrown away: what still arrives is not kept
    number  BIGINT NOT NULL,
    ran     DOUBLE NOT NULL,          -- seconds that the app had run then, see `running`
    PRIMARY KEY (person, form)
);
INSERT INTO drafts
SELECT person, form, fields, kept_at, wiped, row_number() OVER (ORDER BY kept_at), 0
FROM drafts_before;
DROP TABLE drafts_before;

ALTER TABLE authenticators RENAME TO authenticators_before;
CREATE TABLE authenticators (
    id       VARCHAR PRIMARY KEY,
    person   VARCHAR NOT NULL,
    secret   VARCHAR NOT NULL,
    added_at TIMESTAMP NOT NULL
);
INSERT INTO authenticators
SELECT id, person, secret, added_at FROM authenticators_before ORDER BY rowid;

-- The 30 seconds whose codes were used last, in the order of writing. A row each and no list in a
-- column: on a full disk the change of a list ended the whole program (measured on DuckDB 1.5.5).
CREATE TABLE used_codes (authenticator VARCHAR NOT NULL, step BIGINT NOT NULL);
INSERT INTO used_codes SELECT id, last_step FROM authenticators_before ORDER BY rowid;
DROP TABLE authenticators_before;

-- How many seconds the app has run in all, whatever the clock showed.
CREATE TABLE running (seconds DOUBLE NOT NULL);
INSERT INTO running VALUES (0);
