-- Stories that are not shared yet, questions for advice by who is asked, and what the screens show of
-- a case's course beside its state.
CREATE TABLE draft_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at TEXT NOT NULL,
    remind_at TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX draft_by_owner ON draft_view (owner, case_id);

CREATE TABLE advice_view (
    case_id TEXT NOT NULL,
    consultation TEXT NOT NULL,
    adviser TEXT NOT NULL,
    status TEXT NOT NULL,
    position BIGINT NOT NULL,
    answer_by TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, consultation)
);

CREATE INDEX advice_by_adviser ON advice_view (adviser, position);

ALTER TABLE case_view ADD COLUMN course TEXT NOT NULL DEFAULT '{}';
