//! The case.

pub(super) mod facts;
mod permission;

use gate::{Action, CaseFacts};
use jiff::Timestamp;
use journal::{JournalError, Tx};
use ladder::{Case, CaseId, Command, Refusal, Rules, deadlines};

use super::{Aggregate, Subject, named};
use crate::execute::Ground;
use crate::intake::waits_for;
use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

impl Aggregate for Rules {
    type Id = CaseId;
    type Facts = CaseFacts;

    fn rules(ground: &Ground) -> &Self {
        &ground.rules
    }

    fn subject(id: &CaseId) -> Subject {
        Subject::Case(id.clone())
    }

    fn question(id: &CaseId, case: &Case, command: &Command, _: &Ground) -> (Action, CaseFacts) {
        let (action, target) = permission::permission(command, case);
        (action, facts::case_facts(id, case, command, target))
    }

    fn code(refusal: &Refusal) -> &'static str {
        refusal.code()
    }

    fn deadlines(case: &Case) -> Vec<(String, Timestamp)> {
        named(deadlines(case))
    }

    async fn show(
        tx: &mut Tx,
        change: &Change<'_>,
        pseudonyms: &Pseudonyms,
    ) -> Result<(), JournalError> {
        views::write_case(tx, change, pseudonyms).await
    }

    fn missing(id: &CaseId, case: &Case, command: &Command) -> Option<String> {
        waits_for::missing(id, command, case)
    }

    fn is_not_known_yet(refusal: &Refusal) -> bool {
        matches!(
            refusal,
            Refusal::UnknownCase | Refusal::UnknownHandoff(_) | Refusal::UnknownCommitment
        )
    }

    fn brought(change: &Change<'_>, pseudonyms: &Pseudonyms) -> Result<Vec<String>, JournalError> {
        waits_for::brought(change, pseudonyms)
    }
}
