//! The structural signal.

use std::collections::BTreeSet;

use gate::{Action, SignalFacts};
use jiff::Timestamp;
use journal::{JournalError, Tx};
use ladder::signal::{Command, Refusal, Signal, SignalRules, deadlines};
use ladder::{Ladder, Organisation, SignalId, Tier};

use super::{Aggregate, Subject, named};
use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

impl Aggregate for SignalRules {
    type Id = SignalId;
    type Facts = SignalFacts;

    fn rules(ground: &Ground) -> &Self {
        &ground.rule_book.signal
    }

    fn subject(id: &SignalId) -> Subject {
        Subject::Signal(id.clone())
    }

    fn question(
        id: &SignalId,
        signal: &Signal,
        command: &Command,
        ground: &Ground,
    ) -> (Action, SignalFacts) {
        let (action, target) = permission(command, signal);
        let ladder = &ground.rules.ladder;
        let facts = match (signal_facts(id, signal, ladder), command) {
            (Some(facts), _) => facts,
            (None, Command::Raise(new)) => {
                of(id, &new.by, &new.theme, new.region.as_deref(), ladder)
            }
            (None, _) => SignalFacts {
                id: id.to_string(),
                ..SignalFacts::default()
            },
        };
        let target = target.map(Organisation::to_string);
        (action, SignalFacts { target, ..facts })
    }

    fn code(refusal: &Refusal) -> &'static str {
        refusal.code()
    }

    fn deadlines(signal: &Signal) -> Vec<(String, Timestamp)> {
        named(deadlines(signal))
    }

    async fn show(
        tx: &mut Tx,
        change: &Change<'_, Self>,
        _: &Pseudonyms,
    ) -> Result<(), JournalError> {
        views::write_signal(tx, change).await
    }
}

/// The facts of a stored signal; `None` when there is no such signal.
pub fn signal_facts(id: &SignalId, signal: &Signal, ladder: &Ladder) -> Option<SignalFacts> {
    let file = signal.file()?;
    let assigned = signal.owner().map(Organisation::to_string);
    let facts = of(
        id,
        &file.raiser,
        &file.theme,
        file.region.as_deref(),
        ladder,
    );
    Some(SignalFacts { assigned, ..facts })
}

/// The facts of a signal from what is known of it; nobody owns it yet.
pub(crate) fn of(
    id: &SignalId,
    by: &Organisation,
    theme: &str,
    region: Option<&str>,
    ladder: &Ladder,
) -> SignalFacts {
    SignalFacts {
        id: id.to_string(),
        by: by.to_string(),
        bodies: bodies(by, theme, region, ladder),
        ..SignalFacts::default()
    }
}

/// The regional and national bodies of a theme and region, and who admits to their rungs. A
/// signal without a region is for national bodies only.
fn bodies(
    by: &Organisation,
    theme: &str,
    region: Option<&str>,
    ladder: &Ladder,
) -> BTreeSet<String> {
    let above = ladder.rungs().iter().filter(|rung| rung.tier > Tier::Local);
    above
        .filter_map(|rung| {
            let body = rung.body_for(by, theme, region.unwrap_or_default())?;
            let admitting = rung.admission.as_ref()?.organisation.clone();
            Some([Some(body), admitting])
        })
        .flatten()
        .flatten()
        .map(|organisation| organisation.to_string())
        .collect()
}

/// Ending a signal tells what came of it: that is the owner's, as the answer is.
fn permission<'a>(command: &'a Command, signal: &'a Signal) -> (Action, Option<&'a Organisation>) {
    match command {
        Command::Raise(_) | Command::AddCases(_) | Command::BecomeCase(_) => {
            (Action::RaiseSignal, None)
        }
        Command::Assign(_) => (Action::AssignSignal, None),
        Command::Answer(answer) => (Action::AnswerSignal, Some(&answer.by)),
        Command::RecordStep(step) => (Action::AnswerSignal, Some(&step.by)),
        Command::Close(_) => (Action::AnswerSignal, signal.owner()),
        Command::EraseTexts(_) => (Action::EraseTexts, None),
        Command::Lapse(_) => (Action::Lapse, None),
    }
}
