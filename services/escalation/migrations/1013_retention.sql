-- Cases that have ended and of which something is still kept.
CREATE TABLE retention_view (
    case_id TEXT NOT NULL PRIMARY KEY,
    ended_at TEXT NOT NULL
);

INSERT INTO retention_view (case_id, ended_at)
SELECT c.case_id, MAX(t.at)
FROM case_view c JOIN timeline_view t ON t.case_id = c.case_id
WHERE c.state IN ('closed', 'withdrawn') AND t.kind IN ('case.closed', 'case.withdrawn')
GROUP BY c.case_id;
