//! The pass into a case.

use gate::{Action, PassFacts};
use jiff::Timestamp;
use journal::{JournalError, Tx};
use ladder::PassId;
use ladder::pass::{Command, Pass, PassKind, PassRules, Refusal, deadlines};

use super::{Aggregate, Subject, named};
use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

impl Aggregate for PassRules {
    type Id = PassId;
    type Facts = PassFacts;

    fn rules(ground: &Ground) -> &Self {
        &ground.rule_book.pass
    }

    fn subject(id: &PassId) -> Subject {
        Subject::Pass(id.clone())
    }

    fn question(id: &PassId, pass: &Pass, command: &Command, _: &Ground) -> (Action, PassFacts) {
        let action = match command {
            Command::Issue(new) => match new.kind {
                PassKind::Emergency => Action::TakePass,
                PassKind::Temporary => Action::GivePass,
                PassKind::Accounting => Action::OpenForAccount,
            },
            Command::End(_) => Action::EndPass,
            Command::Review(_) => Action::ReviewPass,
            Command::Lapse(_) => Action::Lapse,
        };
        let about = match (pass.held(), command) {
            (Some(held), _) => Some((&held.case, &held.holder, &held.person)),
            (None, Command::Issue(new)) => Some((&new.case, &new.holder, &new.person)),
            (None, _) => None,
        };
        let about = about.map(|(case, holder, person)| {
            (case.to_string(), holder.to_string(), person.to_string())
        });
        let (case, holder, person) = about.unwrap_or_default();
        let facts = PassFacts {
            id: id.to_string(),
            case,
            holder,
            person,
        };
        (action, facts)
    }

    fn code(refusal: &Refusal) -> &'static str {
        refusal.code()
    }

    fn deadlines(pass: &Pass) -> Vec<(String, Timestamp)> {
        named(deadlines(pass))
    }

    async fn show(
        tx: &mut Tx,
        change: &Change<'_, Self>,
        _: &Pseudonyms,
    ) -> Result<(), JournalError> {
        views::write_pass(tx, change).await
    }
}
