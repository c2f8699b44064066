use journal::{Statement, migration};
use sqlx::migrate::Migration;

/// Every statement of the logs, for the test that prepares them on both engines.
#[must_use]
pub fn statements() -> Vec<Statement> {
    vec![
        ADD_PROCESSING,
        ADD_ACCESS,
        ADD_OBJECTS,
        ACCESSES,
        OBJECTS,
        PROCESSINGS,
        PROCESSINGS_OF,
        ADD_REQUEST,
        REQUESTS,
        REQUESTS_AFTER,
        EXPIRE_PROCESSING,
        EXPIRE_OBJECTS,
        EXPIRE_ACCESS,
    ]
}

/// The migrations of the two logs.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![migration(
        1,
        "logs",
        include_str!("../migrations/0001_logs.sql"),
    )]
}

/// Adds a batch ($1); a line that is there already stays as it is.
pub(crate) const ADD_PROCESSING: Statement = Statement::each(
    "account.add-processing",
    "insert into processing_line (trace_id, span_id, parent_span_id, controller, status, name, \
         start_time, end_time, processing_activity_id, data_subject_id, data_subject_id_type, \
         foreign_operation_processor)
     select e.value ->> 'trace_id', e.value ->> 'span_id', e.value ->> 'parent_span_id', \
         e.value ->> 'controller', e.value ->> 'status', e.value ->> 'name', \
         e.value ->> 'start_time', e.value ->> 'end_time', \
         e.value ->> 'processing_activity_id', e.value ->> 'data_subject_id', \
         e.value ->> 'data_subject_id_type', e.value ->> 'foreign_operation_processor'
     from json_each($1) e where true
     on conflict (trace_id, span_id) do nothing",
    "insert into processing_line (trace_id, span_id, parent_span_id, controller, status, name, \
         start_time, end_time, processing_activity_id, data_subject_id, data_subject_id_type, \
         foreign_operation_processor)
     select e.trace_id, e.span_id, e.parent_span_id, e.controller, e.status, e.name, \
         e.start_time, e.end_time, e.processing_activity_id, e.data_subject_id, \
         e.data_subject_id_type, e.foreign_operation_processor
     from json_to_recordset($1::text::json) as e(trace_id text, span_id text, \
         parent_span_id text, controller text, status text, name text, start_time bigint, \
         end_time bigint, processing_activity_id text, data_subject_id text, \
         data_subject_id_type text, foreign_operation_processor text)
     on conflict (trace_id, span_id) do nothing",
);

/// The same for the access log.
pub(crate) const ADD_ACCESS: Statement = Statement::each(
    "account.add-access",
    "insert into access_line (id, trace_id, at, organisation, person_ref, role, client, \
         operation, processing_activity_id, purpose, ground, result, shown, emergency)
     select e.value ->> 'id', e.value ->> 'trace_id', e.value ->> 'at', \
         e.value ->> 'organisation', e.value ->> 'person_ref', e.value ->> 'role', \
         e.value ->> 'client', e.value ->> 'operation', e.value ->> 'processing_activity_id', \
         e.value ->> 'purpose', e.value ->> 'ground', e.value ->> 'result', \
         e.value ->> 'shown', e.value ->> 'emergency'
     from json_each($1) e where true
     on conflict (id) do nothing",
    "insert into access_line (id, trace_id, at, organisation, person_ref, role, client, \
         operation, processing_activity_id, purpose, ground, result, shown, emergency)
     select e.id, e.trace_id, e.at, e.organisation, e.person_ref, e.role, e.client, \
         e.operation, e.processing_activity_id, e.purpose, e.ground, e.result, e.shown, \
         e.emergency
     from json_to_recordset($1::text::json) as e(id text, trace_id text, at bigint, \
         organisation text, person_ref text, role text, client text, operation text, \
         processing_activity_id text, purpose text, ground text, result text, shown text, \
         emergency bigint)
     on conflict (id) do nothing",
);

/// What the lines are about.
pub(crate) const ADD_OBJECTS: Statement = Statement::each(
    "account.add-objects",
    "insert into access_object (line, object)
     select e.value ->> 'line', e.value ->> 'object' from json_each($1) e where true
     on conflict (line, object) do nothing",
    "insert into access_object (line, object)
     select e.line, e.object
     from json_to_recordset($1::text::json) as e(line text, object text)
     on conflict (line, object) do nothing",
);

/// Who looked: at $1, of organisation $2, person $3 (each empty for any), from $4 until $5, after
/// the line ($6, $7), at most $8.
pub(crate) const ACCESSES: Statement = Statement::same(
    "account.accesses",
    "select l.id, l.trace_id, l.at, l.organisation, l.person_ref, l.role, l.client, \
         l.operation, l.processing_activity_id, l.purpose, l.ground, l.result, l.shown, \
         l.emergency
     from access_line l
     where ($1 = '' or exists (
             select 1 from access_object o where o.line = l.id and o.object = $1))
         and ($2 = '' or l.organisation = $2) and ($3 = '' or l.person_ref = $3)
         and l.at >= $4 and l.at < $5 and (l.at > $6 or (l.at = $6 and l.id > $7))
     order by l.at, l.id limit $8",
);

/// What the lines of a batch ($1) are about.
pub(crate) const OBJECTS: Statement = Statement::each(
    "account.objects",
    "select line, object from access_object where line in (select value from json_each($1))",
    "select line, object from access_object
         where line = any (array(select json_array_elements_text($1::text::json)))",
);

/// The processing of one controller ($1) from $2 until $3, in order.
pub(crate) const PROCESSINGS: Statement = Statement::same(
    "account.processings",
    "select trace_id, span_id, parent_span_id, controller, status, name, start_time, end_time, \
         processing_activity_id, data_subject_id, data_subject_id_type, \
         foreign_operation_processor
     from processing_line
     where controller = $1 and end_time >= $2 and end_time < $3
     order by start_time, trace_id, span_id",
);

/// The processing of one controller ($1) of one data subject ($2), the latest first, at most $3.
pub(crate) const PROCESSINGS_OF: Statement = Statement::same(
    "account.processings-of",
    "select trace_id, span_id, parent_span_id, controller, status, name, start_time, end_time, \
         processing_activity_id, data_subject_id, data_subject_id_type, \
         foreign_operation_processor
     from processing_line
     where controller = $1 and data_subject_id = $2
     order by start_time desc, trace_id, span_id limit $3",
);

/// Records a request for access.
pub(crate) const ADD_REQUEST: Statement = Statement::same(
    "account.add-request",
    "insert into access_request (id, object, person_ref, recorded_by, requested_at, due_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
);

/// The requests about something, oldest first.
pub(crate) const REQUESTS: Statement = Statement::same(
    "account.requests",
    "select id, object, person_ref, recorded_by, requested_at, due_at from access_request
     where object = $1 order by requested_at, id",
);

/// A page of all requests after ($1, $2), oldest first, at most $3.
pub(crate) const REQUESTS_AFTER: Statement = Statement::same(
    "account.requests-after",
    "select id, object, person_ref, recorded_by, requested_at, due_at from access_request
     where requested_at > $1 or (requested_at = $1 and id > $2)
     order by requested_at, id limit $3",
);

/// Deletes what ended before $1.
pub(crate) const EXPIRE_PROCESSING: Statement = Statement::same(
    "account.expire-processing",
    "delete from processing_line where end_time < $1",
);

/// Deletes what lines of before $1 are about.
pub(crate) const EXPIRE_OBJECTS: Statement = Statement::same(
    "account.expire-objects",
    "delete from access_object where line in (select id from access_line where at < $1)",
);

/// Deletes the lines of before $1.
pub(crate) const EXPIRE_ACCESS: Statement = Statement::same(
    "account.expire-access",
    "delete from access_line where at < $1",
);
