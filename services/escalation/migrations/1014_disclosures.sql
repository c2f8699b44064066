-- What an organisation recorded in all cases: its former disclosures, to be used again.
CREATE INDEX record_by_organisation ON record_view (noun, organisation, position);
