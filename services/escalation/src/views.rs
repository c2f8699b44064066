//! Read models. They change in the transaction that appends, so no screen is ever stale; what
//! they hold follows from the log alone and can be rebuilt from it.

mod advice;
mod case;
mod citizen;
mod commitment;
mod comparable;
mod course;
mod deadline;
mod draft;
mod escalation;
mod facts;
mod handoff;
mod insight;
mod involvement;
mod made;
mod meeting;
mod pass;
mod pseudonym;
mod question;
mod rebuild;
mod record;
mod register;
mod retention;
mod rows;
mod shortage;
mod signal;
mod table_case;
mod timeline;
mod work;

use journal::{JournalError, Statement, StoredEvent, Tx};
use ladder::Rules;

use crate::aggregate::Aggregate;
use crate::pseudonym::Pseudonyms;

pub use advice::{AdviceRow, advice, advice_asked_of, find_for_adviser};
pub use case::{CaseRow, cases, find as find_case, last as last_case, newest as newest_cases};
pub use citizen::{cases as cases_of_citizen, newest as newest_of_citizen};
pub use commitment::{CommitmentRow, commitments, open_commitments};
pub use comparable::{ComparableRow, comparable, decided_of};
pub use course::{Course, OpenTask};
pub use deadline::{
    After as AfterDeadline, DeadlineRow, between as deadlines_between, due as deadlines_due,
    next as next_deadline, next_of as next_deadline_of, subjects as subjects_with_deadlines,
};
pub use draft::{DraftRow, drafts, find as find_draft};
pub use escalation::{EscalationRow, escalations, waiting as waiting_escalations};
pub use facts::{facts, facts_of_page};
pub use handoff::{HandoffRow, find_for_receiver, handoffs, offered_to, oldest_offer};
pub use insight::{CountRow, StayRow, counted, quarter, stays};
pub use involvement::{Part, parts_of};
pub use made::{Made, made};
pub(crate) use meeting::write as write_meeting;
pub use meeting::{
    AgendaRow, MeetingRow, agenda_of, find as find_meeting, meetings, meetings_of_case,
    meetings_of_rung,
};
pub(crate) use pass::write as write_pass;
pub use pass::{PassRow, find as find_pass, of_case as passes_of_case, passes};
pub(crate) use pseudonym::brought as pseudonyms_brought;
pub use pseudonym::{case_of as case_of_pseudonym, resolve};
pub use rebuild::rebuild;
pub use record::{RecordRow, records, records_of, records_of_owner};
pub(crate) use register::write as write_register;
pub use register::{
    ContactRow, RegisterRow, contacts, find as find_contact, page as register_page, register,
    whole_register,
};
pub use retention::{ended_after, ended_meetings_after, ended_signals_after};
pub use shortage::of as shortages;
pub(crate) use signal::write as write_signal;
pub use signal::{
    SignalRow, cases_of as cases_of_signal, ended_of_pattern, find as find_signal, open_of_pattern,
    signals, signals_of_case,
};
pub use table_case::at as cases_at_table;
pub use timeline::{TimelineRow, timeline};
pub use work::{WorkRow, work};

/// What one command changed in one thing; in a case, unless another kind is named.
pub struct Change<'a, A: Aggregate = Rules> {
    /// Which one.
    pub id: &'a A::Id,
    /// As it was.
    pub before: &'a A::State,
    /// As it is.
    pub after: &'a A::State,
    /// What happened.
    pub events: &'a [A::Event],
    /// The same, as it stands in the log.
    pub stored: &'a [StoredEvent],
    /// The organisation that acted; none when a deadline fell due.
    pub organisation: Option<&'a str>,
    /// The role in which it was done.
    pub role: &'a str,
}

/// Brings every view up to a change.
///
/// # Errors
/// [`JournalError`]; the transaction can only be dropped then.
pub async fn write<A: Aggregate>(
    tx: &mut Tx,
    change: &Change<'_, A>,
    pseudonyms: &Pseudonyms,
) -> Result<(), JournalError> {
    if change.events.is_empty() {
        return Ok(());
    }
    deadline::write(tx, change).await?;
    A::show(tx, change, pseudonyms).await
}

/// Brings the views of cases up to a change.
pub(crate) async fn write_case(
    tx: &mut Tx,
    change: &Change<'_>,
    pseudonyms: &Pseudonyms,
) -> Result<(), JournalError> {
    case::write(tx, change).await?;
    citizen::write(tx, change).await?;
    draft::write(tx, change).await?;
    involvement::write(tx, change).await?;
    pseudonym::write(tx, change, pseudonyms).await?;
    timeline::write(tx, change).await?;
    comparable::write(tx, change).await?;
    table_case::write(tx, change).await?;
    shortage::write(tx, change).await?;
    retention::write(tx, change).await?;
    insight::write(tx, change).await?;
    for (event, stored) in change.events.iter().zip(change.stored) {
        advice::write(tx, change, event, stored).await?;
        handoff::write(tx, change, event, stored).await?;
        escalation::write(tx, change, event, stored).await?;
        commitment::write(tx, change, event, stored).await?;
        record::write(tx, change, event, stored).await?;
    }
    advice::settle(tx, change).await?;
    handoff::settle(tx, change).await
}

/// Every statement of the views, for the test that prepares them on both engines.
pub fn statements() -> Vec<Statement> {
    [
        advice::STATEMENTS,
        case::STATEMENTS,
        citizen::STATEMENTS,
        commitment::STATEMENTS,
        comparable::STATEMENTS,
        deadline::STATEMENTS,
        draft::STATEMENTS,
        escalation::STATEMENTS,
        facts::STATEMENTS,
        handoff::STATEMENTS,
        insight::STATEMENTS,
        involvement::STATEMENTS,
        meeting::STATEMENTS,
        pass::STATEMENTS,
        pseudonym::STATEMENTS,
        rebuild::STATEMENTS,
        record::STATEMENTS,
        register::STATEMENTS,
        retention::STATEMENTS,
        shortage::STATEMENTS,
        signal::STATEMENTS,
        table_case::STATEMENTS,
        timeline::STATEMENTS,
        work::STATEMENTS,
    ]
    .concat()
}
