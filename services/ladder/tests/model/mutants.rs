//! Rules with one mistake: the walk has to find each.

use ladder::event::{HandoffAccepted, HandoffWithdrawn, OwnerChanged};
use ladder::{
    Case, Command, Due, Event, HandoffStatus, Organisation, Refusal, RequestStatus, Rules, Sealed,
    Stage,
};

use super::clock::now;
use super::escalations::{a_first_word, climbing, climbing_with_a_handoff};
use super::explorer::{NO_WAY_OUT, explore};
use super::handoffs::one_handoff;
use super::ladders::{other, owner};
use super::law::Law;
use super::messages::handoff;
use super::world::{MOST, World};

type Decided = Result<Vec<Event>, Refusal>;

/// Rules of which one half is wrong: what they decide, or what they remember.
struct Wrong {
    rules: Rules,
    decide: fn(&Rules, &Case, Command) -> Decided,
    evolve: fn(&Rules, Case, &Event) -> Case,
}

impl Law for Wrong {
    fn decide(&self, case: &Case, command: Command) -> Decided {
        (self.decide)(&self.rules, case, command)
    }

    fn evolve(&self, case: Case, event: &Event) -> Case {
        (self.evolve)(&self.rules, case, event)
    }
}

/// The walk finds this in what the mistake makes of the world.
#[track_caller]
fn found(wrong: &World<Wrong>, broken: &str) {
    match explore(wrong, MOST) {
        Ok(walked) => panic!("nothing found in {walked}"),
        Err(found) => {
            println!("{found}");
            assert_eq!(found.broken, broken);
        }
    }
}

fn deciding(world: World<Rules>, decide: fn(&Rules, &Case, Command) -> Decided) -> World<Wrong> {
    world.under(|rules| Wrong {
        rules,
        decide,
        evolve: |rules, case, event| rules.evolve(case, event),
    })
}

fn remembering(world: World<Rules>, evolve: fn(&Rules, Case, &Event) -> Case) -> World<Wrong> {
    world.under(|rules| Wrong {
        rules,
        decide: |rules, case, command| rules.decide(case, command),
        evolve,
    })
}

fn status(case: &Case) -> Option<&HandoffStatus> {
    let handoff = case.file()?.handoffs.get(&handoff("h1"))?;
    Some(&handoff.status)
}

fn owner_changed(from: Organisation, to: Organisation) -> Event {
    Event::OwnerChanged(OwnerChanged {
        from,
        to,
        handoff: handoff("h1"),
    })
}

#[test]
fn an_acceptance_after_the_end_of_the_term() {
    let wrong = deciding(one_handoff(), |rules, case, command| match &command {
        Command::AnswerHandoff(answer)
            if matches!(status(case), Some(HandoffStatus::Expired { .. }))
                && answer.handoff == handoff("h1") =>
        {
            Ok(vec![Event::HandoffAccepted(HandoffAccepted {
                handoff: answer.handoff.clone(),
                by: answer.by.clone(),
                text: None,
            })])
        }
        _ => rules.decide(case, command),
    });
    found(&wrong, "h1 was Expired and is now Accepted");
}

#[test]
fn a_withdrawal_after_the_acceptance() {
    let wrong = deciding(one_handoff(), |rules, case, command| match &command {
        Command::WithdrawHandoff(it)
            if matches!(status(case), Some(HandoffStatus::Accepted { .. }))
                && it.handoff == handoff("h1") =>
        {
            Ok(vec![Event::HandoffWithdrawn(HandoffWithdrawn {
                handoff: it.handoff.clone(),
                reason: Sealed::new("text"),
            })])
        }
        _ => rules.decide(case, command),
    });
    found(&wrong, "h1 was Accepted and is now Withdrawn");
}

#[test]
fn an_owner_that_moves_on_silence() {
    let wrong = deciding(one_handoff(), |rules, case, command| {
        let expires = matches!(command, Command::Lapse(Due::HandoffAnswer(_)));
        let mut events = rules.decide(case, command)?;
        if expires && !events.is_empty() {
            events.push(owner_changed(owner(), other()));
        }
        Ok(events)
    });
    found(&wrong, "the owner changes by h1 without a right to");
}

#[test]
fn a_return_that_skips_acceptance() {
    let wrong = deciding(one_handoff(), |rules, case, command| {
        let returns = matches!(command, Command::ReturnHandoff(_));
        let mut events = rules.decide(case, command)?;
        if returns {
            events.push(owner_changed(other(), owner()));
        }
        Ok(events)
    });
    found(&wrong, "the owner changes by h1 without a right to");
}

#[test]
fn a_receiver_that_takes_part_before_accepting() {
    let wrong = remembering(one_handoff(), |rules, case, event| {
        let case = rules.evolve(case, event);
        match (event, case) {
            (Event::HandoffOffered(_), Case::Underway(mut underway)) => {
                for handoff in underway.file.handoffs.values_mut() {
                    handoff.status = HandoffStatus::Accepted { at: now() };
                }
                Case::Underway(underway)
            }
            (_, case) => case,
        }
    });
    found(&wrong, "h1 went Open and is Accepted");
}

#[test]
fn a_decline_that_is_not_remembered() {
    let wrong = remembering(one_handoff(), |rules, case, event| match event {
        Event::HandoffDeclined(_) => case,
        _ => rules.evolve(case, event),
    });
    found(&wrong, "h1 went Declined and is Open");
}

#[test]
fn a_reminder_that_goes_out_again_and_again() {
    let wrong = remembering(one_handoff(), |rules, case, event| match event {
        Event::HandoffReminded(_) => case,
        _ => rules.evolve(case, event),
    });
    found(&wrong, "handoff-reminder/h1 fires twice");
}

#[test]
fn a_silence_that_nobody_hears_of() {
    let wrong = deciding(climbing(), |rules, case, command| match command {
        Command::Lapse(Due::EscalationAnswer(_)) => Ok(Vec::new()),
        command => rules.decide(case, command),
    });
    found(&wrong, "escalation-answer/e1 passes and nobody hears of it");
}

#[test]
fn a_first_word_that_is_asked_for_again_and_again() {
    let wrong = remembering(a_first_word(), |rules, case, event| match event {
        Event::AcknowledgementOverdue(_) => case,
        _ => rules.evolve(case, event),
    });
    found(&wrong, "escalation-acknowledgement/e1 fires twice");
}

#[test]
fn an_acknowledgement_that_stops_the_clock() {
    let wrong = remembering(climbing(), |rules, case, event| {
        let case = rules.evolve(case, event);
        match (event, case) {
            (Event::EscalationAcknowledged(_), Case::Underway(mut underway)) => {
                if let Stage::EscalationRequested(request) = &mut underway.stage {
                    request.status = RequestStatus::Expired;
                }
                Case::Underway(underway)
            }
            (_, case) => case,
        }
    });
    found(
        &wrong,
        "the case waits for nothing, and nobody looks at it again",
    );
}

#[test]
fn an_answer_that_leads_nowhere() {
    let wrong = remembering(climbing(), |rules, case, event| match event {
        Event::Escalated(_) | Event::EscalationRefused(_) | Event::EscalationReturned(_) => case,
        _ => rules.evolve(case, event),
    });
    found(&wrong, NO_WAY_OUT);
}

#[test]
fn a_silent_climb_that_opens_the_content() {
    let wrong = remembering(climbing_with_a_handoff(), |rules, case, event| {
        let case = rules.evolve(case, event);
        match (event, case) {
            (Event::EscalationRequested(_), Case::Underway(mut underway)) => {
                underway.file.told_by_silence.clear();
                Case::Underway(underway)
            }
            (_, case) => case,
        }
    });
    found(
        &wrong,
        "00000099000000007000 heard by silence and sees more than the card",
    );
}

#[test]
fn an_offer_that_makes_its_receiver_the_owner() {
    let wrong = remembering(one_handoff(), |rules, case, event| {
        let case = rules.evolve(case, event);
        match (event, case) {
            (Event::HandoffOffered(_), Case::Underway(mut underway)) => {
                underway.file.owner = other();
                Case::Underway(underway)
            }
            (_, case) => case,
        }
    });
    found(
        &wrong,
        "00000099000000002000 owns the case, but nobody said so",
    );
}

#[test]
fn an_acceptance_that_is_a_yes_twice() {
    let wrong = deciding(one_handoff(), |rules, case, command| match &command {
        Command::AnswerHandoff(answer)
            if matches!(status(case), Some(HandoffStatus::Accepted { .. }))
                && answer.handoff == handoff("h1") =>
        {
            Ok(vec![Event::HandoffAccepted(HandoffAccepted {
                handoff: answer.handoff.clone(),
                by: answer.by.clone(),
                text: None,
            })])
        }
        _ => rules.decide(case, command),
    });
    found(&wrong, "a second copy: h1 was Accepted and is now Accepted");
}
