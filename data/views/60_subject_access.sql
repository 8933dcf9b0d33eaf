-- What was decided last about each piece of a record, for each request to see it.
CREATE OR REPLACE VIEW access_looks_now AS
SELECT id, request, piece, fingerprint, whole, removed, recorded_at, recorded_by
FROM access_looks
QUALIFY row_number() OVER (PARTITION BY request, piece ORDER BY seq DESC) = 1;
