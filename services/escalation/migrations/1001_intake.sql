-- The next sequence number that each sender is expected to send.
CREATE TABLE sender_sequence (
    sender TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

-- Events that wait: for an earlier event of their sender, or for a case, handoff or commitment
-- that is not known yet. The body is sealed.
CREATE TABLE parked_event (
    sender TEXT NOT NULL,
    message TEXT NOT NULL,
    waits_for TEXT NOT NULL,
    ready BIGINT NOT NULL,
    parked_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (sender, message)
);

CREATE INDEX parked_by_wait ON parked_event (waits_for);

-- What could not be taken in, with the reason. The body is sealed and expires.
CREATE TABLE quarantine (
    id TEXT NOT NULL PRIMARY KEY,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- Everything that was published to an organisation, without its content.
CREATE TABLE sent_view (
    organisation TEXT NOT NULL,
    number BIGINT NOT NULL,
    message TEXT NOT NULL,
    event TEXT NOT NULL,
    case_id TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (organisation, message)
);
