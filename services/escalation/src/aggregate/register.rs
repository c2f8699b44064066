//! An organisation's register of people.

use gate::{Action, RegisterFacts};
use jiff::Timestamp;
use journal::{JournalError, Tx};
use ladder::Organisation;
use ladder::register::{Command, Refusal, Register, RegisterRules};

use super::{Aggregate, Subject};
use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

impl Aggregate for RegisterRules {
    type Id = Organisation;
    type Facts = RegisterFacts;

    fn rules(ground: &Ground) -> &Self {
        &ground.rule_book.register
    }

    fn subject(organisation: &Organisation) -> Subject {
        Subject::Register(organisation.clone())
    }

    fn question(
        organisation: &Organisation,
        _: &Register,
        command: &Command,
        _: &Ground,
    ) -> (Action, RegisterFacts) {
        let action = match command {
            Command::Record { .. }
            | Command::SetAbsence { .. }
            | Command::ClearAbsence { .. }
            | Command::Confirm { .. }
            | Command::Remove { .. } => Action::KeepRegister,
            Command::BeatHeart => Action::BeatHeart,
        };
        let organisation = organisation.to_string();
        (action, RegisterFacts { organisation })
    }

    fn code(refusal: &Refusal) -> &'static str {
        refusal.code()
    }

    /// A register waits for nobody.
    fn deadlines(_: &Register) -> Vec<(String, Timestamp)> {
        Vec::new()
    }

    async fn show(
        tx: &mut Tx,
        change: &Change<'_, Self>,
        _: &Pseudonyms,
    ) -> Result<(), JournalError> {
        views::write_register(tx, change).await
    }
}
