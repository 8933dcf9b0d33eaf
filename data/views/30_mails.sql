-- Every mail that is owed, with how often it was tried and whether the mail server took it.
CREATE OR REPLACE VIEW mails_now AS
SELECT m.id, m.seq, m.recorded_at, m.person, m.purpose, m.author, m.category,
       count(d.id) AS tries, max_by(d.recorded_at, d.seq) AS tried_at, coalesce(bool_or(d.sent), FALSE) AS sent
FROM mails m LEFT JOIN deliveries d ON d.mail = m.id
GROUP BY ALL;
