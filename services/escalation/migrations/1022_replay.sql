-- When somebody had a message in quarantine taken in again, and what became of it: 'stored',
-- 'refused' (by gate or rules) or 'waits' (for what it speaks of). Empty as long as it still stands
-- there.
ALTER TABLE quarantine ADD COLUMN replayed_at TEXT;
ALTER TABLE quarantine ADD COLUMN outcome TEXT;
