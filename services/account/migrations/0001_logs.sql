-- The processing log (Logboek Dataverwerkingen): one line per operation, and under it one per
-- person whose data it was about. Times are milliseconds since 1970.
create table processing_line (
    trace_id text not null,
    span_id text not null,
    parent_span_id text,
    controller text not null,
    status text not null,
    name text not null,
    start_time bigint not null,
    end_time bigint not null,
    processing_activity_id text not null,
    data_subject_id text,
    data_subject_id_type text,
    foreign_operation_processor text,
    primary key (trace_id, span_id)
);

create index processing_line_by_subject on processing_line (controller, data_subject_id);
create index processing_line_by_end on processing_line (end_time);

-- The access log (BIO2 8.15.01, NEN 7513): who looked, in which role, for what, and what was shown.
create table access_line (
    id text not null primary key,
    trace_id text not null,
    at bigint not null,
    organisation text not null,
    person_ref text not null,
    role text not null,
    client text not null,
    operation text not null,
    processing_activity_id text not null,
    purpose text,
    ground text,
    result text not null,
    shown text not null,
    emergency bigint not null
);

create index access_line_by_organisation on access_line (organisation, at, id);
create index access_line_by_time on access_line (at, id);

-- What a line is about: a case, a meeting, a signal, a register.
create table access_object (
    line text not null,
    object text not null,
    primary key (line, object)
);

create index access_object_by_object on access_object (object, line);

-- Somebody asked to see what is kept about them (AVG article 15).
create table access_request (
    id text not null primary key,
    object text not null,
    person_ref text,
    recorded_by text not null,
    requested_at bigint not null,
    due_at bigint not null
);

create index access_request_by_object on access_request (object, requested_at);
