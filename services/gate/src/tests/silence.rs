//! An automatic climb discloses nothing beyond the card.

use super::commands::assert_allowed;
use super::reading::letters;
use super::*;
use crate::Purpose;

/// Silence, and not a person, brought the case to this body.
fn told_by_silence(body: &str, facts: CaseFacts) -> CaseFacts {
    CaseFacts {
        card_only: set(&[body]),
        ..facts
    }
}

const CARD: &str = "P--------M-F";

/// Bodies with their role, the purpose of it, and the case before and after they admit it.
fn bodies() -> [(&'static str, Role, Purpose, [CaseFacts; 2]); 4] {
    let with = |body: &str, role: Role, rung: &str, next: &str| {
        let handled = CaseFacts {
            handlers: set(&[body]),
            ..bella(next)
        };
        [waiting_for(rung, body, role.as_str()), handled]
    };
    use Role::{NationalAdviser, ProcessDirector, RegionalHandler, TableMember};
    [
        (
            YOUTH_TEAM,
            ProcessDirector,
            Purpose::Progress,
            with(YOUTH_TEAM, ProcessDirector, "own_work", "local_table"),
        ),
        (
            YOUTH_TEAM,
            RegionalHandler,
            Purpose::Unblock,
            with(YOUTH_TEAM, RegionalHandler, "local_table", "regional_table"),
        ),
        (
            DESK,
            NationalAdviser,
            Purpose::Unblock,
            with(DESK, NationalAdviser, "regional_table", "national_desk"),
        ),
        (
            TABLE,
            TableMember,
            Purpose::Commit,
            with(TABLE, TableMember, "national_desk", "national_table"),
        ),
    ]
}

#[test]
fn an_automatic_climb_discloses_nothing_beyond_the_card() {
    for (body, role, purpose, stages) in bodies() {
        let actor = person(body, &[role]);
        for facts in stages {
            let told = told_by_silence(body, facts);
            assert_eq!(letters(&actor, purpose, &told), CARD, "{role}");
            assert_eq!(GATE.default_purpose(&actor, &told), Some(purpose));
            assert!(GATE.may(&actor, Action::ReadCase, &told).is_ok(), "{role}");
        }
    }
}

#[test]
fn what_silence_closed_opens_with_a_ground_and_an_informed_citizen() {
    // Nobody is on the list any more then: `File::card_only` of the rules says when.
    let opened = [
        "M--------FMF",
        "M-M-M----FFF",
        "P-M------FFF",
        "P-M------FFF",
    ];
    for ((body, role, purpose, stages), opened) in bodies().into_iter().zip(opened) {
        for facts in stages {
            assert_eq!(letters(&person(body, &[role]), purpose, &facts), opened);
        }
    }
}

#[test]
fn a_body_that_heard_through_silence_admits_and_acknowledges() {
    for action in [Action::Triage, Action::AcknowledgeEscalation] {
        assert_allowed(
            action,
            &told_by_silence(DESK, waiting_for("local_table", DESK, "national_adviser")),
            &["api desk national_adviser"],
        );
    }
}

#[test]
fn the_care_safety_house_learns_no_identity_and_no_offences_through_silence() {
    let house = person(YOUTH_TEAM, &[Role::RegionalHandler]);
    let facts = CaseFacts {
        theme: "care_and_safety".to_owned(),
        ..bella("regional_table")
    };
    assert_eq!(
        letters(&house, Purpose::Partnership, &facts),
        "FM--MFM--FFF"
    );
    let told = told_by_silence(YOUTH_TEAM, facts);
    assert_eq!(letters(&house, Purpose::Partnership, &told), CARD);
    assert_eq!(letters(&house, Purpose::Unblock, &told), CARD);
}

#[test]
fn the_bodys_privacy_officer_and_administrator_see_no_more_than_it_does() {
    let told = told_by_silence(DESK, bella("national_desk"));
    let officer = person(DESK, &[Role::PrivacyOfficer]);
    assert_eq!(letters(&officer, Purpose::Account, &told), CARD);
    let administrator = person(DESK, &[Role::Administrator]);
    assert_eq!(
        letters(&administrator, Purpose::RemoveObstacle, &told),
        CARD
    );
}

#[test]
fn silence_takes_nothing_from_who_has_a_part_of_its_own() {
    // SVB accepted a task before silence brought it the case as the region's body.
    let told = told_by_silence(
        SVB,
        CaseFacts {
            source: Some(SVB.to_owned()),
            ..waiting_for("local_table", SVB, "regional_handler")
        },
    );
    let read = |role, purpose| letters(&person(SVB, &[role]), purpose, &told);
    assert_eq!(read(Role::AgencyLiaison, Purpose::OwnLaw), "FFFF---FFFFF");
    assert_eq!(read(Role::RegionalHandler, Purpose::Unblock), CARD);

    let own = told_by_silence(UTRECHT, bella("local_table"));
    let director = person(UTRECHT, &[Role::CaseDirector]);
    assert_eq!(letters(&director, Purpose::Help, &own), "FMF-M-MFFFFF");
    let raised = CaseFacts {
        owner: SVB.to_owned(),
        ..own
    };
    let raiser = person(UTRECHT, &[Role::Raiser]);
    assert_eq!(letters(&raiser, Purpose::Help, &raised), "FMF-M-MFFFFF");
    let guard = person(UTRECHT, &[Role::ProcessDirector]);
    assert_eq!(letters(&guard, Purpose::Progress, &raised), CARD);
}

#[test]
fn a_citizen_reads_the_own_case_whatever_silence_did() {
    let own = CaseFacts {
        citizens: looking("p-7f3a"),
        ..told_by_silence(DESK, bella("national_desk"))
    };
    let citizen = person(DESK, &[Role::Citizen]);
    assert_eq!(letters(&citizen, Purpose::Insight, &own), "FFFFFF-FFFFF");
}
