/// Somebody asked to see what is kept about them (AVG article 15). What is asked for is due within
/// a month of receipt (AVG article 12(3)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRequest {
    /// Its id.
    pub id: String,
    /// About what: a case.
    pub object: String,
    /// The opaque name of who asks, as in that person's token; none when the person has no login
    /// and is answered on paper.
    pub person_ref: Option<String>,
    /// The OIN of the organisation that recorded it.
    pub recorded_by: String,
    /// When it was asked, in milliseconds since 1970.
    pub requested_at: i64,
    /// When it is due, in milliseconds since 1970.
    pub due_at: i64,
}
