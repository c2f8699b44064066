-- The cases that a table could take, and those that a shortage blocks.
CREATE TABLE table_case_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    rung TEXT NOT NULL,
    body TEXT NOT NULL,
    urgent BIGINT NOT NULL,
    since TEXT NOT NULL
);

CREATE INDEX table_case_by_body ON table_case_view (rung, body);

CREATE TABLE shortage_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    theme TEXT NOT NULL,
    region TEXT NOT NULL
);

CREATE INDEX shortage_by_theme ON shortage_view (theme, region);
