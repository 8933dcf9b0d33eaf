-- The confidential report for a governor: each copy has a number of its own, period by period.
CREATE TABLE confidential_copies (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, number BIGINT NOT NULL, name VARCHAR NOT NULL, begins DATE NOT NULL,
    ends DATE NOT NULL, recipient VARCHAR NOT NULL
);

-- A member of staff completed safeguarding training, as it is known from now on.
CREATE TABLE trainings_details (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, training VARCHAR NOT NULL, person VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, completed_on DATE NOT NULL, valid_until DATE NOT NULL,
    mistaken BOOLEAN NOT NULL
);
