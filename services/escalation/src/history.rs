//! Everything that happened to one case, and what it amounts to: for what looks back at the log
//! itself, such as erasing. And which event adopted the minutes of a meeting.

use journal::{Db, JournalError, StoredEvent};
use ladder::{Case, CaseId, MeetingId, Rules};

use crate::aggregate::{Folded, Subject};

/// The events of a case, and the case as they make it.
///
/// # Errors
/// [`JournalError`], also when this release cannot read an event.
pub(crate) async fn of_case(
    db: &Db,
    id: &CaseId,
) -> Result<(Vec<StoredEvent>, Case), JournalError> {
    let stream = db
        .read_stream(&Subject::Case(id.clone()).to_string())
        .await?;
    let folded = Folded::<Rules>::of(&stream).map_err(|_| JournalError::Unreadable {
        what: "event of a case",
    })?;
    Ok((stream, folded.state))
}

/// The id of the event by which the minutes of a meeting were adopted; none while they were not.
///
/// # Errors
/// [`JournalError`].
pub(crate) async fn adopted(db: &Db, id: &MeetingId) -> Result<Option<String>, JournalError> {
    let stream = db
        .read_stream(&Subject::Meeting(id.clone()).to_string())
        .await?;
    let adopted = stream
        .into_iter()
        .find(|event| event.kind == "minutes.adopted");
    Ok(adopted.map(|event| event.id.to_string()))
}
