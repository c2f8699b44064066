use jiff::Timestamp;

/// A domain as two functions: what may happen now, and what the past amounts to.
pub trait Decider {
    /// What somebody asks for; an imperative.
    type Command;
    /// What happened; a past participle.
    type Event;
    /// Everything the past amounts to.
    type State: Default;
    /// Why something cannot happen now; shown to people.
    type Refusal: std::error::Error;

    /// The events that `command` leads to at `at`. May consult policy through `self`: a decision
    /// is made once.
    ///
    /// # Errors
    /// The refusal, when the rules forbid it now. Nothing has happened then.
    fn decide(
        &self,
        state: &Self::State,
        command: Self::Command,
        at: Timestamp,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The state after `event`. Takes no `self`: replay cannot see today's policy. `at` is when
    /// the event was recorded.
    fn evolve(state: Self::State, event: &Self::Event, at: Timestamp) -> Self::State;
}
