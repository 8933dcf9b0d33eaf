-- How things stand now: the newest details of each person and pupil.
CREATE OR REPLACE VIEW people AS
SELECT person AS id, name, email, role, post, class_name, is_chair, active
FROM people_details
QUALIFY row_number() OVER (PARTITION BY person ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW pupils AS
SELECT pupil AS id, name, known_as, born_on, class_name, upn, household, left_on
FROM pupils_details
QUALIFY row_number() OVER (PARTITION BY pupil ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW relatives AS
SELECT person, pupil
FROM relations
QUALIFY row_number() OVER (PARTITION BY person, pupil ORDER BY seq DESC) = 1 AND NOT ended;

CREATE OR REPLACE VIEW settings_now AS
SELECT name, value
FROM settings
QUALIFY row_number() OVER (PARTITION BY name ORDER BY seq DESC) = 1;

CREATE OR REPLACE VIEW terms_now AS
SELECT name, begins, ends, half_term_begins, half_term_ends, closed
FROM terms
WHERE term_set = (SELECT arg_max(term_set, seq) FROM terms);

-- Requests for full access that no later change to the same account has settled.
CREATE OR REPLACE VIEW proposals AS
SELECT p.*
FROM access_proposals p
WHERE NOT EXISTS (SELECT 1 FROM people_details d WHERE d.person = p.person AND d.seq > p.seq);

-- The safeguarding training that staff completed, without what was entered by mistake.
CREATE OR REPLACE VIEW trainings_now AS
SELECT training AS id, person, kind, completed_on, valid_until
FROM trainings_details
QUALIFY row_number() OVER (PARTITION BY training ORDER BY seq DESC) = 1 AND NOT mistaken;
