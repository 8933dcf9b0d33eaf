-- The accounts that a concern about an adult is about: the one it names, one that it was linked to
-- later, every other account with the same address, and, where a name was typed, whoever is called
-- so. Whoever leaves and comes back with a new account stays named.
CREATE OR REPLACE VIEW adults_named AS
WITH linked AS (
    SELECT id AS concern, adult AS person FROM adult_concerns WHERE adult <> ''
    UNION
    SELECT concern, adult FROM adult_actions WHERE adult <> ''
)
SELECT concern, person FROM linked
UNION
SELECT l.concern, other.person
FROM linked l
JOIN people_details known ON known.person = l.person
JOIN people_details other ON lower(other.email) = lower(known.email)
UNION
SELECT c.id, d.person
FROM adult_concerns c JOIN people_details d ON folded(d.name) = folded(c.adult_name)
WHERE c.adult_name <> '';

-- Conflicts of interest: the adult, and the relatives of the children.
CREATE OR REPLACE VIEW adults_barred AS
SELECT person, concern FROM adults_named
UNION
SELECT r.person, c.id
FROM (SELECT id, unnest(children) AS pupil FROM adult_concerns) c
JOIN relatives r ON r.pupil = c.pupil;

-- About whoever was the head when it was written down, or has been since.
CREATE OR REPLACE VIEW adults_about_head AS
SELECT DISTINCT n.concern
FROM adults_named n
JOIN adult_concerns c ON c.id = n.concern
JOIN (
    SELECT person, role, active, lead(seq) OVER (PARTITION BY person ORDER BY seq) AS until
    FROM people_details
) d ON d.person = n.person
WHERE d.role = 'head' AND d.active AND (d.until IS NULL OR d.until > c.seq);

-- Every concern as it counts now. `headless` says that no head is there who may see it.
CREATE OR REPLACE VIEW adult_concerns_now AS
SELECT c.* REPLACE (
           CASE WHEN c.id IN (SELECT concern FROM adult_actions WHERE kind = 'raised')
                THEN 'allegation' ELSE c.level END AS level
       ),
       c.id IN (SELECT concern FROM adults_about_head) AS about_head,
       NOT EXISTS (
           SELECT 1 FROM people p
           WHERE p.active AND p.role = 'head'
             AND NOT EXISTS (
                 SELECT 1 FROM adults_barred b WHERE b.concern = c.id AND b.person = p.id
             )
       ) AS headless
FROM adult_concerns c;
