#![allow(clippy::unwrap_used)]

use gate::{ActedBy, Actor, Category, Gate, Purpose, Strength};
use jiff::Timestamp;
use ladder::event::{EscalationRequested, InformingPostponed, LegalBasisRecorded, Reported};
use ladder::{Decider, EscalationId, Event, Origin, Rules, RungId, Sealed};

use super::*;

const UTRECHT: &str = "00000099000000001000";
const DESK: &str = "00000099000000006000";

fn organisation(oin: &str) -> Organisation {
    Organisation::parse(oin).unwrap()
}

fn at(day: i8) -> Timestamp {
    format!("2026-03-{day:02}T09:00:00Z").parse().unwrap()
}

fn case_id() -> CaseId {
    CaseId::parse("case_0195").unwrap()
}

fn text() -> Sealed {
    Sealed::new("sealed")
}

fn reported() -> Event {
    Event::Reported(Reported {
        case: case_id(),
        owner: organisation(UTRECHT),
        own_reference: Sealed::new("ref-1"),
        rung: RungId::parse("local_table").unwrap(),
        tier: Tier::Local,
        story: text(),
        desired_outcome: text(),
        citizens_words: None,
        life_domains: Vec::new(),
        persons: Vec::new(),
        parties_involved: Vec::new(),
        no_words_reason: None,
        perspective: None,
        tried_provisions: Vec::new(),
        provisions: Vec::new(),
        no_provision_reason: None,
        theme: "income".to_owned(),
        region: "midden-nederland".to_owned(),
        review_at: at(30),
    })
}

fn desk_was_asked(origin: Origin) -> Event {
    Event::EscalationRequested(EscalationRequested {
        escalation: EscalationId::parse("e1").unwrap(),
        by: organisation(UTRECHT),
        to: RungId::parse("national_desk").unwrap(),
        tier: Tier::National,
        body: organisation(DESK),
        admitting: organisation(DESK),
        admitting_role: "national_adviser".to_owned(),
        origin,
        evidence: Vec::new(),
        unexplained: Vec::new(),
        explain_by: None,
        insistence: None,
        urgent: false,
        acknowledge_by: None,
        answer_by: at(20),
    })
}

fn ground_recorded() -> Event {
    Event::LegalBasisRecorded(LegalBasisRecorded {
        source: organisation(UTRECHT),
        receiver: organisation(DESK),
        legal_basis: "Wmo 2015".to_owned(),
        categories: Default::default(),
        own_law: Default::default(),
        purpose: None,
        consent: false,
        unlisted: false,
        disclosure: None,
        answers: None,
        template: None,
    })
}

fn informing_postponed() -> Event {
    Event::InformingPostponed(InformingPostponed { reason: text() })
}

fn after(events: &[Event]) -> Case {
    let evolve = |case, event| Rules::evolve(case, event, at(9));
    events.iter().fold(Case::Absent, evolve)
}

/// What the desk's adviser sees, one letter per category in their order.
fn adviser_sees(events: &[Event]) -> String {
    let gate = Gate::embedded().unwrap();
    let adviser = Actor::Organisation(gate::Organisation::authenticated(
        DESK,
        "",
        ActedBy {
            role: "national_adviser".to_owned(),
            person_ref: String::new(),
        },
    ));
    let facts = reading_facts(&case_id(), &after(events)).unwrap();
    let letter = |category: &Category| {
        let reading = gate.reading(&adviser, Purpose::Unblock, *category, &facts);
        match reading.strength {
            Strength::Full => 'F',
            Strength::Masked => 'M',
            Strength::Pseudonym => 'P',
            Strength::None => '-',
        }
    };
    Category::ALL.iter().map(letter).collect()
}

#[test]
fn an_automatic_climb_discloses_the_card_until_there_is_a_ground_and_the_citizen_knows() {
    let card = "P--------M-F";
    let opened = "P-M------FFF";
    let asked = desk_was_asked(Origin::Asked);
    assert_eq!(adviser_sees(&[reported(), asked]), opened);

    let silence = || [reported(), desk_was_asked(Origin::HandoffSilence)];
    let then = |events: &[Event]| adviser_sees(&[&silence(), events].concat());
    assert_eq!(then(&[]), card);
    assert_eq!(then(&[ground_recorded()]), card);
    assert_eq!(then(&[informing_postponed()]), card);
    assert_eq!(then(&[ground_recorded(), informing_postponed()]), opened);
}

#[test]
fn a_draft_is_read_with_facts_of_its_own() {
    let draft = Draft {
        id: case_id(),
        owner: organisation(UTRECHT),
        remind_at: at(30),
    };
    let facts = draft_facts(&case_id(), &draft);
    assert_eq!(facts.state, "draft");
    assert_eq!(
        (facts.owner.as_str(), facts.raiser.as_str()),
        (UTRECHT, UTRECHT)
    );
    assert!(reading_facts(&case_id(), &Case::Draft(draft)).is_none());
}
