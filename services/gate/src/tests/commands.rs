use super::*;
use crate::{DenialCode, Facts};

/// Everybody who may do it: every role at every organisation through both doors, and the clock.
fn allowed(action: Action, facts: &dyn Facts) -> Vec<String> {
    let mut allowed = Vec::new();
    for (name, organisation) in ORGANISATIONS {
        for role in Role::ALL {
            let doors = [
                ("api", person(organisation, &[*role])),
                ("wire", service(organisation, role.as_str())),
            ];
            for (door, actor) in doors {
                if let Ok(permit) = GATE.may(&actor, action, facts) {
                    assert_eq!(permit.acting_role, role.as_str());
                    assert!(!permit.reasons.is_empty());
                    allowed.push(format!("{door} {name} {role}"));
                }
            }
        }
    }
    if GATE.may(&Actor::Clock, action, facts).is_ok() {
        allowed.push("clock".to_owned());
    }
    allowed
}

#[track_caller]
pub(super) fn assert_allowed(action: Action, facts: &CaseFacts, expected: &[&str]) {
    assert_allowed_on(action, facts, expected);
}

/// Exactly these may do it.
#[track_caller]
pub(super) fn assert_allowed_on(action: Action, facts: &dyn Facts, expected: &[&str]) {
    let mut expected: Vec<String> = expected
        .iter()
        .flat_map(|who| match who.strip_prefix("both ") {
            Some(who) => vec![format!("api {who}"), format!("wire {who}")],
            None => vec![(*who).to_owned()],
        })
        .collect();
    let mut found = allowed(action, facts);
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{action}");
}

#[test]
fn a_raiser_reports_a_case_of_the_own_organisation() {
    let facts = CaseFacts {
        owner: SVB.to_owned(),
        raiser: SVB.to_owned(),
        ..CaseFacts::default()
    };
    assert_allowed(Action::Report, &facts, &["both svb raiser"]);
}

#[test]
fn facts_come_from_owner_raiser_and_those_who_accepted() {
    for rung in ["own_work", "national_table"] {
        assert_allowed(
            Action::ReportFact,
            &bella(rung),
            &[
                "both utrecht raiser",
                "both utrecht case_director",
                "both svb agency_liaison",
                "both svb care_professional",
                "both svb fund_holder",
                "both spirit agency_liaison",
                "both spirit care_professional",
                "both spirit fund_holder",
            ],
        );
    }
}

#[test]
fn the_owner_and_who_handles_the_case_say_what_blocks_it_and_ask_for_the_next_rung() {
    let own = ["both utrecht raiser", "both utrecht case_director"];
    for action in [Action::RecordBlock, Action::RequestEscalation] {
        assert_allowed(action, &bella("own_work"), &own);
        assert_allowed(action, &bella("local_table"), &own);
        let with = |handler| [&own[..], &[handler]].concat();
        assert_allowed(
            action,
            &bella("regional_table"),
            &with("both youth-team regional_handler"),
        );
        assert_allowed(
            action,
            &bella("national_desk"),
            &with("both desk national_adviser"),
        );
        assert_allowed(action, &bella("national_table"), &own);
    }
}

#[test]
fn only_the_named_role_at_the_named_body_admits() {
    assert_allowed(
        Action::Triage,
        &waiting_for("own_work", UTRECHT, "process_director"),
        &["api utrecht process_director"],
    );
    assert_allowed(
        Action::Triage,
        &waiting_for("local_table", DESK, "national_adviser"),
        &["api desk national_adviser"],
    );
    assert_allowed(Action::Triage, &bella("local_table"), &[]);
    // A ladder file that names a role which cannot admit opens nothing.
    assert_allowed(
        Action::Triage,
        &waiting_for("local_table", DESK, "citizen"),
        &[],
    );
    assert_allowed(
        Action::Triage,
        &waiting_for("local_table", DESK, "no_such_role"),
        &[],
    );
}

#[test]
fn the_owner_offers_and_the_sender_withdraws() {
    assert_allowed(
        Action::OfferHandoff,
        &about(TAX_OFFICE, bella("own_work")),
        &["both utrecht raiser", "both utrecht case_director"],
    );
    assert_allowed(
        Action::WithdrawHandoff,
        &about(UTRECHT, bella("own_work")),
        &["both utrecht raiser", "both utrecht case_director"],
    );
    assert_allowed(Action::WithdrawHandoff, &bella("own_work"), &[]);
}

#[test]
fn only_the_receiver_answers_an_offer() {
    let receivers = [
        "both tax-office agency_liaison",
        "both tax-office care_professional",
        "both tax-office fund_holder",
        "both tax-office case_director",
        "both tax-office regional_handler",
    ];
    assert_allowed(
        Action::AnswerHandoff,
        &about(TAX_OFFICE, bella("own_work")),
        &receivers,
    );
    assert_allowed(Action::AnswerHandoff, &bella("own_work"), &[]);
}

#[test]
fn identity_goes_from_the_owners_service_to_a_receiver_that_accepted() {
    assert_allowed(
        Action::ShareIdentity,
        &about(SVB, bella("own_work")),
        &["wire utrecht raiser", "wire utrecht case_director"],
    );
    assert_allowed(
        Action::ShareIdentity,
        &about(TAX_OFFICE, bella("own_work")),
        &[],
    );
}

#[test]
fn who_handles_the_case_asks_for_commitments() {
    let action = Action::RequestCommitment;
    assert_allowed(action, &at_the_table(), &["api table table_member"]);
    assert_allowed(
        action,
        &bella("national_desk"),
        &["api desk national_adviser"],
    );
    assert_allowed(
        action,
        &bella("regional_table"),
        &["api youth-team regional_handler"],
    );
    assert_allowed(action, &bella("local_table"), &[]);
}

#[test]
fn each_organisation_commits_for_itself() {
    assert_allowed(
        Action::AnswerCommitment,
        &about(SVB, at_the_table()),
        &["both svb administrator", "both svb table_member"],
    );
    assert_allowed(
        Action::FulfilCommitment,
        &about(SPIRIT, at_the_table()),
        &[
            "both spirit administrator",
            "both spirit table_member",
            "both spirit agency_liaison",
            "both spirit care_professional",
            "both spirit case_director",
        ],
    );
    // Nobody who was not asked.
    for action in [Action::AnswerCommitment, Action::FulfilCommitment] {
        assert_allowed(action, &about(STRANGER, at_the_table()), &[]);
        assert_allowed(action, &at_the_table(), &[]);
    }
}

#[test]
fn the_table_decides_at_the_table_and_the_owner_below() {
    let owner: &[&str] = &["api utrecht case_director"];
    let expected: [(&str, &[&str]); 6] = [
        ("own_work", owner),
        ("workshop", owner),
        ("local_table", owner),
        ("regional_table", &[]),
        ("national_desk", &[]),
        ("national_table", &["api table table_member"]),
    ];
    for (rung, who) in expected {
        assert_allowed(Action::TakeDecision, &bella(rung), who);
    }
}

#[test]
fn who_handles_the_case_tells_the_raiser() {
    let expected: [(&str, &[&str]); 5] = [
        ("own_work", &["api utrecht case_director"]),
        (
            "local_table",
            &["api utrecht case_director", "api utrecht process_director"],
        ),
        ("regional_table", &["api youth-team regional_handler"]),
        ("national_desk", &["api desk national_adviser"]),
        ("national_table", &["api table table_member"]),
    ];
    for (rung, who) in expected {
        assert_allowed(Action::SendFeedback, &bella(rung), who);
    }
}

#[test]
fn owner_and_raiser_inform_the_citizen() {
    assert_allowed(
        Action::InformCitizen,
        &at_the_table(),
        &["api utrecht raiser", "api utrecht case_director"],
    );
}

#[test]
fn who_handles_the_case_sends_it_down_and_the_receiver_takes_it() {
    let expected: [(&str, &[&str]); 5] = [
        ("own_work", &[]),
        ("local_table", &["api utrecht process_director"]),
        ("regional_table", &["api youth-team regional_handler"]),
        ("national_desk", &["api desk national_adviser"]),
        ("national_table", &["api table table_member"]),
    ];
    for (rung, who) in expected {
        assert_allowed(Action::ProposeDeEscalation, &bella(rung), who);
    }
    assert_allowed(
        Action::AnswerDeEscalation,
        &about(UTRECHT, at_the_table()),
        &[
            "api utrecht case_director",
            "api utrecht process_director",
            "api utrecht regional_handler",
            "api utrecht national_adviser",
        ],
    );
    assert_allowed(Action::AnswerDeEscalation, &at_the_table(), &[]);
}

#[test]
fn the_owner_closes() {
    assert_allowed(
        Action::Close,
        &bella("local_table"),
        &["api utrecht case_director"],
    );
}

#[test]
fn the_clock_lets_deadlines_lapse_and_erases_and_does_nothing_else() {
    let facts = about(SVB, at_the_table());
    assert_allowed(Action::Lapse, &facts, &["clock"]);
    for action in Action::ALL
        .iter()
        .filter(|action| ![Action::Lapse, Action::OrderErasure].contains(action))
    {
        let denial = GATE.may(&Actor::Clock, *action, &facts).unwrap_err();
        assert_eq!(denial.code, DenialCode::NotForThisActor, "{action}");
    }
    assert_eq!(
        permit(&Actor::Clock, Action::Lapse, &facts),
        Permit {
            acting_role: "clock",
            reasons: vec!["clock-lapses".to_owned()]
        }
    );
}

#[test]
fn the_owners_privacy_officer_erases_and_the_clock() {
    assert_allowed(
        Action::OrderErasure,
        &bella("national_desk"),
        &["api utrecht privacy_officer", "clock"],
    );
    for action in [Action::PlaceHold, Action::Redact] {
        let owner = ["api utrecht privacy_officer", "api utrecht case_director"];
        assert_allowed(action, &bella("national_desk"), &owner);
    }
}

#[test]
fn the_owner_says_who_looks_at_the_own_case() {
    let directs = "api utrecht case_director";
    let facts = bella("national_desk");
    let raises = "api utrecht raiser";
    assert_allowed(Action::LinkCitizen, &facts, &[raises, directs]);
    let officer = "api utrecht privacy_officer";
    let end = [raises, directs, officer];
    assert_allowed(Action::UnlinkCitizen, &facts, &end);
    // A raiser whose organisation does not own the case any more has no say in it.
    let elsewhere = CaseFacts {
        owner: SVB.to_owned(),
        ..facts
    };
    assert_allowed(Action::LinkCitizen, &elsewhere, &["api svb case_director"]);
}

#[test]
fn a_case_exists_for_those_who_have_to_do_with_it() {
    let facts = CaseFacts {
        citizens: looking("p-7f3a"),
        ..waiting_for("local_table", DESK, "national_adviser")
    };
    // The test's persons all have the citizen's subject, so every organisation's citizen is her.
    let citizens = ORGANISATIONS.map(|(name, _)| format!("api {name} citizen"));
    let mut expected: Vec<&str> = citizens.iter().map(String::as_str).collect();
    expected.extend([
        "both utrecht raiser",
        "both utrecht case_director",
        "both utrecht process_director",
        "both utrecht administrator",
        "both utrecht privacy_officer",
        "both svb agency_liaison",
        "both svb care_professional",
        "both svb fund_holder",
        "both svb privacy_officer",
        "both spirit agency_liaison",
        "both spirit care_professional",
        "both spirit fund_holder",
        "both spirit privacy_officer",
        "both tax-office agency_liaison",
        "both tax-office care_professional",
        "both tax-office fund_holder",
        "both desk national_adviser",
    ]);
    for action in [Action::ListCases, Action::ReadCase] {
        assert_allowed(action, &facts, &expected);
    }
}

#[test]
fn a_body_loses_sight_of_a_case_that_went_on() {
    for action in [Action::ReadCase, Action::SendFeedback] {
        let adviser = person(DESK, &[Role::NationalAdviser]);
        assert!(GATE.may(&adviser, action, &bella("national_desk")).is_ok());
        assert!(GATE.may(&adviser, action, &at_the_table()).is_err());
    }
}

#[test]
fn a_regional_handler_with_regions_keeps_to_them() {
    let with_region = |region: &str| {
        Actor::Person(Person {
            organisation: YOUTH_TEAM.to_owned(),
            subject: "p-1".to_owned(),
            roles: vec![Role::RegionalHandler],
            regions: vec![region.to_owned()],
        })
    };
    let facts = bella("regional_table");
    for action in [Action::RecordBlock, Action::ReadCase] {
        assert!(
            GATE.may(&with_region("midden-nederland"), action, &facts)
                .is_ok()
        );
        assert!(GATE.may(&with_region("limburg"), action, &facts).is_err());
    }
}
