-- The place in its trace (W3C `traceparent`) of what dealt with a cause; null where nothing was traced.
alter table journal_inbox add column trace text;
