//! Passes: what they open, for whom, and what they never open.

use super::*;
use crate::{Category, PassFacts, PassOpens, Purpose, Strength};

/// Bella's case with a pass of that kind to every category for `p-7f3a` of `organisation`.
fn with_pass(kind: &str, organisation: &str, rung: &str) -> CaseFacts {
    let opens = |category: &Category| PassOpens {
        kind: kind.to_owned(),
        organisation: organisation.to_owned(),
        subject: "p-7f3a".to_owned(),
        category: category.as_str().to_owned(),
    };
    CaseFacts {
        passes: Category::ALL.iter().map(opens).collect(),
        ..bella(rung)
    }
}

/// The categories that are shown in full because of a pass.
fn opened(actor: &Actor, purpose: Purpose, facts: &CaseFacts) -> Vec<&'static str> {
    let by_pass = |category: &&Category| {
        let reading = GATE.reading(actor, purpose, **category, facts);
        let policies = ["emergency-full", "temporary-full", "accounting-full"];
        reading.strength == Strength::Full
            && (reading.policies.iter()).any(|policy| policies.contains(&policy.as_str()))
    };
    let shown = Category::ALL.iter().filter(by_pass);
    shown.map(|category| category.as_str()).collect()
}

#[test]
fn an_emergency_opens_what_a_vital_interest_asks_for_and_nothing_else() {
    let facts = with_pass("emergency", SVB, "local_table");
    let liaison = person(SVB, &[Role::AgencyLiaison]);
    assert_eq!(
        opened(&liaison, Purpose::OwnLaw, &facts),
        ["identity", "health", "third_party", "family", "care"]
    );
    for purpose in [Purpose::Learn, Purpose::Account, Purpose::Funding] {
        assert_eq!(opened(&liaison, purpose, &facts), [""; 0], "{purpose}");
    }
}

#[test]
fn a_temporary_pass_opens_the_case_and_neither_health_nor_numbers() {
    let facts = with_pass("temporary", UTRECHT, "local_table");
    let stand_in = person(UTRECHT, &[Role::ProcessDirector]);
    assert_eq!(
        opened(&stand_in, Purpose::Progress, &facts),
        [
            "identity", "finance", "family", "care", "process", "decision"
        ]
    );
}

#[test]
fn a_privacy_officer_learns_whom_a_case_is_about_on_a_recorded_ground() {
    let facts = with_pass("accounting", SVB, "local_table");
    let officer = person(SVB, &[Role::PrivacyOfficer]);
    assert_eq!(opened(&officer, Purpose::Account, &facts), ["identity"]);
    let liaison = person(SVB, &[Role::AgencyLiaison]);
    assert_eq!(opened(&liaison, Purpose::Account, &facts), [""; 0]);
}

#[test]
fn a_pass_is_one_persons() {
    let facts = with_pass("emergency", SVB, "local_table");
    let colleague = Actor::Person(Person {
        organisation: SVB.to_owned(),
        subject: "p-other".to_owned(),
        roles: vec![Role::AgencyLiaison],
        regions: Vec::new(),
    });
    let namesake = person(SPIRIT, &[Role::AgencyLiaison]);
    for actor in [colleague, namesake, service(SVB, "agency_liaison")] {
        assert_eq!(opened(&actor, Purpose::OwnLaw, &facts), [""; 0]);
    }
}

#[test]
fn national_roles_and_those_who_only_know_the_card_get_nothing_from_a_pass() {
    for (role, organisation, rung) in [
        (Role::NationalAdviser, DESK, "national_desk"),
        (Role::TableMember, TABLE, "national_table"),
        // Offered, and not accepted.
        (Role::AgencyLiaison, TAX_OFFICE, "local_table"),
        (Role::AgencyLiaison, STRANGER, "local_table"),
    ] {
        let actor = person(organisation, &[role]);
        for kind in ["emergency", "temporary"] {
            let facts = with_pass(kind, organisation, rung);
            for purpose in Purpose::ALL {
                assert_eq!(opened(&actor, *purpose, &facts), [""; 0], "{role}");
            }
        }
    }
    let told_by_silence = CaseFacts {
        card_only: set(&[YOUTH_TEAM]),
        ..with_pass("emergency", YOUTH_TEAM, "regional_table")
    };
    let handler = person(YOUTH_TEAM, &[Role::RegionalHandler]);
    assert_eq!(
        opened(&handler, Purpose::Unblock, &told_by_silence),
        [""; 0]
    );
}

#[test]
fn a_pass_opens_nothing_of_a_case_that_has_ended() {
    let liaison = person(SVB, &[Role::AgencyLiaison]);
    for state in ["closed", "withdrawn", "draft"] {
        let facts = CaseFacts {
            state: state.to_owned(),
            ..with_pass("emergency", SVB, "local_table")
        };
        assert_eq!(
            opened(&liaison, Purpose::OwnLaw, &facts),
            [""; 0],
            "{state}"
        );
    }
}

fn may(actor: &Actor, action: Action, holder: &str, who: &str) -> bool {
    let pass = PassFacts {
        id: "pass_0195".to_owned(),
        case: "case_0195".to_owned(),
        holder: holder.to_owned(),
        person: who.to_owned(),
    };
    GATE.may(actor, action, &pass).is_ok()
}

#[test]
fn people_take_a_pass_for_themselves_and_give_one_to_colleagues() {
    let director = person(UTRECHT, &[Role::CaseDirector]);
    for (action, holder, who, expected) in [
        (Action::TakePass, UTRECHT, "p-7f3a", true),
        (Action::TakePass, UTRECHT, "p-other", false),
        (Action::TakePass, SVB, "p-7f3a", false),
        (Action::GivePass, UTRECHT, "p-other", true),
        (Action::GivePass, UTRECHT, "p-7f3a", false),
        (Action::GivePass, SVB, "p-other", false),
    ] {
        assert_eq!(
            may(&director, action, holder, who),
            expected,
            "{action} {holder} {who}"
        );
    }
    let adviser = person(DESK, &[Role::NationalAdviser]);
    assert!(!may(&adviser, Action::TakePass, DESK, "p-7f3a"));
}

#[test]
fn the_privacy_officer_reviews_and_ends_what_colleagues_have() {
    let officer = person(SVB, &[Role::PrivacyOfficer]);
    for action in [Action::ReviewPass, Action::EndPass, Action::ReadPass] {
        assert!(may(&officer, action, SVB, "p-other"), "{action}");
        assert!(!may(&officer, action, UTRECHT, "p-other"), "{action}");
    }
    let raiser = person(SVB, &[Role::Raiser]);
    assert!(!may(&raiser, Action::ReviewPass, SVB, "p-7f3a"));
    assert!(may(&raiser, Action::EndPass, SVB, "p-7f3a"));
    assert!(!may(&raiser, Action::ReadPass, SVB, "p-other"));
}

#[test]
fn a_pass_is_for_cases_in_which_the_organisation_takes_part() {
    let case = bella("local_table");
    let may = |organisation, role, action| {
        GATE.may(&person(organisation, &[role]), action, &case)
            .is_ok()
    };
    assert!(may(SVB, Role::AgencyLiaison, Action::TakePass));
    assert!(may(UTRECHT, Role::CaseDirector, Action::GivePass));
    assert!(!may(TAX_OFFICE, Role::AgencyLiaison, Action::TakePass));
    assert!(!may(STRANGER, Role::CaseDirector, Action::GivePass));
}
