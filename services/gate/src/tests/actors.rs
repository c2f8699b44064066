use super::*;
use crate::{Denial, DenialCode};

#[test]
fn the_more_responsible_of_several_roles_is_recorded() {
    let both = person(UTRECHT, &[Role::CaseDirector, Role::Raiser]);
    let facts = bella("own_work");
    assert_eq!(permit(&both, Action::Report, &facts).acting_role, "raiser");
    assert_eq!(
        permit(&both, Action::RecordBlock, &facts),
        Permit {
            acting_role: "case_director",
            reasons: vec!["case-director-leads".to_owned()]
        }
    );
    let Actor::Person(person) = &both else {
        unreachable!()
    };
    let raiser = Actor::Person(person.acting_as("raiser").unwrap());
    assert_eq!(
        permit(&raiser, Action::RecordBlock, &facts).acting_role,
        "raiser"
    );
    assert_eq!(person.acting_as("table_member"), None);
    assert_eq!(person.acting_as("no_such_role"), None);
}

#[test]
fn a_token_counts_for_the_roles_that_are_known_here() {
    let words = ["raiser", "mayor", "case_director", "raiser", "Raiser", ""];
    assert_eq!(
        crate::actor::known_roles(&words.map(str::to_owned)),
        [Role::CaseDirector, Role::Raiser]
    );
}

#[test]
fn denials_say_why() {
    let facts = bella("own_work");
    let denied = |actor: &Actor, action| GATE.may(actor, action, &facts).unwrap_err();
    let plain = |code| Denial {
        code,
        reasons: Vec::new(),
    };
    let unknown = plain(DenialCode::UnknownRole);
    for actor in [service(UTRECHT, "mayor"), person(UTRECHT, &[])] {
        for action in Action::ALL {
            assert_eq!(denied(&actor, *action), unknown, "{action}");
        }
    }
    assert_eq!(
        denied(&service(UTRECHT, "case_director"), Action::Close),
        plain(DenialCode::NotForThisActor)
    );
    assert_eq!(
        denied(&person(SVB, &[Role::CaseDirector]), Action::Close),
        plain(DenialCode::NotPermitted)
    );
    assert_eq!(DenialCode::NotPermitted.as_str(), "not_permitted");
}

#[test]
fn actors_have_names_without_persons() {
    let someone = person(UTRECHT, &[Role::CaseDirector, Role::Raiser]);
    assert_eq!(
        someone.label(),
        "person:00000099000000001000:case_director+raiser"
    );
    assert_eq!(
        service(SVB, "agency_liaison").label(),
        "organisation:00000099000000002000:agency_liaison"
    );
    assert_eq!(Actor::Clock.label(), "clock");
    assert_eq!(someone.second_person_key(), Some((UTRECHT, "p-7f3a")));
    assert_eq!(
        service(SVB, "agency_liaison").second_person_key(),
        Some((SVB, "e-12"))
    );
    assert_eq!(Actor::Clock.second_person_key(), None);
    let shown = format!("{someone:?} {:?}", service(SVB, "agency_liaison"));
    assert!(
        !shown.contains("p-7f3a") && !shown.contains("e-12"),
        "{shown}"
    );
}
