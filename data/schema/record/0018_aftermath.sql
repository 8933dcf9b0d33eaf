-- After a search: accounts, the investigation, the report to the local authority.
CREATE TABLE search_incidents (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, pupil VARCHAR NOT NULL, incident VARCHAR NOT NULL
);
CREATE TABLE search_accounts (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, account VARCHAR NOT NULL
);
CREATE TABLE investigations (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, findings VARCHAR NOT NULL,
    causes VARCHAR NOT NULL, changes VARCHAR NOT NULL, changes_by DATE, risks VARCHAR NOT NULL
);
CREATE TABLE authority_reports (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, log VARCHAR NOT NULL, advice VARCHAR NOT NULL,
    decision VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
