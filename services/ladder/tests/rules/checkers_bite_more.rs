//! The checks of deadlines, disclosure and money, tried on logs and rules that are wrong on purpose.

use jiff::Timestamp;
use ladder::event::{
    CaseWithdrawn, CitizenInformed, FundCompleted, FundContributed, FundOpened, OwnerChanged,
};
use ladder::{
    BlockType, Case, Command, Decider, Due, Event, Initiative, Organisation, Origin, Rules,
};

use super::generated::Move;
use super::harness::{START, at, given, rules, underway};
use super::invariants::{
    Recorded, deadlines_fire_once, lapse, never_left_alone, no_rung_without_reason,
    nothing_after_the_end, one_lapse_moves_once, one_owner, scarcity_stays_below,
    shares_make_the_sum, silence_discloses_nothing,
};
use super::samples::{
    accepted, blocked, climbed, desk, escalated, escalation_expired, feedback_sent, fund, ground,
    handoff, offered, offered_to, reported, requested, sealed, spirit, svb, utrecht,
};

fn log(events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
    events.into_iter().map(|event| (event, at(START))).collect()
}

fn changed() -> Event {
    Event::OwnerChanged(OwnerChanged {
        from: utrecht(),
        to: svb(),
        handoff: handoff("h1"),
    })
}

#[test]
fn an_owner_who_changes_without_taking_over_is_found() {
    let nobody = one_owner(&log([reported(), offered(), changed()]), Rules::evolve);
    assert_eq!(nobody, Err("position 2: nobody took over".into()));
    // The handoff was accepted, but it asked for advice.
    let advice = [reported(), offered(), accepted(), changed()];
    let found = one_owner(&log(advice), Rules::evolve);
    assert_eq!(found, Err("position 3: nobody took over".into()));
}

#[test]
fn a_silent_climb_that_jumps_is_found() {
    let mut silent = requested("national_desk");
    silent.origin = Origin::NoProgress;
    let mut events = climbed(&["workshop"]);
    events.push(Event::EscalationRequested(silent));
    events.push(escalated("national_desk"));
    let found = no_rung_without_reason(&log(events), &rules().ladder);
    assert_eq!(
        found,
        Err("from rung 1 to 4 without skipping rung Some(2)".into())
    );
}

#[test]
fn an_event_after_withdrawal_is_found() {
    let withdrawn = Event::CaseWithdrawn(CaseWithdrawn {
        initiative: Initiative::Citizen,
        reason: sealed("moved"),
    });
    assert_eq!(
        nothing_after_the_end(&log([reported(), withdrawn, feedback_sent()])),
        Err("feedback.sent after case.withdrawn".into())
    );
}

#[test]
fn a_case_without_a_deadline_is_found() {
    // A request that nobody answered, and whose silence was forgotten.
    let request = Event::EscalationRequested(requested("workshop"));
    let case = given([reported(), request, escalation_expired()]).case();
    assert_eq!(never_left_alone(&case), Ok(()));
    let mut case = underway(case);
    case.file.silence = None;
    let found = never_left_alone(&Case::Underway(Box::new(case))).unwrap_err();
    assert!(found.starts_with("nothing will ever happen"), "{found}");
}

type Lapsed = Result<Vec<Event>, String>;

fn deaf(_: &Rules, _: &Case, _: Due, _: Timestamp) -> Lapsed {
    Ok(Vec::new())
}

/// Rules that do not look at the time.
fn hasty(rules: &Rules, case: &Case, due: Due, at: Timestamp) -> Lapsed {
    let later = at.checked_add(jiff::Span::new().hours(1)).unwrap();
    lapse(rules, case, due, later)
}

/// Rules that say something at a deadline, and leave it there.
fn talking(rules: &Rules, case: &Case, due: Due, at: Timestamp) -> Lapsed {
    let events = lapse(rules, case, due, at)?;
    Ok(events.iter().map(|_| feedback_sent()).collect())
}

#[test]
fn rules_that_miss_hurry_or_repeat_a_deadline_are_found() {
    let case = given([reported()]).case();
    let with = |rule| deadlines_fire_once(&rules(), &case, rule);
    assert_eq!(with(lapse), Ok(()));
    assert_eq!(with(deaf), Err("review passed and nothing followed".into()));
    assert_eq!(with(hasty), Err("review fired too early".into()));
    assert_eq!(
        with(talking),
        Err("review fired and no deadline changed".into())
    );
}

fn done(before: Vec<Event>, command: Command, events: Vec<Event>) -> Move {
    Move {
        before: given(before).case(),
        command,
        at: at(START),
        events,
    }
}

#[test]
fn a_deadline_that_moves_a_case_twice_is_found() {
    let asked = || Event::EscalationRequested(requested("workshop"));
    let lapse = || Command::Lapse(Due::Review);
    let once = done(vec![reported()], lapse(), vec![asked()]);
    assert_eq!(one_lapse_moves_once(&[once]), Ok(()));
    for events in [vec![asked(), asked()], vec![escalated("workshop")]] {
        let twice = done(vec![reported()], lapse(), events);
        assert!(one_lapse_moves_once(&[twice]).is_err());
    }
}

#[test]
fn a_shortage_that_climbs_is_found() {
    let scarce = vec![reported(), blocked(BlockType::Scarcity)];
    let asked = vec![Event::EscalationRequested(requested("workshop"))];
    let up = done(scarce, Command::Lapse(Due::Review), asked);
    assert_eq!(
        scarcity_stays_below(&[up]),
        Err("Lapse(Review) sent a shortage up".into())
    );
}

/// Silence brought the case to the desk.
fn silent() -> Event {
    let mut silent = requested("national_desk");
    silent.origin = Origin::TriageSilence;
    silent.unexplained = vec!["organisation_supports".into()];
    silent.explain_by = Some(at("2026-03-09T09:00:00Z"));
    silent.evidence.clear();
    Event::EscalationRequested(silent)
}

/// Rules that forget whom silence told: they would see everything.
fn forgetful(case: Case, event: &Event, at: Timestamp) -> Case {
    match Rules::evolve(case, event, at) {
        Case::Underway(mut case) => {
            case.file.told_by_silence.clear();
            Case::Underway(case)
        }
        case => case,
    }
}

#[test]
fn a_silent_climb_that_discloses_is_found() {
    let informed = Event::CitizenInformed(CitizenInformed {
        text: sealed("news"),
    });
    let events = log([reported(), silent(), ground(utrecht(), desk()), informed]);
    assert_eq!(silence_discloses_nothing(&events, Rules::evolve), Ok(()));
    let found = silence_discloses_nothing(&events, forgetful).unwrap_err();
    assert!(
        found.starts_with("position 1: {} see the card only"),
        "{found}"
    );

    let mut telling = requested("national_desk");
    telling.origin = Origin::HandoffSilence;
    let telling = log([reported(), Event::EscalationRequested(telling)]);
    assert_eq!(
        silence_discloses_nothing(&telling, Rules::evolve),
        Err("position 1: silence tells what nobody gave".into())
    );
}

#[test]
fn a_silent_climb_that_asks_nobody_to_explain_is_found() {
    let Event::EscalationRequested(mut request) = silent() else {
        unreachable!("it is a request");
    };
    request.explain_by = None;
    let events = log([reported(), Event::EscalationRequested(request)]);
    assert_eq!(
        silence_discloses_nothing(&events, Rules::evolve),
        Err("position 1: nobody is asked to explain".into())
    );
}

fn share(by: Organisation, amount_cents: i64) -> Event {
    Event::FundContributed(FundContributed {
        fund: fund("f1"),
        by,
        amount_cents,
        mandate: "mandate-12".into(),
    })
}

#[test]
fn shares_that_do_not_make_the_sum_are_found() {
    let opened = || {
        Event::FundOpened(FundOpened {
            fund: fund("f1"),
            by: utrecht(),
            amount_cents: 100,
            purpose: sealed("a dog"),
        })
    };
    let completed = || Event::FundCompleted(FundCompleted { fund: fund("f1") });
    let check = |events: Vec<Event>| shares_make_the_sum(&log(events));
    let (first, last) = (|| share(svb(), 60), || share(spirit(), 40));
    assert_eq!(check(vec![opened(), first(), last(), completed()]), Ok(()));
    assert_eq!(
        check(vec![opened(), first(), share(spirit(), 41)]),
        Err("fund f1 got 1 cents too much".into())
    );
    assert_eq!(
        check(vec![opened(), first(), completed()]),
        Err("fund f1 is completed and misses Some(40)".into())
    );
    assert_eq!(
        check(vec![opened(), first(), last(), feedback_sent()]),
        Err("fund f1 is full and not completed".into())
    );
}

#[test]
fn a_second_acceptance_does_not_make_a_second_owner_right() {
    let mut second = offered_to("h2", spirit());
    second.handoff_kind = ladder::HandoffKind::Ownership;
    let events = [
        reported(),
        Event::HandoffOffered(second),
        accepted(),
        Event::OwnerChanged(OwnerChanged {
            from: utrecht(),
            to: spirit(),
            handoff: handoff("h2"),
        }),
    ];
    assert_eq!(
        one_owner(&log(events), Rules::evolve),
        Err("position 3: nobody took over".into())
    );
}
