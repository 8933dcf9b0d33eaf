-- How far each concern is; one that nobody has touched has no row, and is new.
CREATE OR REPLACE VIEW statuses_now AS
SELECT id, seq, recorded_at, recorded_by, incident, status, outcome, told_reporter
FROM status_changes
QUALIFY row_number() OVER (PARTITION BY incident ORDER BY seq DESC) = 1;

-- When each concern that is closed now was closed. One that was taken up again is not; a line that
-- was written for the reporter afterwards closes nothing anew.
CREATE OR REPLACE VIEW closings AS
SELECT s.incident, arg_min(s.recorded_at, s.seq) AS closed_at
FROM status_changes s LEFT JOIN (
    SELECT incident, max(seq) AS seq FROM status_changes WHERE status <> 'closed' GROUP BY incident
) o ON o.incident = s.incident
WHERE s.status = 'closed' AND s.seq > coalesce(o.seq, 0)
GROUP BY s.incident;

-- When each concern was first acted on. What was decided counts as well: a referral that was made
-- at once did not wait for a note.
CREATE OR REPLACE VIEW responses AS
SELECT incident, arg_min(recorded_at, seq) AS acted_at
FROM (SELECT incident, seq, recorded_at FROM actions
      UNION ALL
      SELECT incident, seq, recorded_at FROM decisions)
GROUP BY incident;

-- The newest line that a lead wrote for whoever raised the concern.
CREATE OR REPLACE VIEW told_reporters AS
SELECT incident, arg_max(told_reporter, seq) AS told_reporter
FROM status_changes WHERE told_reporter <> ''
GROUP BY incident;

-- The incidents that count as significant events now, and what they meant.
CREATE OR REPLACE VIEW significant AS
SELECT incident, meaning, decided, recorded_at, recorded_by
FROM significances
QUALIFY row_number() OVER (PARTITION BY incident ORDER BY seq DESC) = 1 AND NOT ended;

-- Referrals, and when the first answer came.
CREATE OR REPLACE VIEW referrals AS
SELECT d.id, d.seq, d.recorded_at, d.recorded_by, d.incident, d.to_whom,
       arg_min(a.recorded_at, a.seq) AS answered_at
FROM decisions d LEFT JOIN referral_answers a ON a.decision = d.id
WHERE d.decided = 'referred'
GROUP BY ALL;

CREATE OR REPLACE VIEW plans_now AS
SELECT plan AS id, pupil, kind, since, until, review_on, note
FROM plans_details
QUALIFY row_number() OVER (PARTITION BY plan ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW standing_notes_now AS
SELECT pupil, account, recorded_at, recorded_by
FROM standing_notes
QUALIFY row_number() OVER (PARTITION BY pupil ORDER BY seq DESC) = 1;

-- What was set aside last, for each pupil and rule.
CREATE OR REPLACE VIEW set_asides_now AS
SELECT pupil, rule, reason, seen, recorded_at, recorded_by
FROM set_asides
QUALIFY row_number() OVER (PARTITION BY pupil, rule ORDER BY seq DESC) = 1;

-- What waited too long for whom, a line for each who was told of it.
CREATE OR REPLACE VIEW escalated AS
SELECT id, recorded_at, incident, person, alert, action, unnest(told) AS told
FROM escalations;

-- Whose delays somebody was told of, by name, a line for each incident.
CREATE OR REPLACE VIEW delays AS
SELECT e.told, e.incident,
       string_agg(DISTINCT p.name, ', ' ORDER BY p.name) FILTER (e.alert <> '') AS unread_by,
       string_agg(DISTINCT p.name, ', ' ORDER BY p.name) FILTER (e.action <> '') AS not_done_by
FROM escalated e JOIN people p ON p.id = e.person
GROUP BY e.told, e.incident;

-- Who is in charge of each pupil: whoever was named last, as long as they have full access and no
-- conflict of interest.
CREATE OR REPLACE VIEW charges_now AS
SELECT c.pupil, c.person, p.name, p.post, c.recorded_at AS since
FROM (FROM charges QUALIFY row_number() OVER (PARTITION BY pupil ORDER BY seq DESC) = 1) c
JOIN people p ON p.id = c.person AND p.active AND p.role IN ('lead', 'head')
ANTI JOIN relatives r ON r.person = c.person AND r.pupil = c.pupil;
