-- Which citizens look at their own case, by the platform's own names for them.
CREATE TABLE citizen_view (
    citizen TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (citizen, case_id)
);

-- Codes that a professional hands over in development: who has one is that citizen, once, until then
-- (milliseconds since 1970). Only a code's digest is kept.
CREATE TABLE citizen_code (
    digest TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    citizen TEXT NOT NULL,
    until BIGINT NOT NULL,
    used_at BIGINT
);
