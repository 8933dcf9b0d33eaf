CREATE OR REPLACE VIEW missing_children_now AS
SELECT log, pupil, since FROM (
    SELECT *, min(seq) OVER (PARTITION BY log, pupil) AS since FROM missing_children
    QUALIFY row_number() OVER (PARTITION BY log, pupil ORDER BY seq DESC) = 1
) WHERE NOT ended;

CREATE OR REPLACE VIEW children_found_now AS
SELECT log, pupil, seq, found_at, place, found_by, recorded_at, recorded_by FROM (
    FROM children_found
    QUALIFY row_number() OVER (PARTITION BY log, pupil ORDER BY seq DESC) = 1
) WHERE NOT mistaken;

-- The logs of which every child has been found.
CREATE OR REPLACE VIEW searches_over AS
SELECT log FROM children_found_now
EXCEPT
SELECT c.log
FROM missing_children_now c
ANTI JOIN children_found_now f ON f.log = c.log AND f.pupil IN (c.pupil, '');

-- Every log of a missing child as it stands; one that was closed stays closed.
CREATE OR REPLACE VIEW missing_logs_now AS
SELECT m.*, c.recorded_at AS closed_at, coalesce(c.outcome, '') AS outcome,
       coalesce(c.reason, '') AS closed_because, coalesce(c.recorded_by, '') AS closed_by,
       m.id IN (SELECT log FROM searches_over) AS is_found
FROM missing_logs m LEFT JOIN (
    FROM missing_closings QUALIFY row_number() OVER (PARTITION BY log ORDER BY seq) = 1
) c ON c.log = m.id;

CREATE OR REPLACE VIEW last_seen_now AS
SELECT log, seen_at, place, seen_by
FROM last_seen
QUALIFY row_number() OVER (PARTITION BY log ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW missing_facts_now AS
SELECT log, what, account
FROM missing_facts
QUALIFY row_number() OVER (PARTITION BY log, what ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW search_roles_now AS
SELECT log, role, person, seq, recorded_at
FROM search_roles
QUALIFY row_number() OVER (PARTITION BY log, role ORDER BY seq DESC) = 1;

-- A step is done from the first time that somebody pressed it, since it was last taken back.
CREATE OR REPLACE VIEW search_steps_now AS
SELECT p.log, p.key, p.occurred_at, p.recorded_by, count(*) OVER (PARTITION BY p.log, p.key) AS times
FROM search_presses p LEFT JOIN (
    SELECT log, key, max(seq) AS seq FROM search_presses
    WHERE kind = 'step' AND did = 'undone' GROUP BY log, key
) u ON u.log = p.log AND u.key = p.key
WHERE p.kind = 'step' AND p.did = 'done' AND p.seq > coalesce(u.seq, 0)
QUALIFY row_number() OVER (PARTITION BY p.log, p.key ORDER BY p.occurred_at, p.seq) = 1;

-- Of each place the first start, the first clearing, and the last time it was searched again: in
-- whatever order people press, a place that anybody has cleared is cleared.
CREATE OR REPLACE VIEW zones_now AS
SELECT log, key, did, occurred_at, recorded_by, count(*) OVER (PARTITION BY log, key, did) AS times
FROM search_presses
WHERE kind = 'zone'
QUALIFY row_number() OVER (
    PARTITION BY log, key, did
    ORDER BY CASE WHEN did = 'again' THEN -epoch_us(occurred_at) ELSE epoch_us(occurred_at) END, seq
) = 1;

CREATE OR REPLACE VIEW dangers_now AS
SELECT log, key, occurred_at, recorded_by FROM (
    FROM search_presses WHERE kind = 'danger'
    QUALIFY row_number() OVER (PARTITION BY log, key ORDER BY seq DESC) = 1
) WHERE did = 'holds';

-- The newest that is not empty counts, field by field: two people may each know a part.
CREATE OR REPLACE VIEW search_calls_now AS
SELECT log, step,
       coalesce(arg_max(account, seq) FILTER (account <> ''), '') AS account,
       coalesce(arg_max(late_because, seq) FILTER (late_because <> ''), '') AS late_because,
       coalesce(arg_max(reference, seq) FILTER (reference <> ''), '') AS reference,
       coalesce(arg_max(officer, seq) FILTER (officer <> ''), '') AS officer,
       coalesce(arg_max(given, seq) FILTER (len(given) > 0), []) AS given
FROM search_calls
GROUP BY log, step;

-- Who had to do with a log: who opened it or was told, who took a role, who wrote in it.
CREATE OR REPLACE VIEW searched AS
SELECT recorded_by AS person, id AS log FROM missing_logs
UNION
SELECT unnest(told) AS person, id AS log FROM missing_logs
UNION
SELECT person, log FROM search_roles
UNION
SELECT recorded_by, log FROM missing_children
UNION
SELECT recorded_by, log FROM last_seen
UNION
SELECT recorded_by, log FROM missing_facts
UNION
SELECT recorded_by, log FROM search_roles
UNION
SELECT recorded_by, log FROM search_presses
UNION
SELECT recorded_by, log FROM search_calls
UNION
SELECT recorded_by, log FROM search_notes
UNION
SELECT recorded_by, log FROM children_found
UNION
SELECT recorded_by, log FROM missing_closings;

-- Relatives of a child who is or was named in a log.
CREATE OR REPLACE VIEW search_relatives AS
SELECT DISTINCT r.person, c.log
FROM missing_children c JOIN relatives r ON r.pupil = c.pupil;

-- Everything that was ever written into a log, as it was written. `occurred_at` is when it happened.
CREATE OR REPLACE VIEW search_entries AS
SELECT id AS log, seq, recorded_at, recorded_by, began_at AS occurred_at, 'opened' AS kind,
       CASE WHEN off_site THEN 'off' ELSE 'on' END AS key, '' AS did, '' AS account
FROM missing_logs
UNION ALL
SELECT log, seq, recorded_at, recorded_by, recorded_at, 'child', pupil,
       CASE WHEN ended THEN 'ended' ELSE '' END, ''
FROM missing_children
UNION ALL
SELECT log, seq, recorded_at, recorded_by, seen_at, 'seen', seen_by, '', place
FROM last_seen
UNION ALL
SELECT log, seq, recorded_at, recorded_by, recorded_at, 'fact', what, '', account
FROM missing_facts
UNION ALL
SELECT log, seq, recorded_at, recorded_by, recorded_at, 'role', role, person, ''
FROM search_roles
UNION ALL
SELECT log, seq, recorded_at, recorded_by, occurred_at, kind, key, did, ''
FROM search_presses
UNION ALL
SELECT log, seq, recorded_at, recorded_by, recorded_at, 'call', step, '',
       array_to_string(list_filter([
           account, CASE WHEN late_because <> '' THEN 'Why so late: ' || late_because ELSE '' END,
           CASE WHEN reference <> '' THEN 'Reference ' || reference ELSE '' END,
           CASE WHEN officer <> '' THEN 'Officer: ' || officer ELSE '' END,
           CASE WHEN len(given) > 0 THEN 'Given: ' || array_to_string(given, ', ') ELSE '' END
       ], lambda each: each <> ''), '. ')
FROM search_calls
UNION ALL
SELECT log, seq, recorded_at, recorded_by, occurred_at, 'note', '', '', account
FROM search_notes
UNION ALL
SELECT log, seq, recorded_at, recorded_by, found_at, 'found', pupil,
       CASE WHEN mistaken THEN 'mistaken' ELSE '' END, concat_ws(', by ', place, found_by)
FROM children_found
UNION ALL
SELECT log, seq, recorded_at, recorded_by, recorded_at, 'closed', outcome, '', reason
FROM missing_closings;

-- The little of each log that a list needs.
CREATE OR REPLACE VIEW search_briefs AS
SELECT m.id AS log, coalesce(c.children, []) AS children,
       coalesce(s.seen_at, m.began_at) AS since, f.found_at, p.log IS NOT NULL AS police
FROM missing_logs m
LEFT JOIN last_seen_now s ON s.log = m.id
LEFT JOIN (SELECT log, list(pupil ORDER BY since) AS children FROM missing_children_now GROUP BY log) c
    ON c.log = m.id
LEFT JOIN (SELECT log, max(found_at) AS found_at FROM children_found_now GROUP BY log) f
    ON f.log = m.id
LEFT JOIN (SELECT log FROM search_steps_now WHERE key = 'police') p ON p.log = m.id;
