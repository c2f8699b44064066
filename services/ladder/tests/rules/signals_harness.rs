//! Given what happened, when somebody asks this, then that follows: for any aggregate.

use std::fmt::Debug;

use jiff::Timestamp;
use ladder::Decider;

use super::harness::at;

/// An aggregate with a past.
pub(crate) struct Story<R: Decider> {
    pub(crate) rules: R,
    pub(crate) state: R::State,
}

/// What was asked of it, and what came of that.
pub(crate) struct Asked<R: Decider> {
    story: Story<R>,
    at: Timestamp,
    outcome: Result<Vec<R::Event>, R::Refusal>,
}

impl<R> Story<R>
where
    R: Decider,
    R::Event: Clone + Debug + PartialEq,
    R::Refusal: Debug + PartialEq,
{
    /// These events, recorded at `moment`.
    pub(crate) fn given(
        rules: R,
        moment: &str,
        events: impl IntoIterator<Item = R::Event>,
    ) -> Self {
        let story = Self {
            rules,
            state: R::State::default(),
        };
        story.and_at(moment, events)
    }

    /// And these, recorded at another moment.
    pub(crate) fn and_at(
        mut self,
        moment: &str,
        events: impl IntoIterator<Item = R::Event>,
    ) -> Self {
        self.state = events.into_iter().fold(self.state, |state, event| {
            R::evolve(state, &event, at(moment))
        });
        self
    }

    pub(crate) fn when(self, command: R::Command, moment: &str) -> Asked<R> {
        let outcome = self.rules.decide(&self.state, command, at(moment));
        Asked {
            story: self,
            at: at(moment),
            outcome,
        }
    }
}

impl<R> Asked<R>
where
    R: Decider,
    R::Event: Clone + Debug + PartialEq,
    R::Refusal: Debug + PartialEq,
{
    /// Exactly these events follow; gives the story as they leave it.
    #[track_caller]
    pub(crate) fn then(mut self, expected: impl IntoIterator<Item = R::Event>) -> Story<R> {
        let expected: Vec<R::Event> = expected.into_iter().collect();
        assert_eq!(self.outcome, Ok(expected.clone()));
        self.story.state = expected.iter().fold(self.story.state, |state, event| {
            R::evolve(state, event, self.at)
        });
        self.story
    }

    /// Nothing follows, and that is no error.
    #[track_caller]
    pub(crate) fn then_nothing(self) -> Story<R> {
        self.then([])
    }

    #[track_caller]
    pub(crate) fn then_refused(self, expected: R::Refusal) {
        assert_eq!(self.outcome, Err(expected));
    }
}

/// An event and when it was recorded.
pub(crate) type Recorded<R> = (<R as Decider>::Event, Timestamp);

/// What a sequence of commands led to.
pub(crate) struct Run<R: Decider> {
    pub(crate) rules: R,
    pub(crate) log: Vec<Recorded<R>>,
    /// The state after every command.
    pub(crate) states: Vec<R::State>,
}

impl<R> Run<R>
where
    R: Decider,
    R::State: Clone,
    R::Event: Clone,
{
    pub(crate) fn new(rules: R) -> Self {
        Self {
            rules,
            log: Vec::new(),
            states: vec![R::State::default()],
        }
    }

    pub(crate) fn state(&self) -> R::State {
        self.states.last().cloned().unwrap_or_default()
    }

    /// What is refused changes nothing.
    pub(crate) fn execute(&mut self, command: R::Command, now: Timestamp) {
        let state = self.state();
        let events = self.rules.decide(&state, command, now).unwrap_or_default();
        let after = events
            .iter()
            .fold(state, |state, event| R::evolve(state, event, now));
        self.log
            .extend(events.into_iter().map(|event| (event, now)));
        self.states.push(after);
    }
}

/// The log alone gives the state that was kept while it grew.
pub(crate) fn replay_gives<R: Decider>(log: &[Recorded<R>], kept: &R::State) -> Result<(), String>
where
    R::State: Debug + PartialEq,
{
    let replayed = log.iter().fold(R::State::default(), |state, (event, at)| {
        R::evolve(state, event, *at)
    });
    if &replayed == kept {
        Ok(())
    } else {
        Err(format!("replay gives {replayed:?}, kept was {kept:?}"))
    }
}
