//! Silence climbs by itself, and only the process climbs.

use ladder::event::SilencePersisted;
use ladder::{
    BlockType, Case, Command, Due, Event, GiveEvidence, InformCitizen, Origin, RecordLegalBasis,
    RequestStatus, StateName,
};

use super::harness::{at, ends, given, underway};
use super::samples::{
    ANSWER_BY, CLIMB_AT, GROUND, blocked, climbed, desk, escalation_expired, evidence,
    handoff_expired, offer, offered, reported, requested, sealed, skipped, tax_office, utrecht,
};

const CLIMB: Command = Command::Lapse(Due::Climb);

fn silent_handoff() -> Vec<Event> {
    vec![reported(), offered(), handoff_expired()]
}

/// On the local table, and the desk does not answer anybody there.
fn at_the_local_table() -> Vec<Event> {
    let mut events = climbed(&["workshop", "local_table"]);
    events.extend([offered(), handoff_expired()]);
    events
}

/// The request that the rules made.
fn request(case: &Case) -> ladder::Request {
    underway(case.clone()).pending().unwrap().clone()
}

#[test]
fn an_expired_handoff_climbs_after_five_working_days_if_nobody_did_anything() {
    let case = given(silent_handoff()).after(CLIMB, CLIMB_AT).case();
    let request = request(&case);
    assert_eq!(request.origin, Origin::HandoffSilence);
    assert_eq!(request.to.as_str(), "workshop");
    assert_eq!(request.unexplained, ["question".to_owned()].into());
    assert_eq!(request.explain_by, Some(at("2026-03-23T09:00:00Z")));
    assert_eq!(case.owner(), Some(&utrecht()), "ownership stays");
}

#[test]
fn a_new_offer_stops_the_climb() {
    let case = given(silent_handoff())
        .after(offer("h2", tax_office()), "2026-03-12T09:00:00Z")
        .case();
    assert_eq!(ends(&case, &Due::Climb), None);
}

#[test]
fn whom_silence_told_sees_the_card_until_there_is_a_ground_and_the_citizen_knows() {
    let silent = || given(at_the_local_table()).after(CLIMB, CLIMB_AT);
    let card_only = |case: &Case| case.file().unwrap().card_only().len();
    let case = silent().case();
    let asked = request(&case);
    assert_eq!(asked.to.as_str(), "national_desk");
    assert_eq!(asked.unexplained.len(), 2);
    assert_eq!(case.file().unwrap().card_only(), [&desk()].into());
    let basis = || {
        Command::RecordLegalBasis(RecordLegalBasis {
            source: utrecht(),
            receiver: desk(),
            legal_basis: GROUND.into(),
        })
    };
    let inform = || {
        Command::InformCitizen(InformCitizen {
            text: sealed("news"),
        })
    };
    let postpone = || {
        Command::PostponeInforming(ladder::PostponeInforming {
            reason: sealed("in hospital"),
        })
    };
    assert_eq!(card_only(&silent().after(basis(), CLIMB_AT).case()), 1);
    assert_eq!(card_only(&silent().after(inform(), CLIMB_AT).case()), 1);
    for told in [inform(), postpone()] {
        let both = silent().after(basis(), CLIMB_AT).after(told, CLIMB_AT);
        assert_eq!(card_only(&both.case()), 0);
    }
}

#[test]
fn a_climb_by_silence_names_the_rungs_where_nobody_is() {
    let case = given(at_the_local_table()).case();
    let events = given(at_the_local_table()).when(CLIMB, CLIMB_AT).decided();
    assert_eq!(
        events.first(),
        Some(&skipped("regional_table", "no_competent_body", None))
    );
    assert_eq!(events.len(), 2);
    assert_eq!(case.file().unwrap().rung.as_str(), "local_table");
}

#[test]
fn the_owner_explains_what_silence_left_open() {
    let asked = given(silent_handoff()).after(CLIMB, CLIMB_AT);
    let case = asked.case();
    let escalation = request(&case).escalation;
    let explain = Due::Explanation(escalation.clone());
    let asked = || given(silent_handoff()).after(CLIMB, CLIMB_AT);
    let late = asked()
        .after(Command::Lapse(explain.clone()), "2026-03-23T09:00:00Z")
        .case();
    assert_eq!(ends(&late, &explain), Some(at("2026-03-30T08:00:00Z")));
    let give = Command::GiveEvidence(GiveEvidence {
        escalation,
        evidence: evidence(&["question"]),
    });
    let case = asked().after(give, "2026-03-17T09:00:00Z").case();
    assert_eq!(ends(&case, &explain), None);
    assert_eq!(request(&case).unexplained, [].into());
}

#[test]
fn a_request_that_nobody_answers_goes_to_the_next_rung() {
    let waiting = vec![
        reported(),
        blocked(BlockType::Rule),
        Event::EscalationRequested(requested("workshop")),
    ];
    let case = given(waiting.clone()).silence_until(ANSWER_BY).case();
    assert_eq!(request(&case).status, RequestStatus::Expired);
    assert_eq!(ends(&case, &Due::Climb), Some(at(CLIMB_AT)));
    let case = given(waiting).silence_until(CLIMB_AT).case();
    let request = request(&case);
    assert_eq!(request.origin, Origin::TriageSilence);
    assert_eq!(request.to.as_str(), "local_table");
    assert_eq!(case.file().unwrap().rung.as_str(), "own_work");
}

/// Otherwise an offer to somebody else would leave the request without any deadline.
#[test]
fn work_elsewhere_does_not_answer_a_request_that_was_left_unanswered() {
    let case = given([
        reported(),
        blocked(BlockType::Rule),
        Event::EscalationRequested(requested("workshop")),
        escalation_expired(),
    ])
    .after(offer("h2", tax_office()), "2026-03-12T09:00:00Z")
    .case();
    assert_eq!(ends(&case, &Due::Climb), Some(at(CLIMB_AT)));
}

#[test]
fn a_shortage_never_climbs() {
    let scarce = || {
        let mut events = climbed(&["workshop"]);
        events.extend([offered(), blocked(BlockType::Scarcity)]);
        events
    };
    let expire = Command::Lapse(Due::HandoffAnswer(super::samples::handoff("h1")));
    let case = given(scarce()).after(expire, ANSWER_BY).case();
    assert_eq!(ends(&case, &Due::Climb), None);
    let case = given(scarce()).silence_until("2026-12-01T09:00:00Z").case();
    assert_eq!(case.state_name(), Some(StateName::Blocked));
    assert_eq!(case.file().unwrap().rung.as_str(), "workshop");
}

#[test]
fn at_the_top_silence_is_said_again_every_five_working_days() {
    let mut events = climbed(&["workshop", "local_table", "national_desk", "national_table"]);
    events.extend([offered(), handoff_expired()]);
    let again = at("2026-03-23T09:00:00Z");
    let case = given(events)
        .when(CLIMB, CLIMB_AT)
        .then([Event::SilencePersisted(SilencePersisted {
            climb_at: again,
        })]);
    assert_eq!(ends(&case, &Due::Climb), Some(again));
    assert_eq!(case.state_name(), Some(StateName::Admitted));
}
