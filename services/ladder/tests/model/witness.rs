//! What somebody knows who saw every event and asked nothing of the case itself: an account of
//! its own, to hold the case against.

use std::collections::{BTreeMap, BTreeSet};

use ladder::event::{EscalationRequested, HandoffOffered, OwnerChanged};
use ladder::{
    Case, Event, HandoffId, HandoffKind, HandoffStatus, Organisation, Origin, OwnershipMode,
};

/// How a handoff went, by the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Course {
    Open,
    Accepted,
    Declined,
    Countered,
    CounterOver,
    Withdrawn,
    Expired,
    Returning,
    Returned,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Seen {
    from: Organisation,
    to: Organisation,
    is_ownership: bool,
    returns: Option<HandoffId>,
    course: Course,
}

/// The account. What it notes has to be small: it is part of the state that is walked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Witness {
    raiser: Option<Organisation>,
    owner: Option<Organisation>,
    team_takes_over: bool,
    handoffs: BTreeMap<HandoffId, Seen>,
    told_by_silence: BTreeSet<Organisation>,
    grounded: BTreeSet<Organisation>,
    citizen_knows: bool,
}

impl Witness {
    /// Notes what one decision led to.
    ///
    /// # Errors
    /// What in it goes against the account so far.
    pub(crate) fn see(&mut self, events: &[Event]) -> Result<(), String> {
        for event in events {
            self.note(event, events)?;
        }
        Ok(())
    }

    fn note(&mut self, event: &Event, beside: &[Event]) -> Result<(), String> {
        use Course::{
            Accepted, CounterOver, Countered, Declined, Expired, Open, Returning, Withdrawn,
        };
        match event {
            Event::Reported(e) => {
                self.raiser = Some(e.owner.clone());
                self.owner = Some(e.owner.clone());
            }
            Event::OwnershipModeChosen(e) => {
                self.team_takes_over = e.mode == OwnershipMode::TeamTakesOver;
            }
            Event::OwnerChanged(e) => self.owner_changed(e, beside)?,
            Event::LegalBasisRecorded(e) => {
                self.grounded.insert(e.receiver.clone());
            }
            Event::CitizenInformed(_) | Event::InformingPostponed(_) => self.citizen_knows = true,
            Event::CaseReopened(_) => self.citizen_knows = false,
            Event::HandoffOffered(e) => self.offered(e)?,
            Event::HandoffAccepted(e) => {
                self.goes(&e.handoff, Open, Accepted)?;
                self.ends_what_it_returns(&e.handoff);
            }
            Event::HandoffDeclined(e) => self.answered(&e.handoff, Declined)?,
            Event::HandoffWithdrawn(e) => self.answered(&e.handoff, Withdrawn)?,
            Event::HandoffExpired(e) => self.answered(&e.handoff, Expired)?,
            Event::HandoffCountered(e) => self.answered(&e.handoff, Countered)?,
            // What was to come back and was met with something else stays where it is.
            Event::CounterAccepted(e) => self.goes(&e.handoff, Countered, Accepted)?,
            Event::CounterRefused(e) => self.goes(&e.handoff, Countered, Declined)?,
            Event::CounterExpired(e) => self.goes(&e.handoff, Countered, CounterOver)?,
            Event::HandoffReturned(e) => self.goes(&e.handoff, Accepted, Returning)?,
            Event::EscalationRequested(e) => self.requested(e),
            Event::CaseClosed(_) | Event::CaseWithdrawn(_) => self.ended(),
            _ => {}
        }
        Ok(())
    }

    fn offered(&mut self, e: &HandoffOffered) -> Result<(), String> {
        if self.handoffs.contains_key(&e.handoff) {
            return Err(format!("{} is offered twice", e.handoff));
        }
        if e.returns.is_none() && self.owner.as_ref() != Some(&e.from) {
            return Err(format!("{} is offered by one who does not own", e.handoff));
        }
        if let Some(earlier) = e
            .instead_of
            .as_ref()
            .and_then(|id| self.handoffs.get_mut(id))
            && earlier.course == Course::Countered
        {
            earlier.course = Course::CounterOver;
        }
        let seen = Seen {
            from: e.from.clone(),
            to: e.to.clone(),
            is_ownership: e.handoff_kind == HandoffKind::Ownership,
            returns: e.returns.clone(),
            course: Course::Open,
        };
        self.handoffs.insert(e.handoff.clone(), seen);
        Ok(())
    }

    /// The first answer counts: any second one goes against it.
    fn goes(&mut self, id: &HandoffId, from: Course, to: Course) -> Result<(), String> {
        let seen = self
            .handoffs
            .get_mut(id)
            .ok_or_else(|| format!("{id} was never offered, but is now {to:?}"))?;
        if seen.course != from {
            return Err(format!("{id} was {:?} and is now {to:?}", seen.course));
        }
        seen.course = to;
        Ok(())
    }

    /// An answer that leaves with its receiver what was to come back.
    fn answered(&mut self, id: &HandoffId, to: Course) -> Result<(), String> {
        self.goes(id, Course::Open, to)?;
        if let Some(earlier) = self.handoffs.get(id).and_then(|seen| seen.returns.clone()) {
            self.goes(&earlier, Course::Returning, Course::Accepted)?;
        }
        Ok(())
    }

    fn ends_what_it_returns(&mut self, id: &HandoffId) {
        let returns = self.handoffs.get(id).and_then(|seen| seen.returns.clone());
        if let Some(earlier) = returns.and_then(|earlier| self.handoffs.get_mut(&earlier)) {
            earlier.course = Course::Returned;
        }
    }

    /// Only with an ownership handoff that is accepted in the same decision, in the mode "team
    /// takes over" (domain, section d4); what comes back moves it back in any mode.
    fn owner_changed(&mut self, e: &OwnerChanged, beside: &[Event]) -> Result<(), String> {
        let accepted = beside.iter().any(
            |event| matches!(event, Event::HandoffAccepted(accepted) if accepted.handoff == e.handoff),
        );
        let by = self
            .handoffs
            .get(&e.handoff)
            .filter(|seen| seen.is_ownership);
        let fits = by.is_some_and(|seen| seen.from == e.from && seen.to == e.to);
        let may_move = self.team_takes_over || by.is_some_and(|seen| seen.returns.is_some());
        if !accepted || !fits || !may_move || self.owner.as_ref() != Some(&e.from) {
            return Err(format!(
                "the owner changes by {} without a right to",
                e.handoff
            ));
        }
        self.owner = Some(e.to.clone());
        Ok(())
    }

    fn requested(&mut self, e: &EscalationRequested) {
        match e.origin {
            Origin::HandoffSilence | Origin::TriageSilence | Origin::NoProgress => {
                let bodies = [&e.body, &e.admitting];
                let others = bodies
                    .into_iter()
                    .filter(|body| self.owner.as_ref() != Some(*body));
                self.told_by_silence.extend(others.cloned());
            }
            Origin::Asked | Origin::Insisted => {}
        }
    }

    /// With the case its open offers end; what was on its way back stays where it was.
    fn ended(&mut self) {
        for seen in self.handoffs.values_mut() {
            match seen.course {
                Course::Open => seen.course = Course::Withdrawn,
                Course::Countered => seen.course = Course::CounterOver,
                Course::Returning => seen.course = Course::Accepted,
                Course::Accepted
                | Course::Declined
                | Course::CounterOver
                | Course::Withdrawn
                | Course::Expired
                | Course::Returned => {}
            }
        }
    }

    fn participants(&self) -> BTreeSet<&Organisation> {
        let in_it = |seen: &&Seen| matches!(seen.course, Course::Accepted | Course::Returning);
        self.handoffs
            .values()
            .filter(in_it)
            .map(|seen| &seen.to)
            .collect()
    }

    /// Holds a case against the account.
    ///
    /// # Errors
    /// The rule that the case breaks.
    pub(crate) fn agrees(&self, case: &Case) -> Result<(), String> {
        let Some(file) = case.file() else {
            return Ok(());
        };
        if self.owner.as_ref() != Some(&file.owner) {
            return Err(format!("{} owns the case, but nobody said so", file.owner));
        }
        let holds = self.handoffs.values().any(|seen| {
            seen.is_ownership
                && seen.to == file.owner
                && matches!(seen.course, Course::Accepted | Course::Returning)
        });
        if self.raiser.as_ref() != Some(&file.owner) && !holds {
            return Err(format!(
                "{} owns the case and holds no handoff of it",
                file.owner
            ));
        }
        for (id, seen) in &self.handoffs {
            let known = file.handoffs.get(id);
            let known = known.ok_or_else(|| format!("{id} is forgotten"))?;
            let course = course(&known.status);
            if course != seen.course {
                return Err(format!("{id} went {:?} and is {course:?}", seen.course));
            }
        }
        if file.handoffs.len() != self.handoffs.len() {
            return Err("there is a handoff that nobody offered".to_owned());
        }
        if file.participants() != self.participants() {
            return Err("who takes part is not who accepted".to_owned());
        }
        let opened = |body: &Organisation| self.citizen_knows && self.grounded.contains(body);
        let card_only = file.card_only();
        let leak = self
            .told_by_silence
            .iter()
            .find(|body| !opened(body) && !card_only.contains(body));
        leak.map_or(Ok(()), |body| {
            Err(format!(
                "{body} heard by silence and sees more than the card"
            ))
        })
    }
}

/// How far the case says that a handoff is.
fn course(status: &HandoffStatus) -> Course {
    match status {
        HandoffStatus::Offered { .. } => Course::Open,
        HandoffStatus::Accepted { .. } => Course::Accepted,
        HandoffStatus::Declined { .. } => Course::Declined,
        HandoffStatus::Countered {
            follow_up_by: Some(_),
            ..
        } => Course::Countered,
        HandoffStatus::Countered {
            follow_up_by: None, ..
        } => Course::CounterOver,
        HandoffStatus::Withdrawn { .. } => Course::Withdrawn,
        HandoffStatus::Expired { .. } => Course::Expired,
        HandoffStatus::Returning { .. } => Course::Returning,
        HandoffStatus::Returned { .. } => Course::Returned,
    }
}
