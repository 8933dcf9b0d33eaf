-- Who may collect a pupil, in the order in which they are rung: the first on the list first.
CREATE OR REPLACE VIEW collectors AS
SELECT collector AS id, pupil, name, relation, phone, note, ended,
       min(seq) OVER (PARTITION BY collector) AS since
FROM collectors_details
QUALIFY row_number() OVER (PARTITION BY collector ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW walks_home AS
SELECT permission AS id, seq, pupil, since, until, given_by, how, ended
FROM walks_home_details
QUALIFY row_number() OVER (PARTITION BY permission ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW prohibitions AS
SELECT prohibition AS id, seq, pupil, name, until, account, ended
FROM prohibitions_details
QUALIFY row_number() OVER (PARTITION BY prohibition ORDER BY seq DESC) = 1;

-- Every mark that was ever made, one a child; the newest of a child, day and session counts.
CREATE OR REPLACE VIEW register_marks AS
SELECT seq, recorded_at, recorded_by, day, session,
       unnest(pupils) AS pupil, unnest(marks) AS mark
FROM register_entries;

CREATE OR REPLACE VIEW registers_now AS
SELECT *
FROM register_marks
QUALIFY row_number() OVER (PARTITION BY day, session, pupil ORDER BY seq DESC) = 1;

-- How each child went home on each day.
CREATE OR REPLACE VIEW hand_overs_now AS
SELECT *
FROM hand_overs
QUALIFY row_number() OVER (PARTITION BY pupil, day ORDER BY seq DESC) = 1;
