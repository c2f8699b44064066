use std::path::Path;

use super::*;
use crate::{
    Category, DenialCode, Facts, LoadError, MeetingFacts, PassFacts, PassOpens, Purpose,
    RegisterFacts, SignalFacts, Sources, Strength, entities::Names,
};

fn with_policy(text: &str) -> Sources {
    let mut sources = Sources::embedded();
    sources
        .policies
        .push(("more.cedar".to_owned(), text.to_owned()));
    sources
}

#[test]
fn the_embedded_policies_are_those_of_the_directory() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/policies");
    assert_eq!(Sources::read(&directory).unwrap(), Sources::embedded());
    assert!(Gate::load(&directory).is_ok());
}

#[test]
fn without_policies_nobody_may_do_or_see_anything() {
    let gate = Gate::new(&Sources {
        policies: Vec::new(),
        ..Sources::embedded()
    })
    .unwrap();
    let facts = about(
        UTRECHT,
        waiting_for("own_work", UTRECHT, "process_director"),
    );
    for role in Role::ALL {
        let actor = person(UTRECHT, &[*role]);
        for action in Action::ALL {
            assert!(gate.may(&actor, *action, &facts).is_err());
        }
        for category in Category::ALL {
            let reading = gate.reading(&actor, Purpose::Help, *category, &facts);
            assert_eq!(reading.strength, Strength::None);
        }
    }
    let denial = gate.may(&Actor::Clock, Action::Lapse, &facts).unwrap_err();
    assert_eq!(denial.code, DenialCode::NotPermitted);
}

#[test]
fn a_prohibition_wins_and_is_named() {
    let gate = Gate::new(&with_policy(
        r#"@id("frozen") forbid (principal, action == Action::"Close", resource)
           when { resource.state == "frozen" };"#,
    ))
    .unwrap();
    let director = person(UTRECHT, &[Role::CaseDirector]);
    assert!(
        gate.may(&director, Action::Close, &bella("own_work"))
            .is_ok()
    );
    let frozen = CaseFacts {
        state: "frozen".to_owned(),
        ..bella("own_work")
    };
    let denial = gate.may(&director, Action::Close, &frozen).unwrap_err();
    assert_eq!(denial.code, DenialCode::Forbidden);
    assert_eq!(denial.reasons, ["frozen"]);
}

#[test]
fn a_policy_that_does_not_fit_the_schema_is_refused_by_name() {
    let wrong = [
        r#"principal.role == Role::"raisor""#,
        r#"principal.roles == Role::"raiser""#,
        r#"resource.tier == Tier::"galactic""#,
        r#"resource.target == principal.organisation"#,
    ];
    for condition in wrong {
        let policy = format!(
            r#"@id("wrong") permit (principal, action == Action::"Close", resource)
               when {{ {condition} }};"#
        );
        let error = Gate::new(&with_policy(&policy)).unwrap_err();
        assert!(
            matches!(&error, LoadError::Invalid { policy, .. } if policy == "wrong"),
            "{condition}: {error}"
        );
    }
}

#[test]
fn what_is_no_policy_is_refused_with_its_file() {
    let error = Gate::new(&with_policy("permit (everything);")).unwrap_err();
    assert!(matches!(&error, LoadError::Parse { file, .. } if file == "more.cedar"));

    let nameless = "permit (principal is Clock, action == Action::\"Lapse\", resource);";
    let error = Gate::new(&with_policy(nameless)).unwrap_err();
    assert!(matches!(&error, LoadError::NoId { file, .. } if file == "more.cedar"));

    let twice = format!("@id(\"clock-lapses\") {nameless}");
    let error = Gate::new(&with_policy(&twice)).unwrap_err();
    assert!(matches!(&error, LoadError::Twice(id) if id == "clock-lapses"));

    let purposes = Sources {
        purposes: r#"{"raiser": ["helping"]}"#.to_owned(),
        ..Sources::embedded()
    };
    let error = Gate::new(&purposes).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"purposes.json: unknown word "helping""#
    );
}

#[test]
fn every_role_has_a_usual_purpose() {
    for role in Role::ALL {
        assert!(!GATE.usual_purposes(*role).is_empty(), "{role}");
    }
}

/// The gate does not check actors and cases against the schema with every question.
#[test]
fn actors_and_cases_fit_the_schema() {
    let (schema, _) = Sources::embedded().compile().unwrap();
    let names = Names::new().unwrap();
    let full = CaseFacts {
        source: Some(SVB.to_owned()),
        shared_with: set(&[TAX_OFFICE]),
        citizens: looking("p-7f3a"),
        passes: [PassOpens {
            kind: "emergency".to_owned(),
            organisation: UTRECHT.to_owned(),
            subject: "p-7f3a".to_owned(),
            category: "health".to_owned(),
        }]
        .into(),
        ..about(SVB, waiting_for("local_table", DESK, "national_adviser"))
    };
    for role in Role::ALL {
        for actor in [person(UTRECHT, &[*role]), service(SVB, role.as_str())] {
            for facts in [&full, &at_the_table()] {
                assert!(
                    names
                        .entities(&actor, Some(*role), facts, Some(&schema))
                        .is_ok()
                );
            }
        }
    }
    assert!(
        names
            .entities(&Actor::Clock, None, &full, Some(&schema))
            .is_ok()
    );
    let siblings: [&dyn Facts; 4] = [
        &MeetingFacts {
            tier: "local".to_owned(),
            target: Some(SVB.to_owned()),
            ..MeetingFacts::default()
        },
        &SignalFacts {
            assigned: Some(SVB.to_owned()),
            target: Some(SVB.to_owned()),
            ..SignalFacts::default()
        },
        &PassFacts::default(),
        &RegisterFacts::default(),
    ];
    let service = Actor::Organisation(Organisation::service(SVB, "benefits_agency"));
    for facts in siblings {
        assert!(names.entities(&service, None, facts, Some(&schema)).is_ok());
    }
    for (category, purpose) in Category::ALL.iter().zip(Purpose::ALL) {
        assert!(names.context(*category, *purpose).is_ok());
    }
}
