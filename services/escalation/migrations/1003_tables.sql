-- Meetings of tables, structural signals, and registers of people. Personal text stays sealed.
CREATE TABLE meeting_view (
    meeting_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    rung TEXT NOT NULL,
    state TEXT NOT NULL,
    planned_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE meeting_agenda_view (
    meeting_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    urgent BIGINT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (meeting_id, place)
);

CREATE INDEX meeting_agenda_by_case ON meeting_agenda_view (case_id);

CREATE TABLE meeting_invitation_view (
    organisation TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    contact TEXT,
    PRIMARY KEY (organisation, meeting_id)
);

CREATE TABLE signal_view (
    signal_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    theme TEXT NOT NULL,
    region TEXT,
    state TEXT NOT NULL,
    raiser TEXT NOT NULL,
    assigned TEXT,
    contact TEXT,
    answer_by TEXT,
    cases BIGINT NOT NULL,
    overdue BIGINT NOT NULL,
    changed_at TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX signal_by_raiser ON signal_view (raiser, signal_id);
CREATE INDEX signal_by_assigned ON signal_view (assigned, signal_id);

CREATE TABLE signal_case_view (
    case_id TEXT NOT NULL,
    signal_id TEXT NOT NULL,
    PRIMARY KEY (case_id, signal_id)
);

CREATE TABLE register_view (
    organisation TEXT NOT NULL,
    contact TEXT NOT NULL,
    function TEXT NOT NULL,
    tier TEXT NOT NULL,
    rung TEXT,
    laws TEXT NOT NULL,
    themes TEXT NOT NULL,
    regions TEXT NOT NULL,
    deputy TEXT,
    absent_from TEXT,
    absent_until TEXT,
    confirmed_at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (organisation, contact)
);

-- One row per register: its version, and the last sign of life of the organisation's service.
CREATE TABLE register_head_view (
    organisation TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    heartbeat_at TEXT
);
