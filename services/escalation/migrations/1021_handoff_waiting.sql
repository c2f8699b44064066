-- The oldest offer that nobody answered yet, for whoever watches over the platform.
CREATE INDEX handoff_waiting ON handoff_view (position) WHERE status = 'offered';
