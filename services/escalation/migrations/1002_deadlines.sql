-- Deadlines of everything that has a stream in the log, not of cases only.
ALTER TABLE deadline_view RENAME COLUMN case_id TO stream;
UPDATE deadline_view SET stream = 'case/' || stream;
