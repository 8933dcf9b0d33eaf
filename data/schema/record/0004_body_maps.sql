-- Where a child was hurt: a map with its numbered marks.
CREATE TABLE body_maps (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, incident VARCHAR NOT NULL, action VARCHAR NOT NULL,
    edition VARCHAR NOT NULL, build VARCHAR NOT NULL, seen_by VARCHAR NOT NULL,
    present VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, about_time BOOLEAN NOT NULL,
    advice_sought BOOLEAN NOT NULL, advice VARCHAR NOT NULL, changed VARCHAR NOT NULL
);
CREATE TABLE body_marks (
    seq BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, recorded_by VARCHAR NOT NULL,
    id VARCHAR PRIMARY KEY, body_map VARCHAR NOT NULL, incident VARCHAR NOT NULL,
    number BIGINT NOT NULL, view VARCHAR NOT NULL, region VARCHAR NOT NULL,
    x BIGINT NOT NULL, y BIGINT NOT NULL,
    drawn_x BIGINT NOT NULL, drawn_y BIGINT NOT NULL,
    drawn_width BIGINT NOT NULL, drawn_height BIGINT NOT NULL,
    kind VARCHAR NOT NULL, described VARCHAR NOT NULL,
    length_mm BIGINT NOT NULL, breadth_mm BIGINT NOT NULL,
    shape VARCHAR NOT NULL, colour VARCHAR NOT NULL, skin_broken VARCHAR NOT NULL,
    swollen VARCHAR NOT NULL, surface VARCHAR[] NOT NULL, cleanness VARCHAR NOT NULL,
    painful VARCHAR NOT NULL, warm VARCHAR NOT NULL, stiff VARCHAR NOT NULL,
    basis VARCHAR NOT NULL, child_words VARCHAR NOT NULL, parent_words VARCHAR NOT NULL,
    first_aid VARCHAR NOT NULL, drawing VARCHAR NOT NULL
);
ALTER TABLE attachments ADD COLUMN allowed_because VARCHAR DEFAULT '';
