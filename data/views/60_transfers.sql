-- Transfers as they stand now, with when the file was made last, how often the other school was
-- asked for the receipt, and the receipt that came last.
CREATE OR REPLACE VIEW transfers_now AS
SELECT t.transfer AS id, t.number, t.pupil, t.school, t.contact, t.leaving_on, t.reason, t.ended,
       f.made_at, r.received_on, coalesce(r.signed_by, '') AS signed_by,
       coalesce(c.chased, 0) AS chased, c.chased_on
FROM (
    FROM transfers_details QUALIFY row_number() OVER (PARTITION BY transfer ORDER BY seq DESC) = 1
) t
LEFT JOIN (
    SELECT transfer, arg_max(recorded_at, seq) AS made_at FROM transfer_files GROUP BY transfer
) f ON f.transfer = t.transfer
LEFT JOIN (
    SELECT transfer, count(*) AS chased, arg_max(chased_on, seq) AS chased_on
    FROM transfer_chases GROUP BY transfer
) c ON c.transfer = t.transfer
LEFT JOIN (
    FROM transfer_receipts QUALIFY row_number() OVER (PARTITION BY transfer ORDER BY seq DESC) = 1
) r ON r.transfer = t.transfer;

-- What came from other schools, without what was joined to the wrong pupil.
CREATE OR REPLACE VIEW received_now AS
SELECT f.* FROM received_files f ANTI JOIN received_ends e ON e.received = f.id;
