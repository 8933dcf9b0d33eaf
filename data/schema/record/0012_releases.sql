-- What governors see of a period: frozen when it was made, with the certificate of its audit.
CREATE TABLE releases (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, begins DATE NOT NULL, ends DATE NOT NULL,
    form VARCHAR NOT NULL, certificate VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL
);
