-- How far each concern is; one that nobody has touched has no row, and is new.
CREATE OR REPLACE VIEW statuses_now AS
SELECT id, seq, recorded_at, recorded_by, incident, status, outcome, told_reporter
FROM status_changes
QUALIFY row_number() OVER (PARTITION BY incident ORDER BY seq DESC) = 1;

-- When each concern that is closed now was closed. One that was taken up again is not; a line that
-- was written for the reporter afterwards closes nothing anew.
CREATE OR REPLACE VIEW closings AS
SELECT s.incident, min(s.recorded_at) AS closed_at
FROM status_changes s LEFT JOIN (
    SELECT incident, max(seq) AS seq FROM status_changes WHERE status <> 'closed' GROUP BY incident
) o ON o.incident = s.incident
WHERE s.status = 'closed' AND s.seq > coalesce(o.seq, 0)
GROUP BY s.incident;

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
       min(a.recorded_at) AS answered_at
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
