-- What an analyst counts: words of codes that a case came to have, by quarter of the year. No text,
-- and nobody's name.
CREATE TABLE insight_view (
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    case_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    PRIMARY KEY (position, kind, word)
);

CREATE INDEX insight_by_quarter ON insight_view (quarter);

-- Each stay of a case on a rung, in microseconds since 1970; `left_at` is absent while it lasts.
CREATE TABLE stay_view (
    position BIGINT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    rung TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    left_at BIGINT
);

CREATE INDEX stay_by_case ON stay_view (case_id);
