-- Passes into cases: who may look further, until when, and whether it was looked at afterwards.
CREATE TABLE pass_view (
    pass_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    person TEXT NOT NULL,
    state TEXT NOT NULL,
    until TEXT,
    review_by TEXT,
    content TEXT NOT NULL
);

CREATE INDEX pass_by_case ON pass_view (case_id, state);
CREATE INDEX pass_by_holder ON pass_view (holder, pass_id);
