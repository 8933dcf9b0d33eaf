-- Outings as they stand: the newest plan, how far it is, and what the head said of its assessment.
CREATE OR REPLACE VIEW outing_assessments AS
SELECT *
FROM risk_assessments
QUALIFY row_number() OVER (PARTITION BY outing ORDER BY seq DESC) = 1;

-- An approval is of one assessment, one day and one place: of another one nothing is approved.
CREATE OR REPLACE VIEW outings_now AS
WITH plan AS (
    SELECT *, first_value(recorded_by) OVER (PARTITION BY outing ORDER BY seq) AS planner
    FROM outings_details
    QUALIFY row_number() OVER (PARTITION BY outing ORDER BY seq DESC) = 1
), event AS (
    SELECT * FROM outing_events
    QUALIFY row_number() OVER (PARTITION BY outing ORDER BY seq DESC) = 1
), decision AS (
    SELECT * FROM outing_decisions
    QUALIFY row_number() OVER (PARTITION BY outing ORDER BY seq DESC) = 1
)
SELECT plan.outing AS id, plan.seq, plan.day, plan.leaves_at, plan.back_at, plan.place, plan.leader,
       plan.planner, coalesce(event.event, 'planned') AS state,
       coalesce(a.id, '') AS assessment,
       CASE WHEN a.id IS NULL THEN 'none'
            WHEN decision.id IS NULL THEN 'waiting'
            WHEN decision.approved THEN 'approved'
            ELSE 'sent_back' END AS approval,
       coalesce(decision.note, '') AS note
FROM plan
LEFT JOIN event ON event.outing = plan.outing
LEFT JOIN outing_assessments a ON a.outing = plan.outing
LEFT JOIN decision ON decision.outing = plan.outing AND decision.assessment = a.id
    AND decision.day = plan.day AND decision.place = plan.place;

CREATE OR REPLACE VIEW outing_adults_now AS
SELECT outing, adult AS id, person, name, phone,
       min(seq) OVER (PARTITION BY outing, adult) AS since
FROM outing_adults
QUALIFY row_number() OVER (PARTITION BY outing, adult ORDER BY seq DESC) = 1 AND NOT ended;

-- A pupil whose adult does not come any more is with nobody.
CREATE OR REPLACE VIEW outing_pupils_now AS
SELECT p.outing, p.pupil, coalesce(a.id, '') AS adult
FROM (
    SELECT * FROM outing_pupils
    QUALIFY row_number() OVER (PARTITION BY outing, pupil ORDER BY seq DESC) = 1 AND NOT ended
) p
LEFT JOIN outing_adults_now a ON a.outing = p.outing AND a.id = p.adult;

-- Whose outing it is: who planned it, who leads it, and the staff who come.
CREATE OR REPLACE VIEW outing_people AS
SELECT id AS outing, planner AS person FROM outings_now
UNION
SELECT id, leader FROM outings_now
UNION
SELECT outing, person FROM outing_adults_now WHERE person <> '';
