-- One spelling for what people may type differently: no case, no accents, no apostrophes of any
-- kind, and one space for hyphens, full stops and runs of spaces. `dsouza` is in D’Souza.
CREATE OR REPLACE MACRO folded(words) AS trim(regexp_replace(
    regexp_replace(translate(strip_accents(lower(words)), 'łøđþ', 'lodt'), '[''’‘ʼ`´′]', '', 'g'),
    '[\s‐‑–—.-]+', ' ', 'g'
));
