-- What later records say of an incident: that it is about another pupil, or should not count.
CREATE OR REPLACE VIEW corrected AS
SELECT incident, arg_max(pupil, seq) FILTER (kind = 'other_pupil') AS pupil,
       arg_max(kind, seq) FILTER (kind IN ('error', 'duplicate', 'valid')) AS standing
FROM corrections
GROUP BY incident;

-- Every incident as it counts now; `incidents` keeps it as it was written.
CREATE OR REPLACE VIEW incidents_now AS
SELECT i.* REPLACE (coalesce(c.pupil, i.pupil) AS pupil),
       coalesce(c.standing, 'valid') <> 'valid' AS in_error
FROM incidents i LEFT JOIN corrected c ON c.incident = i.id;

-- Every pupil an incident concerns: the one it is about, and the linked ones.
CREATE OR REPLACE VIEW concerned AS
SELECT id AS incident, pupil FROM incidents_now
UNION ALL
SELECT incident, pupil FROM linked_pupils;

-- Conflicts of interest: relatives of a pupil concerned, also of one whom it was written about by
-- mistake, and staff whom the incident names.
CREATE OR REPLACE VIEW barred AS
SELECT r.person, c.incident
FROM relatives r JOIN (
    SELECT id AS incident, pupil FROM incidents
    UNION ALL
    SELECT incident, pupil FROM linked_pupils
    UNION ALL
    SELECT incident, pupil FROM corrections WHERE pupil <> ''
) c ON c.pupil = r.pupil
UNION ALL
SELECT unnest(named) AS person, id AS incident FROM incidents WHERE len(named) > 0;

-- Who has to do with an incident: its author, who was alerted, and who acts on it.
CREATE OR REPLACE VIEW involved AS
SELECT recorded_by AS person, id AS incident FROM incidents
UNION ALL
SELECT person, incident FROM alerts
UNION ALL
SELECT recorded_by AS person, incident FROM actions
UNION ALL
SELECT asked_of AS person, incident FROM actions WHERE asked_of <> '';

-- What the chair of governors was told of, in the head's place or the team's. It counts what they
-- were when the alert was made: a chair who once taught here does not see what a teacher was told.
CREATE OR REPLACE VIEW chaired AS
SELECT a.person, a.incident
FROM alerts a ASOF JOIN people_details d ON d.person = a.person AND d.seq < a.seq
WHERE d.role = 'governor' AND d.is_chair;

-- Alerts with the moment at which they were marked as read. A reading has the person and the
-- incident of its alert: said here, a question about one of them leaves the other readings alone.
-- One that tells of somebody else's delay is no news of the incident.
CREATE OR REPLACE VIEW alerts_now AS
SELECT a.id, a.seq, a.recorded_at, a.recorded_by, a.person, a.incident, a.action,
       a.action IN (SELECT id FROM escalations) AS is_escalation, r.recorded_at AS read_at
FROM alerts a
LEFT JOIN readings r ON r.alert = a.id AND r.person = a.person AND r.incident = a.incident;

-- What somebody has still to read, and may: whoever became a relative meanwhile sees it no more.
CREATE OR REPLACE VIEW unread_alerts AS
FROM alerts_now a
WHERE a.read_at IS NULL AND NOT a.is_escalation
  AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.incident = a.incident AND b.person = a.person);

-- What was asked of somebody, and whether it has been done.
CREATE OR REPLACE VIEW requests AS
SELECT a.id, a.seq, a.recorded_at, a.recorded_by, a.incident, a.account, a.asked_of, a.due_on,
       c.recorded_at AS done_at
FROM actions a LEFT JOIN completions c ON c.action = a.id
WHERE a.asked_of <> '';
