//! The check of mandates, tried on moves that are wrong on purpose.

use jiff::civil::date;
use ladder::event::{CommitmentMade, DecisionTaken};
use ladder::{Command, CommitmentAnswer, Event, InMandate, TakeDecision};

use super::generated::Move;
use super::harness::{START, at, given, rules};
use super::invariants::{Verdict, in_a_mandate};
use super::samples::{
    commit, commitment_made, decided, decision, inside, mandate_of, reported, stated, stated_of,
    svb, utrecht,
};

fn check(command: Command, event: Event) -> Verdict {
    let step = Move {
        before: given([reported()]).case(),
        command,
        at: at(START),
        events: vec![event],
    };
    in_a_mandate(&rules(), &[step])
}

/// The SVB's commitment in this mandate, of this amount.
fn promise(mandate: InMandate, cents: Option<i64>) -> Command {
    let Command::AnswerCommitment(mut answer) = commit("r1", svb()) else {
        unreachable!("it is an answer");
    };
    if let CommitmentAnswer::Made {
        inside,
        amount_cents,
        ..
    } = &mut answer.answer
    {
        *inside = mandate;
        *amount_cents = cents;
    }
    Command::AnswerCommitment(answer)
}

fn promised(change: impl FnOnce(&mut CommitmentMade)) -> Event {
    let Event::CommitmentMade(mut made) = commitment_made("r1", svb()) else {
        unreachable!("it is a commitment");
    };
    change(&mut made);
    Event::CommitmentMade(made)
}

fn registered(made: &mut CommitmentMade) {
    (made.mandate_id, made.stated) = (Some("mandate-12".into()), None);
}

#[test]
fn what_is_right_passes() {
    let said = promise(stated(svb()), None);
    assert_eq!(check(said, promised(|_| {})), Ok(()));
    let held = promise(inside(svb(), Some(500)), Some(500));
    let made = promised(|made| {
        registered(made);
        made.amount_cents = Some(500);
    });
    assert_eq!(check(held, made), Ok(()));
    assert_eq!(check(Command::TakeDecision(decision()), decided()), Ok(()));
}

#[test]
fn a_promise_or_decision_without_a_mandate_is_found() {
    let none = promised(|made| made.stated = None);
    assert_eq!(
        check(promise(stated(svb()), None), none),
        Err("commitment.made: no mandate is on record".into())
    );
    let Event::DecisionTaken(taken) = decided() else {
        unreachable!("it is a decision");
    };
    let bare = Event::DecisionTaken(DecisionTaken {
        stated: None,
        ..taken
    });
    assert_eq!(
        check(Command::TakeDecision(decision()), bare),
        Err("decision.taken: no mandate is on record".into())
    );
}

#[test]
fn a_promise_in_two_mandates_or_of_nobody_is_found() {
    let said = || promise(stated(svb()), None);
    let two = promised(|made| made.mandate_id = Some("mandate-12".into()));
    assert_eq!(
        check(said(), two),
        Err("commitment.made: two mandates are on record".into())
    );
    let nobody = promised(|made| {
        if let Some(stated) = &mut made.stated {
            stated.role = " ".into();
        }
    });
    assert_eq!(
        check(said(), nobody),
        Err("commitment.made: stated, and of nobody".into())
    );
    let theirs = promised(|made| made.stated = Some(stated_of(utrecht())));
    assert_eq!(
        check(said(), theirs),
        Err("commitment.made: on the word of 00000099000000001000".into())
    );
}

#[test]
fn a_promise_beyond_its_mandate_is_found() {
    let over = promised(|made| {
        registered(made);
        made.amount_cents = Some(501);
    });
    assert_eq!(
        check(promise(inside(svb(), Some(500)), Some(501)), over),
        Err("commitment.made above the amount of its mandate".into())
    );
    let wrong = |change: fn(&mut ladder::UsedMandate)| {
        let mut used = mandate_of(svb(), None);
        change(&mut used);
        let used = InMandate::Registered(Box::new(used));
        check(promise(used, None), promised(registered)).unwrap_err()
    };
    assert_eq!(
        wrong(|used| used.mandate.until = Some(date(2026, 3, 1))),
        "commitment.made after its mandate ended"
    );
    assert_eq!(
        wrong(|used| used.mandate.scope = ["housing".to_owned()].into()),
        "commitment.made outside the scope of its mandate"
    );
    assert_eq!(
        wrong(|used| used.mandate.id = "mandate-13".into()),
        "commitment.made records another mandate than was used"
    );
    assert_eq!(
        wrong(|used| used.mandate.holder = super::samples::person("p-9")),
        "commitment.made in somebody else's mandate"
    );
}

/// A promise that nobody asked the rules for.
#[test]
fn a_decision_in_a_mandate_that_was_not_used_is_found() {
    let registered = TakeDecision {
        mandate: inside(utrecht(), None),
        ..decision()
    };
    assert_eq!(
        check(Command::TakeDecision(registered), decided()),
        Err("decision.taken records another mandate than was used".into())
    );
}
