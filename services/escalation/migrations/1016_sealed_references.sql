-- The raiser's own reference stands in the report, sealed, and nowhere else.
ALTER TABLE case_view DROP COLUMN own_reference;
