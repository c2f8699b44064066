//! Accounting for who saw what: who may ask.

use super::commands::{assert_allowed, assert_allowed_on};
use super::*;
use crate::RegisterFacts;

#[test]
fn a_privacy_officer_oversees_the_own_organisation_and_reads_its_log() {
    let own = RegisterFacts {
        organisation: SVB.to_owned(),
    };
    for action in [Action::ReadAccessLog, Action::Supervise] {
        assert_allowed_on(action, &own, &["api svb privacy_officer"]);
    }
}

#[test]
fn owner_and_privacy_officers_concerned_record_a_request_for_access() {
    let officers = [
        "api utrecht privacy_officer",
        "api svb privacy_officer",
        "api spirit privacy_officer",
    ];
    let all = [&officers[..], &["api utrecht case_director"]].concat();
    assert_allowed(Action::RecordAccessRequest, &bella("own_work"), &all);
    assert_allowed(Action::ReadAccessReport, &bella("own_work"), &officers);
    let draft = CaseFacts {
        state: "draft".to_owned(),
        ..bella("own_work")
    };
    assert_allowed(Action::RecordAccessRequest, &draft, &[]);
    assert_allowed(Action::ReadAccessReport, &draft, &[]);
}

#[test]
fn a_citizen_reads_the_report_of_the_own_case_and_of_no_other() {
    let own = CaseFacts {
        citizens: looking("p-7f3a"),
        ..bella("own_work")
    };
    let citizen = person(STRANGER, &[Role::Citizen]);
    assert!(GATE.may(&citizen, Action::ReadAccessReport, &own).is_ok());
    assert!(
        GATE.may(&citizen, Action::ReadAccessReport, &bella("own_work"))
            .is_err()
    );
    for action in [Action::ReadLooks, Action::RecordAccessRequest] {
        assert!(GATE.may(&citizen, action, &own).is_ok());
        assert!(GATE.may(&citizen, action, &bella("own_work")).is_err());
    }
    // Who looked is the citizen's to know; others have the log of their own organisation.
    assert_allowed(Action::ReadLooks, &bella("own_work"), &[]);
}
