-- Which requests for admission wait for an organisation, over all its cases.
CREATE INDEX escalation_by_admitting ON escalation_view (admitting, status);
