-- Who took part in a search: who had a role or wrote into its log, and not who was only told of it.
CREATE OR REPLACE VIEW took_part AS
SELECT recorded_by AS person, log FROM search_entries WHERE kind <> 'page'
UNION
SELECT person, log FROM search_roles;

-- Of each log that is over, who has not written an account of it.
CREATE OR REPLACE VIEW accounts_owed AS
SELECT t.person, t.log
FROM took_part t JOIN missing_logs_now m ON m.id = t.log
WHERE m.closed_at IS NOT NULL AND m.outcome <> 'mistake' AND NOT EXISTS (
    SELECT 1 FROM search_accounts a WHERE a.log = t.log AND a.recorded_by = t.person
);

CREATE OR REPLACE VIEW investigations_now AS
SELECT *, count(*) OVER (PARTITION BY log) AS versions FROM investigations
QUALIFY row_number() OVER (PARTITION BY log ORDER BY seq DESC) = 1;

-- The logs of searches in which the police were called: a report to the local authority is owed.
CREATE OR REPLACE VIEW reports_owed AS
SELECT m.id AS log
FROM missing_logs_now m JOIN search_steps_now s ON s.log = m.id AND s.key = 'police'
WHERE m.closed_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM authority_reports r WHERE r.log = m.id);

-- What is still open of each search that is over.
CREATE OR REPLACE VIEW search_ends AS
SELECT m.id AS log, m.seq,
       (SELECT count(*) FROM accounts_owed o WHERE o.log = m.id) AS accounts,
       m.id NOT IN (SELECT log FROM investigations) AS uninvestigated,
       m.id IN (SELECT log FROM reports_owed) AS unreported
FROM missing_logs_now m WHERE m.closed_at IS NOT NULL AND m.outcome <> 'mistake';

-- The incident that stands for a search in which one child was missing: what was drawn of the child
-- in the log belongs to it. Where there were several, no map says whose it is.
CREATE OR REPLACE VIEW lone_search_incidents AS
SELECT log, any_value(incident) AS incident FROM search_incidents GROUP BY log HAVING count(*) = 1;

CREATE OR REPLACE VIEW body_maps_now AS
SELECT m.* REPLACE (coalesce(s.incident, m.incident) AS incident)
FROM body_maps m LEFT JOIN lone_search_incidents s ON s.log = m.incident;

CREATE OR REPLACE VIEW body_marks_now AS
SELECT k.* REPLACE (coalesce(s.incident, k.incident) AS incident)
FROM body_marks k LEFT JOIN lone_search_incidents s ON s.log = k.incident;
