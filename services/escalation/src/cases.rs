//! A case and its stream in the log.

use journal::StoredEvent;
use ladder::{Case, CaseId, Decider, Event, EventError, Rules};

/// A case as its events make it, and the version of its stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// The state.
    pub case: Case,
    /// How many events its stream has.
    pub version: i64,
}

/// The stream that holds a case's events.
pub(crate) fn stream(case: &CaseId) -> String {
    format!("case/{case}")
}

/// The case whose events a stream holds, if it is a case's stream.
pub(crate) fn case_of(stream: &str) -> Option<CaseId> {
    CaseId::parse(stream.strip_prefix("case/")?).ok()
}

/// The event behind a row of the log.
///
/// # Errors
/// [`EventError`] when this release cannot read it.
pub(crate) fn event(stored: &StoredEvent) -> Result<Event, EventError> {
    Event::from_stored(
        &stored.kind,
        i64::from(stored.kind_version),
        stored.data.clone(),
    )
}

/// Folds a stream from its first event.
///
/// # Errors
/// [`EventError`] when this release cannot read one of them.
pub(crate) fn fold<'a>(
    events: impl IntoIterator<Item = &'a StoredEvent>,
) -> Result<Folded, EventError> {
    events
        .into_iter()
        .try_fold(Folded::default(), |folded, stored| {
            let event = event(stored)?;
            Ok(Folded {
                case: Rules::evolve(folded.case, &event, stored.at),
                version: stored.version,
            })
        })
}
