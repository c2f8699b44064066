-- What makes cases comparable: the rules named in them, the kinds of block, and which are decided.
CREATE TABLE case_rule_view (
    case_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (case_id, rule)
);

CREATE INDEX case_rule_by_rule ON case_rule_view (rule, case_id);

CREATE TABLE case_block_view (
    case_id TEXT NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (case_id, block)
);

-- `position`: where in the log it was decided, or else closed.
CREATE TABLE decided_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    room TEXT
);
