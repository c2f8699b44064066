//! The keys under which events wait for what they speak of, and what a change brings of it.

use journal::JournalError;
use ladder::{Case, CaseId, Command, Event};
use proto::Oin;

use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

/// What a command speaks of that its case does not know.
pub(crate) fn missing(id: &CaseId, command: &Command, case: &Case) -> Option<String> {
    let file = case.file()?;
    let handoff = match command {
        Command::AnswerHandoff(answer) => Some(&answer.handoff),
        Command::WithdrawHandoff(withdrawal) => Some(&withdrawal.handoff),
        Command::ShareIdentity(share) => Some(&share.handoff),
        Command::ReturnHandoff(back) => Some(&back.handoff),
        Command::AnswerCounter(answer) => Some(&answer.handoff),
        _ => None,
    };
    let commitment = match command {
        Command::AnswerCommitment(answer) => Some(&answer.request),
        Command::FulfilCommitment(fulfilment) => Some(&fulfilment.request),
        _ => None,
    };
    match (handoff, commitment) {
        (Some(handoff), _) if !file.handoffs.contains_key(handoff) => {
            Some(handoff_key(id, handoff.as_str()))
        }
        (_, Some(request)) if !file.commitments.contains_key(request) => {
            Some(commitment_key(id, request.as_str()))
        }
        _ => None,
    }
}

/// The key under which an event waits for a pseudonym.
pub(crate) fn pseudonym_key(sender: &str, pseudonym: &str) -> String {
    format!("pseudonym/{sender}/{pseudonym}")
}

/// The key under which an event waits for its turn in its sender's order.
pub(crate) fn sequence_key(sender: &Oin, sequence: u64) -> String {
    format!("sequence/{sender}/{sequence}")
}

/// The key under which an event waits for a handoff; without one the beginning of all of a case.
pub(super) fn handoff_key(case: &CaseId, handoff: &str) -> String {
    format!("handoff/{case}/{handoff}")
}

/// The same for a request for a commitment.
pub(super) fn commitment_key(case: &CaseId, request: &str) -> String {
    format!("commitment/{case}/{request}")
}

/// What a change brings that others may wait for.
///
/// # Errors
/// [`JournalError::Unreadable`].
pub(crate) fn brought(
    change: &Change,
    pseudonyms: &Pseudonyms,
) -> Result<Vec<String>, JournalError> {
    let named = views::pseudonyms_brought(change, pseudonyms)?;
    let named = named
        .iter()
        .map(|(organisation, pseudonym)| pseudonym_key(organisation.as_str(), pseudonym.as_str()));
    let asked = change.events.iter().filter_map(|event| match event {
        Event::HandoffOffered(offer) => Some(handoff_key(change.id, offer.handoff.as_str())),
        Event::CommitmentRequested(request) => {
            Some(commitment_key(change.id, request.request.as_str()))
        }
        _ => None,
    });
    Ok(named.chain(asked).collect())
}
