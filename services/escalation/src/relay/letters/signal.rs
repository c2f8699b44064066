//! Who is told of a structural signal: who can act, that it is expected to; who raised it, what came of
//! it (domain, H21: nobody signals into a void).

use journal::StoredEvent;
use ladder::signal::{Event, File, SignalRules};
use ladder::{Decider, Organisation, Sealed, SignalId};
use proto::Text;
use proto::event::{
    SignalAnswered, SignalAssigned, SignalClosed, SignalOverdue, SignalStepRecorded,
};

use super::content::{code, erased, oin};
use super::hearers::once;
use super::{Letter, LetterError, Letters, Told};
use crate::aggregate;
use crate::seal;

impl Letters<'_> {
    /// The letters that follow from one event of a signal.
    pub(super) async fn of_signal(
        &self,
        id: &SignalId,
        stored: &StoredEvent,
    ) -> Result<Vec<Letter>, LetterError> {
        let event: Event = aggregate::event(stored)?;
        let stream = self.ground.db.read_stream(&stored.stream).await?;
        let mut signal = ladder::signal::Signal::default();
        for row in stream
            .iter()
            .take_while(|row| row.version <= stored.version)
        {
            let past: Event = aggregate::event(row)?;
            signal = SignalRules::evolve(signal, &past, row.at);
        }
        let Some(file) = signal.file() else {
            return Ok(Vec::new());
        };
        let told = self
            .told_of_signal(id, file, signal.owner(), &event)
            .await?;
        Self::of_no_case(id.as_str(), told)
    }

    async fn told_of_signal(
        &self,
        id: &SignalId,
        file: &File,
        owner: Option<&Organisation>,
        event: &Event,
    ) -> Result<Told, LetterError> {
        let signal = id.to_string();
        Ok(match event {
            Event::SignalAssigned(to) => {
                let smallest = self.ground.rules.ladder.thresholds.small_cell;
                let told = SignalAssigned {
                    signal,
                    kind: file.kind.as_str().to_owned(),
                    theme: code(&file.theme).unwrap_or_default(),
                    region: file.region.as_deref().and_then(code),
                    rule: file.rule.as_deref().and_then(code),
                    target: file.target.map(|target| target.as_str().to_owned()),
                    by: oin(&file.raiser)?,
                    contact: to.contact.as_ref().map(ToString::to_string),
                    cases: Some(file.case_count()).filter(|count| *count >= smallest),
                    answer_by: to.answer_by,
                };
                vec![(to.to.clone(), told.into())]
            }
            Event::SignalAnswered(answer) => {
                let told = SignalAnswered {
                    signal,
                    by: oin(&answer.by)?,
                    answer: answer.answer.as_str().to_owned(),
                    text: self.of_this_signal(id, &answer.text).await?,
                    act_by: answer.act_by,
                };
                vec![(file.raiser.clone(), told.into())]
            }
            Event::SignalLeftUnassigned(left) => overdue(signal, file, None, left.assign_by)?,
            Event::SignalOverdue(silence) => {
                overdue(signal, file, Some(&silence.owner), silence.answer_by)?
            }
            Event::SignalStalled(stalled) => {
                overdue(signal, file, Some(&stalled.owner), stalled.act_by)?
            }
            Event::SignalStepRecorded(taken) => {
                let told = SignalStepRecorded {
                    signal,
                    by: oin(&taken.by)?,
                    step: taken.step.as_str().to_owned(),
                };
                vec![(file.raiser.clone(), told.into())]
            }
            Event::SignalClosed(end) => {
                let result = self.of_this_signal(id, &end.result).await?;
                let hearers = owner.into_iter().chain([&file.raiser]);
                once(hearers, SignalClosed { signal, result })
            }
            // Its raiser raised it, and a case that takes over is the raiser's own doing. What was
            // written of it is gone at the platform; it named nobody, so nobody has to follow.
            Event::SignalRaised(_)
            | Event::SignalGrown(_)
            | Event::SignalBecameCase(_)
            | Event::SignalErasureOrdered(_) => Vec::new(),
        })
    }

    /// A text of a signal: it is about the system and names nobody.
    async fn of_this_signal(&self, id: &SignalId, text: &Sealed) -> Result<Text, LetterError> {
        let scope = seal::signal_owner(id);
        let opened = seal::open(self.vault, &scope, text).await?;
        Ok(opened.map_or_else(erased, Text::from))
    }
}

fn overdue(
    signal: String,
    file: &File,
    owner: Option<&Organisation>,
    until: jiff::Timestamp,
) -> Result<Told, LetterError> {
    let told = SignalOverdue {
        signal,
        owner: owner.map(oin).transpose()?,
        until,
    };
    Ok(once(owner.into_iter().chain([&file.raiser]), told))
}
