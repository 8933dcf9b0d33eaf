-- Concerns about adults who work at the school: a compartment of their own.
CREATE TABLE adult_concerns (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, adult VARCHAR NOT NULL, adult_name VARCHAR NOT NULL,
    level VARCHAR NOT NULL, occurred_at TIMESTAMP NOT NULL, place VARCHAR NOT NULL,
    account VARCHAR NOT NULL, children VARCHAR[] NOT NULL
);
CREATE TABLE adult_actions (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, concern VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, adult VARCHAR NOT NULL
);
