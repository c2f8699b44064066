//! Who does what in the course of a case.

use super::commands::assert_allowed;
use super::reading::letters;
use super::*;
use crate::Purpose;

const OWNERS: [&str; 2] = ["api utrecht raiser", "api utrecht case_director"];

/// Bella's case at a rung, and who handles it there.
const HANDLERS: [(&str, &[&str]); 5] = [
    ("own_work", &[]),
    ("local_table", &["api utrecht process_director"]),
    ("regional_table", &["api youth-team regional_handler"]),
    ("national_desk", &["api desk national_adviser"]),
    ("national_table", &["api table table_member"]),
];

/// Bella's case after SVB took it over: Utrecht raised it and owns it no more.
fn taken_over() -> CaseFacts {
    CaseFacts {
        owner: SVB.to_owned(),
        ..bella("own_work")
    }
}

/// The same people through the service of their organisation as well.
fn at_both_doors(who: &str) -> String {
    who.replacen("api", "both", 1)
}

fn draft() -> CaseFacts {
    CaseFacts {
        id: "case_0195".to_owned(),
        owner: UTRECHT.to_owned(),
        raiser: UTRECHT.to_owned(),
        tier: "local".to_owned(),
        state: "draft".to_owned(),
        ..CaseFacts::default()
    }
}

#[test]
fn an_old_owner_who_can_still_add() {
    let own_name = about(UTRECHT, taken_over());
    // Its own offer it may take back; what it was asked to answer, it may answer.
    let about_an_offer_or_question = [
        Action::WithdrawHandoff,
        Action::AnswerHandoff,
        Action::ReturnHandoff,
        Action::GiveAdvice,
        Action::AnswerDeEscalation,
    ];
    // A pass adds nothing to the case.
    let reads = [Action::ListCases, Action::ReadCase, Action::TakePass];
    for role in [Role::Raiser, Role::CaseDirector] {
        for actor in [person(UTRECHT, &[role]), service(UTRECHT, role.as_str())] {
            for action in Action::ALL {
                if about_an_offer_or_question.contains(action) || reads.contains(action) {
                    continue;
                }
                let may = GATE.may(&actor, *action, &own_name);
                assert!(may.is_err(), "{action} as {role}: {may:?}");
            }
        }
    }
}

#[test]
fn a_raiser_who_handed_the_case_over_goes_on_following_it() {
    let raiser = person(UTRECHT, &[Role::Raiser]);
    for action in [Action::ListCases, Action::ReadCase] {
        assert_eq!(
            permit(&raiser, action, &taken_over()).reasons,
            ["own-case-is-there"]
        );
    }
    let above = CaseFacts {
        owner: SVB.to_owned(),
        ..bella("national_desk")
    };
    assert_eq!(letters(&raiser, Purpose::FollowUp, &above), "F-M------FFF");
}

#[test]
fn the_new_owners_people_lead_the_case() {
    for action in [Action::AskAdvice, Action::Withdraw, Action::Insist] {
        assert_allowed(
            action,
            &taken_over(),
            &["api svb raiser", "api svb case_director"],
        );
    }
}

#[test]
fn what_is_the_owners_alone_is_so_at_every_rung() {
    let alone = [
        Action::RecordPerspective,
        Action::ChooseOwnershipMode,
        Action::AskAdvice,
        Action::Insist,
        Action::GiveEvidence,
        Action::OpenFund,
        Action::Withdraw,
    ];
    for (rung, _) in HANDLERS {
        for action in alone {
            assert_allowed(action, &bella(rung), &OWNERS);
        }
    }
}

#[test]
fn the_owner_acts_in_its_own_name_only() {
    let own = [
        Action::KeepDraft,
        Action::RecordLegalBasis,
        Action::AnswerCounter,
        Action::SpendBudget,
    ];
    let through_both = OWNERS.map(at_both_doors);
    let through_both: Vec<&str> = through_both.iter().map(String::as_str).collect();
    for action in own {
        // Counter-offers are answered in an organisation's own system too.
        let who = match action {
            Action::AnswerCounter => &through_both[..],
            _ => &OWNERS[..],
        };
        assert_allowed(action, &about(UTRECHT, bella("own_work")), who);
        assert_allowed(action, &about(TAX_OFFICE, bella("own_work")), &[]);
        assert_allowed(action, &bella("own_work"), &[]);
    }
}

#[test]
fn the_owner_and_who_handles_the_case_weigh_propose_and_suspend() {
    for (rung, handlers) in HANDLERS {
        for action in [
            Action::RecordAssessment,
            Action::ProposeDecision,
            Action::Suspend,
        ] {
            assert_allowed(action, &bella(rung), &[&OWNERS, handlers].concat());
        }
    }
}

#[test]
fn a_decision_is_turned_down_by_who_may_take_it() {
    let owner: &[&str] = &["api utrecht case_director"];
    let expected: [(&str, &[&str]); 5] = [
        ("own_work", owner),
        ("local_table", owner),
        ("regional_table", &[]),
        ("national_desk", &[]),
        ("national_table", &["api table table_member"]),
    ];
    for (rung, who) in expected {
        for action in [Action::TakeDecision, Action::RejectDecision] {
            assert_allowed(action, &bella(rung), who);
        }
    }
}

#[test]
fn a_measure_is_started_and_ended_in_the_own_name() {
    for action in [Action::StartMeasure, Action::EndMeasure] {
        let at = |target, rung| about(target, bella(rung));
        assert_allowed(action, &at(UTRECHT, "national_desk"), &OWNERS);
        let desk = ["api desk national_adviser"];
        assert_allowed(action, &at(DESK, "national_desk"), &desk);
        let region = ["api youth-team regional_handler"];
        assert_allowed(action, &at(YOUTH_TEAM, "regional_table"), &region);
        let table = ["api table table_member"];
        assert_allowed(action, &at(TABLE, "national_table"), &table);
        let local = [&OWNERS[..], &["api utrecht process_director"]].concat();
        assert_allowed(action, &at(UTRECHT, "local_table"), &local);
        assert_allowed(action, &at(SVB, "national_desk"), &[]);
        assert_allowed(action, &bella("national_desk"), &[]);
    }
}

#[test]
fn whoever_has_to_meet_a_deadline_asks_for_more_time() {
    let action = Action::ExtendTerm;
    assert_allowed(action, &about(UTRECHT, bella("own_work")), &OWNERS);
    for (name, target) in [("tax-office", TAX_OFFICE), ("svb", SVB), ("spirit", SPIRIT)] {
        let roles = ["agency_liaison", "care_professional", "fund_holder"];
        let who = roles.map(|role| format!("api {name} {role}"));
        let who: Vec<&str> = who.iter().map(String::as_str).collect();
        assert_allowed(action, &about(target, bella("own_work")), &who);
    }
    let committed = CaseFacts {
        committed: set(&[YOUTH_TEAM]),
        ..bella("own_work")
    };
    assert_allowed(
        action,
        &about(YOUTH_TEAM, committed),
        &[
            "api youth-team agency_liaison",
            "api youth-team care_professional",
            "api youth-team fund_holder",
        ],
    );
    let desk = ["api desk national_adviser"];
    assert_allowed(action, &about(DESK, bella("national_desk")), &desk);
    let asked = waiting_for("local_table", DESK, "national_adviser");
    assert_allowed(action, &about(DESK, asked.clone()), &desk);
    assert_allowed(action, &asked, &[]);
    assert_allowed(action, &about(STRANGER, bella("own_work")), &[]);
}

#[test]
fn advice_is_given_by_who_was_asked_and_opens_nothing() {
    let facts = about(STRANGER, bella("own_work"));
    let advisers = [
        "agency_liaison",
        "care_professional",
        "fund_holder",
        "process_director",
        "regional_handler",
        "national_adviser",
        "table_member",
        "case_director",
    ];
    let who = advisers.map(|role| format!("both stranger {role}"));
    let who: Vec<&str> = who.iter().map(String::as_str).collect();
    assert_allowed(Action::GiveAdvice, &facts, &who);
    assert_allowed(Action::GiveAdvice, &bella("own_work"), &[]);
    for role in Role::ALL {
        let asked = person(STRANGER, &[*role]);
        for action in [Action::ListCases, Action::ReadCase] {
            assert!(GATE.may(&asked, action, &facts).is_err(), "{action} {role}");
        }
        for purpose in Purpose::ALL {
            let read = letters(&asked, *purpose, &facts);
            assert_eq!(&read[..10], "----------", "{purpose} {role}");
        }
    }
}

#[test]
fn who_may_answer_a_handoff_may_give_it_back() {
    assert_allowed(
        Action::ReturnHandoff,
        &about(SVB, bella("own_work")),
        &[
            "both svb agency_liaison",
            "both svb care_professional",
            "both svb fund_holder",
            "both svb case_director",
            "both svb regional_handler",
        ],
    );
    assert_allowed(Action::ReturnHandoff, &bella("own_work"), &[]);
}

#[test]
fn exactly_who_may_admit_may_acknowledge() {
    for (body, role) in [
        (UTRECHT, "process_director"),
        (DESK, "national_adviser"),
        (DESK, "citizen"),
    ] {
        let asked = waiting_for("local_table", body, role);
        for (_, organisation) in ORGANISATIONS {
            for role in Role::ALL {
                let actor = person(organisation, &[*role]);
                let triages = GATE.may(&actor, Action::Triage, &asked).is_ok();
                let acknowledges = GATE.may(&actor, Action::AcknowledgeEscalation, &asked);
                assert_eq!(acknowledges.is_ok(), triages, "{}", actor.label());
            }
        }
    }
    assert_allowed(
        Action::AcknowledgeEscalation,
        &waiting_for("local_table", DESK, "national_adviser"),
        &["api desk national_adviser"],
    );
}

#[test]
fn urgency_is_confirmed_by_the_owner_a_participant_or_who_handles_the_case() {
    let always = [
        "api utrecht raiser",
        "api utrecht case_director",
        "api utrecht process_director",
        "api utrecht administrator",
        "api svb agency_liaison",
        "api svb care_professional",
        "api spirit agency_liaison",
        "api spirit care_professional",
    ];
    for (rung, handlers) in HANDLERS {
        let others = handlers.iter().filter(|who| !always.contains(who));
        let who: Vec<String> = always
            .iter()
            .chain(others)
            .map(|who| at_both_doors(who))
            .collect();
        let who: Vec<&str> = who.iter().map(String::as_str).collect();
        assert_allowed(Action::ConfirmUrgency, &bella(rung), &who);
    }
}

#[test]
fn owner_and_participants_contribute_to_a_fund_in_their_own_name() {
    let action = Action::Contribute;
    assert_allowed(
        action,
        &about(UTRECHT, bella("own_work")),
        &[
            "api utrecht raiser",
            "api utrecht case_director",
            "api utrecht fund_holder",
            "api utrecht administrator",
        ],
    );
    assert_allowed(
        action,
        &about(SVB, bella("own_work")),
        &[
            "api svb case_director",
            "api svb fund_holder",
            "api svb administrator",
        ],
    );
    // An open offer is no part in the case yet.
    assert_allowed(action, &about(TAX_OFFICE, bella("own_work")), &[]);
}

#[test]
fn the_owner_or_an_organisation_that_committed_itself_reopens() {
    let closed = CaseFacts {
        state: "closed".to_owned(),
        offered: BTreeSet::new(),
        accepted: BTreeSet::new(),
        ..bella("own_work")
    };
    let action = Action::Reopen;
    let managers = ["api utrecht administrator", "api utrecht agency_liaison"];
    let owners = [&OWNERS[..], &managers].concat();
    assert_allowed(action, &about(UTRECHT, closed.clone()), &owners);
    assert_allowed(
        action,
        &about(SVB, closed.clone()),
        &["api svb administrator", "api svb agency_liaison"],
    );
    assert_allowed(action, &closed, &[]);
}

#[test]
fn a_draft_is_there_for_its_writers_only() {
    let writers = ["both utrecht raiser", "both utrecht case_director"];
    for action in [Action::ListCases, Action::ReadCase] {
        assert_allowed(action, &draft(), &writers);
    }
    let kept = about(UTRECHT, draft());
    assert_allowed(Action::KeepDraft, &kept, &OWNERS);
    assert_allowed(Action::KeepDraft, &about(SVB, draft()), &[]);
    for (_, organisation) in ORGANISATIONS {
        for role in Role::ALL {
            for purpose in GATE.usual_purposes(*role) {
                let read = letters(&person(organisation, &[*role]), *purpose, &draft());
                let writer =
                    organisation == UTRECHT && [Role::Raiser, Role::CaseDirector].contains(role);
                if !writer {
                    assert_eq!(read, "------------", "{role} {purpose}");
                }
            }
        }
    }
    let raiser = person(UTRECHT, &[Role::Raiser]);
    assert_eq!(letters(&raiser, Purpose::Help, &draft()), "FMF-M-MFFFFF");
}
