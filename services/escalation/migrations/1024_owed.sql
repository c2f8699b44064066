-- Who covers an absence, when that is not the usual deputy.
ALTER TABLE register_view ADD COLUMN absent_cover TEXT;

-- What an organisation was asked to commit itself to and has not finished, over all its cases.
CREATE INDEX commitment_of ON commitment_view (organisation, position)
    WHERE status IN ('requested', 'made');
