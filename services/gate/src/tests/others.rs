//! Meetings, signals and registers: who may, rule by rule.

use super::commands::assert_allowed_on;
use super::*;
use crate::{DenialCode, Facts, MeetingFacts, RegisterFacts, SignalFacts};

fn national_meeting() -> MeetingFacts {
    MeetingFacts {
        id: "meeting_0195".to_owned(),
        body: TABLE.to_owned(),
        rung: "national_table".to_owned(),
        tier: "national".to_owned(),
        admitting: DESK.to_owned(),
        invited: set(&[SVB, SPIRIT]),
        target: None,
    }
}

fn signal() -> SignalFacts {
    SignalFacts {
        id: "signal_0195".to_owned(),
        by: UTRECHT.to_owned(),
        assigned: None,
        bodies: set(&[YOUTH_TEAM, DESK, TABLE]),
        target: None,
    }
}

const LEADING: [Action; 2] = [Action::PlanMeeting, Action::HoldMeeting];

#[test]
fn the_national_table_is_led_by_its_members_and_the_desk_that_admits() {
    for action in LEADING {
        assert_allowed_on(
            action,
            &national_meeting(),
            &["api desk national_adviser", "api table table_member"],
        );
    }
}

#[test]
fn a_local_table_is_led_by_the_process_director_and_a_regional_one_by_its_handler() {
    let local = MeetingFacts {
        body: UTRECHT.to_owned(),
        rung: "local_table".to_owned(),
        tier: "local".to_owned(),
        admitting: UTRECHT.to_owned(),
        ..national_meeting()
    };
    let regional = MeetingFacts {
        body: YOUTH_TEAM.to_owned(),
        rung: "regional_table".to_owned(),
        tier: "regional".to_owned(),
        admitting: YOUTH_TEAM.to_owned(),
        ..national_meeting()
    };
    for action in LEADING {
        assert_allowed_on(action, &local, &["api utrecht process_director"]);
        assert_allowed_on(action, &regional, &["api youth-team regional_handler"]);
    }
}

#[test]
fn a_rung_that_the_ladder_does_not_know_has_no_meetings() {
    let nowhere = MeetingFacts {
        tier: String::new(),
        ..national_meeting()
    };
    for action in LEADING {
        assert_allowed_on(action, &nowhere, &[]);
    }
}

#[test]
fn only_the_organisation_that_was_asked_answers_the_table() {
    let asked = MeetingFacts {
        target: Some(SVB.to_owned()),
        ..national_meeting()
    };
    let expected = [
        "api svb agency_liaison",
        "api svb table_member",
        "api svb administrator",
    ];
    assert_allowed_on(Action::AnswerAtTable, &asked, &expected);
    assert_allowed_on(Action::AnswerAtTable, &national_meeting(), &[]);
    let uninvited = MeetingFacts {
        invited: set(&[SPIRIT]),
        ..asked
    };
    assert_allowed_on(Action::AnswerAtTable, &uninvited, &[]);
}

#[test]
fn anybody_of_the_organisation_concerned_declares_its_recusal() {
    let concerned = MeetingFacts {
        target: Some(SPIRIT.to_owned()),
        ..national_meeting()
    };
    let expected = [
        "case_director",
        "process_director",
        "raiser",
        "agency_liaison",
        "care_professional",
        "fund_holder",
        "regional_handler",
        "national_adviser",
        "table_member",
        "administrator",
    ]
    .map(|role| format!("api spirit {role}"));
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    assert_allowed_on(Action::DeclareRecusal, &concerned, &expected);
    let uninvited = MeetingFacts {
        invited: set(&[SVB]),
        ..concerned
    };
    assert_allowed_on(Action::DeclareRecusal, &uninvited, &[]);
}

#[test]
fn a_meeting_is_there_for_its_leaders_and_for_who_is_invited() {
    let roles = [
        "case_director",
        "process_director",
        "raiser",
        "agency_liaison",
        "care_professional",
        "fund_holder",
        "regional_handler",
        "national_adviser",
        "table_member",
        "administrator",
    ];
    let invited = ["svb", "spirit"].map(|who| roles.map(|role| format!("api {who} {role}")));
    let mut expected: Vec<&str> = invited.iter().flatten().map(String::as_str).collect();
    expected.extend(["api desk national_adviser", "api table table_member"]);
    assert_allowed_on(Action::ReadMeeting, &national_meeting(), &expected);
}

#[test]
fn everyone_who_works_with_cases_signals_for_the_own_organisation() {
    let expected = [
        "case_director",
        "process_director",
        "raiser",
        "agency_liaison",
        "care_professional",
        "regional_handler",
        "national_adviser",
        "table_member",
        "administrator",
    ]
    .map(|role| format!("api utrecht {role}"));
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    assert_allowed_on(Action::RaiseSignal, &signal(), &expected);
}

#[test]
fn who_can_is_said_of_an_organisation_and_of_the_roles_that_are_asked_about() {
    let roles = [Role::Raiser, Role::Administrator, Role::Analyst];
    let may =
        |organisation| GATE.roles_that_may(organisation, &roles, Action::RaiseSignal, &signal());
    assert_eq!(may(UTRECHT), [Role::Raiser, Role::Administrator]);
    assert!(may(SVB).is_empty());
    // What is for one person or region is for nobody in particular.
    let citizens = CaseFacts {
        citizens: BTreeMap::from([("p-7f3a".to_owned(), BTreeSet::new())]),
        ..CaseFacts::default()
    };
    let own = GATE.roles_that_may(UTRECHT, Role::ALL, Action::ReadLooks, &citizens);
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn the_raising_organisation_and_the_bodies_above_assign_a_signal() {
    let roles = ["regional_handler", "national_adviser", "table_member"];
    let bodies =
        ["youth-team", "desk", "table"].map(|who| roles.map(|role| format!("api {who} {role}")));
    let mut expected: Vec<&str> = bodies.iter().flatten().map(String::as_str).collect();
    expected.extend([
        "api utrecht process_director",
        "api utrecht regional_handler",
        "api utrecht national_adviser",
        "api utrecht table_member",
        "api utrecht administrator",
    ]);
    assert_allowed_on(Action::AssignSignal, &signal(), &expected);
}

#[test]
fn only_the_assignee_answers_a_signal_and_only_in_its_own_name() {
    let assigned = SignalFacts {
        assigned: Some(SVB.to_owned()),
        target: Some(SVB.to_owned()),
        ..signal()
    };
    let expected = ["api svb process_director", "api svb administrator"];
    assert_allowed_on(Action::AnswerSignal, &assigned, &expected);
    let for_another = SignalFacts {
        target: Some(SPIRIT.to_owned()),
        ..assigned.clone()
    };
    assert_allowed_on(Action::AnswerSignal, &for_another, &[]);
    let unassigned = SignalFacts {
        assigned: None,
        ..assigned
    };
    assert_allowed_on(Action::AnswerSignal, &unassigned, &[]);
}

#[test]
fn privacy_officers_erase_the_texts_of_their_own_signals_and_meetings_and_the_clock() {
    let assigned = SignalFacts {
        assigned: Some(SVB.to_owned()),
        ..signal()
    };
    let theirs = [
        "api utrecht privacy_officer",
        "api svb privacy_officer",
        "clock",
    ];
    assert_allowed_on(Action::EraseTexts, &assigned, &theirs);
    let tables = ["api table privacy_officer", "clock"];
    assert_allowed_on(Action::EraseTexts, &national_meeting(), &tables);
}

#[test]
fn an_organisation_keeps_its_own_register_through_both_doors() {
    let facts = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    let expected = [
        "both svb case_director",
        "both svb process_director",
        "both svb agency_liaison",
        "both svb administrator",
    ];
    assert_allowed_on(Action::KeepRegister, &facts, &expected);
}

#[test]
fn every_professional_finds_people_in_every_register_and_nobody_else_does() {
    let facts = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    for role in Role::ALL {
        let outside = [
            Role::Analyst,
            Role::PrivacyOfficer,
            Role::Operator,
            Role::Citizen,
        ];
        let answer = GATE.may(&person(STRANGER, &[*role]), Action::ReadRegister, &facts);
        assert_eq!(answer.is_ok(), !outside.contains(role), "{role}");
    }
}

#[test]
fn an_operator_watches_over_the_platform_that_the_own_organisation_runs() {
    let facts = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    for action in [Action::WatchOver, Action::Replay] {
        assert_allowed_on(action, &facts, &["api svb operator"]);
    }
}

#[test]
fn an_analyst_sees_what_all_cases_together_tell_and_nobody_else_does() {
    let facts = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    for role in Role::ALL {
        let answer = GATE.may(&person(SVB, &[*role]), Action::ReadInsights, &facts);
        assert_eq!(answer.is_ok(), *role == Role::Analyst, "{role}");
    }
}

#[test]
fn a_heartbeat_counts_from_the_organisations_own_service_only() {
    let service = |oin| Actor::Organisation(Organisation::service(oin, "benefits_agency"));
    let facts = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    let beat = permit_on(&service(SVB), Action::BeatHeart, &facts);
    assert_eq!(beat.acting_role, "service");
    assert!(
        GATE.may(&service(UTRECHT), Action::BeatHeart, &facts)
            .is_err()
    );
    assert_allowed_on(Action::BeatHeart, &facts, &[]);
    let exchange = permit_on(&service(SVB), Action::Exchange, &facts);
    assert_eq!(exchange.acting_role, "service");
    assert!(
        GATE.may(&service(UTRECHT), Action::Exchange, &facts)
            .is_err()
    );
    assert_allowed_on(Action::Exchange, &facts, &[]);
    // Whoever acts for nobody does nothing else.
    for action in Action::ALL
        .iter()
        .filter(|action| !matches!(action, Action::BeatHeart | Action::Exchange))
    {
        let things: [&dyn Facts; 4] = [&facts, &national_meeting(), &signal(), &bella("own_work")];
        for thing in things {
            let denial = GATE.may(&service(SVB), *action, thing).unwrap_err();
            assert_eq!(denial.code, DenialCode::NotForThisActor, "{action}");
        }
    }
}

#[test]
fn the_clock_lets_deadlines_of_meetings_and_signals_lapse() {
    let things: [&dyn Facts; 2] = [&national_meeting(), &signal()];
    for thing in things {
        assert_eq!(
            permit_on(&Actor::Clock, Action::Lapse, thing).acting_role,
            "clock"
        );
    }
    let register = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    assert!(GATE.may(&Actor::Clock, Action::Lapse, &register).is_err());
}

#[test]
fn minutes_are_carried_out_in_a_case_that_is_still_at_the_table_that_met() {
    let at = |rung, table: &str| CaseFacts {
        target: Some(table.to_owned()),
        ..bella(rung)
    };
    let carries_out = |who, facts: &CaseFacts| {
        let service = service(who, "agency_liaison");
        GATE.may(&service, Action::CarryOut, facts).is_ok()
    };
    let asked = |of: &str| CaseFacts {
        committed: set(&[of]),
        ..at("national_table", TABLE)
    };
    assert!(carries_out(TABLE, &at("national_table", TABLE)));
    assert!(carries_out(SVB, &asked(SVB)));
    assert!(!carries_out(SVB, &asked(SPIRIT)));
    assert!(!carries_out(TABLE, &at("national_desk", TABLE)));
    assert!(!carries_out(TABLE, &bella("national_table")));
    let person = person(TABLE, &[Role::TableMember]);
    let denial = GATE
        .may(&person, Action::CarryOut, &at("national_table", TABLE))
        .unwrap_err();
    assert_eq!(denial.code, DenialCode::NotForThisActor);
}

#[test]
fn a_pattern_becomes_a_signal_in_the_name_of_who_could_have_raised_it() {
    let expected = [
        "case_director",
        "process_director",
        "raiser",
        "agency_liaison",
        "care_professional",
        "regional_handler",
        "national_adviser",
        "table_member",
        "administrator",
    ];
    for role in Role::ALL {
        let answer = GATE.may(
            &service(STRANGER, role.as_str()),
            Action::CarryOut,
            &signal(),
        );
        assert_eq!(answer.is_ok(), expected.contains(&role.as_str()), "{role}");
    }
    let denial = GATE
        .may(&Actor::Clock, Action::CarryOut, &signal())
        .unwrap_err();
    assert_eq!(denial.code, DenialCode::NotForThisActor);
}

#[test]
fn a_command_for_one_kind_of_thing_is_for_no_other() {
    let director = person(UTRECHT, &[Role::ProcessDirector]);
    let denial = GATE
        .may(&director, Action::AssignSignal, &bella("own_work"))
        .unwrap_err();
    assert_eq!(denial.code, DenialCode::NotForThisActor);
}

fn permit_on(actor: &Actor, action: Action, facts: &dyn Facts) -> Permit {
    GATE.may(actor, action, facts).unwrap()
}
