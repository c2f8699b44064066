-- Read models. They change in the transaction that appends the events they follow from, and can
-- be rebuilt from the log at any time. Personal text in them stays sealed.
CREATE TABLE case_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    shard TEXT NOT NULL,
    version BIGINT NOT NULL,
    owner TEXT NOT NULL,
    raiser TEXT NOT NULL,
    own_reference TEXT NOT NULL,
    theme TEXT NOT NULL,
    region TEXT NOT NULL,
    rung TEXT NOT NULL,
    tier TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    handler TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    content TEXT NOT NULL
);

-- Who has which part in which case: the scope of every list.
CREATE TABLE involvement_view (
    organisation TEXT NOT NULL,
    part TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (organisation, part, case_id)
);

CREATE INDEX involvement_by_case ON involvement_view (case_id);

CREATE TABLE timeline_view (
    position BIGINT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    rung TEXT NOT NULL,
    organisation TEXT,
    role TEXT NOT NULL
);

CREATE INDEX timeline_by_case ON timeline_view (case_id, position);

CREATE TABLE handoff_view (
    case_id TEXT NOT NULL,
    handoff TEXT NOT NULL,
    sender TEXT NOT NULL,
    receiver TEXT NOT NULL,
    status TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, handoff)
);

CREATE INDEX handoff_by_receiver ON handoff_view (receiver, status, position);

CREATE TABLE escalation_view (
    case_id TEXT NOT NULL,
    escalation TEXT NOT NULL,
    admitting TEXT NOT NULL,
    status TEXT NOT NULL,
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, escalation)
);

CREATE TABLE commitment_view (
    case_id TEXT NOT NULL,
    request TEXT NOT NULL,
    organisation TEXT NOT NULL,
    status TEXT NOT NULL,
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, request)
);

-- What was recorded and does not change afterwards: facts, blocks, decisions, feedback, proposals
-- to go down, lessons, the closure.
CREATE TABLE record_view (
    position BIGINT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    noun TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation TEXT,
    at TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX record_by_case ON record_view (case_id, noun, position);

-- Every organisation's own pseudonym for a case.
CREATE TABLE pseudonym_view (
    organisation TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (organisation, pseudonym)
);

-- Open deadlines; a timer is a row. `due_at` in microseconds since 1970.
CREATE TABLE deadline_view (
    case_id TEXT NOT NULL,
    due TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, due)
);

CREATE INDEX deadline_by_time ON deadline_view (due_at);
