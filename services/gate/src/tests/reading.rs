use super::*;
use crate::{Bsn, Category, Classified, Identity, Marker, Process, Purpose, Shown, Strength, Tax};

/// One letter per category, in the order of [`Category::ALL`].
pub(super) fn letters(actor: &Actor, purpose: Purpose, facts: &CaseFacts) -> String {
    Category::ALL
        .iter()
        .map(
            |category| match GATE.reading(actor, purpose, *category, facts).strength {
                Strength::Full => 'F',
                Strength::Masked => 'M',
                Strength::Pseudonym => 'P',
                Strength::None => '-',
            },
        )
        .collect()
}

fn from(source: &str, facts: CaseFacts) -> CaseFacts {
    CaseFacts {
        source: Some(source.to_owned()),
        ..facts
    }
}

#[test]
fn bellas_case_shows_each_reader_what_the_matrix_says() {
    use Purpose::{Care, Commit, FollowUp, Help, OwnLaw, RemoveObstacle, Routing, Unblock};
    use Role::{
        Administrator, AgencyLiaison, CareProfessional, CaseDirector, NationalAdviser, Raiser,
        TableMember,
    };
    // Identity, BSN, finance, tax, health, criminal, third party, family, care, process,
    // decision, lesson.
    let at = bella;
    let expected = [
        (UTRECHT, Raiser, Help, at("own_work"), "FMF-M-MFFFFF"),
        (UTRECHT, Raiser, Help, at("national_desk"), "-----------F"),
        (
            UTRECHT,
            Raiser,
            FollowUp,
            at("national_desk"),
            "F-M------FFF",
        ),
        (
            UTRECHT,
            CaseDirector,
            Help,
            at("national_table"),
            "FMF-M-MFFFFF",
        ),
        (
            TAX_OFFICE,
            AgencyLiaison,
            Routing,
            at("own_work"),
            "P--------M-F",
        ),
        (
            TAX_OFFICE,
            AgencyLiaison,
            OwnLaw,
            at("own_work"),
            "-----------F",
        ),
        (
            SVB,
            AgencyLiaison,
            OwnLaw,
            from(SVB, at("own_work")),
            "FFFF---FFFFF",
        ),
        (
            SVB,
            AgencyLiaison,
            OwnLaw,
            from(UTRECHT, at("own_work")),
            "FF-------F-F",
        ),
        (
            SPIRIT,
            CareProfessional,
            Care,
            from(SPIRIT, at("own_work")),
            "FF--F-MFFMFF",
        ),
        (
            SPIRIT,
            CareProfessional,
            Care,
            from(UTRECHT, at("own_work")),
            "FF--F-MFFM-F",
        ),
        (
            SPIRIT,
            CareProfessional,
            Care,
            at("national_table"),
            "-----------F",
        ),
        (
            DESK,
            NationalAdviser,
            Unblock,
            at("local_table"),
            "-----------F",
        ),
        (
            DESK,
            NationalAdviser,
            Unblock,
            waiting_for("local_table", DESK, "national_adviser"),
            "P-M------FFF",
        ),
        (
            DESK,
            NationalAdviser,
            Unblock,
            at("national_desk"),
            "P-M------FFF",
        ),
        (
            DESK,
            NationalAdviser,
            Unblock,
            at_the_table(),
            "-----------F",
        ),
        (TABLE, TableMember, Commit, at_the_table(), "P-M------FFF"),
        (
            SVB,
            Administrator,
            OwnLaw,
            from(SVB, at_the_table()),
            "FFFF---FFFFF",
        ),
        (
            SVB,
            Administrator,
            OwnLaw,
            from(UTRECHT, at_the_table()),
            "FF-------FFF",
        ),
        (
            UTRECHT,
            Administrator,
            RemoveObstacle,
            at("local_table"),
            "P--------MMF",
        ),
        (
            STRANGER,
            AgencyLiaison,
            OwnLaw,
            at("own_work"),
            "-----------F",
        ),
        (STRANGER, CaseDirector, Help, at("own_work"), "-----------F"),
    ];
    for (organisation, role, purpose, facts, letters_expected) in expected {
        for actor in [
            person(organisation, &[role]),
            service(organisation, role.as_str()),
        ] {
            assert_eq!(
                letters(&actor, purpose, &facts),
                letters_expected,
                "{} for {purpose} at {}",
                actor.label(),
                facts.rung
            );
        }
    }
}

#[test]
fn what_was_disclosed_on_a_legal_basis_counts_as_own_law_but_never_opens_tax_data() {
    let facts = CaseFacts {
        shared_with: set(&[SVB]),
        ..from(UTRECHT, bella("own_work"))
    };
    let liaison = person(SVB, &[Role::AgencyLiaison]);
    assert_eq!(letters(&liaison, Purpose::OwnLaw, &facts), "FFF----FFFFF");
}

#[test]
fn a_citizen_sees_the_own_case_and_nothing_of_others() {
    let citizen = person(UTRECHT, &[Role::Citizen]);
    let own = CaseFacts {
        citizens: looking("p-7f3a"),
        ..bella("national_table")
    };
    assert_eq!(letters(&citizen, Purpose::Insight, &own), "FFFFFF-FFFFF");
    assert_eq!(
        letters(&citizen, Purpose::Insight, &bella("own_work")),
        "------------"
    );
    // An organisation cannot speak for a citizen.
    let service = service(UTRECHT, "citizen");
    assert_eq!(letters(&service, Purpose::Insight, &own), "------------");
}

#[test]
fn learning_never_returns_a_person_and_operating_returns_nothing() {
    for (name, organisation) in ORGANISATIONS {
        for role in Role::ALL {
            let actor = person(organisation, &[*role]);
            let learning = letters(&actor, Purpose::Learn, &at_the_table());
            assert!(
                learning.starts_with("---------"),
                "{name} {role} {learning}"
            );
        }
        let operator = person(organisation, &[Role::Operator]);
        assert_eq!(
            letters(&operator, Purpose::Operate, &at_the_table()),
            "------------"
        );
    }
}

#[test]
fn a_reading_says_in_which_role_and_why() {
    let both = person(UTRECHT, &[Role::ProcessDirector, Role::Raiser]);
    let reading = GATE.reading(&both, Purpose::Help, Category::Bsn, &bella("own_work"));
    assert_eq!(reading.strength, Strength::Masked);
    assert_eq!(reading.role, Some(Role::Raiser));
    assert_eq!(reading.policies, ["raiser-local-bsn"]);
    assert_eq!(reading.rules, ["r3"]);
}

#[test]
fn the_usual_purpose_follows_the_situation() {
    let usual = |organisation, role, facts: &CaseFacts| {
        GATE.default_purpose(&person(organisation, &[role]), facts)
    };
    let raiser = |rung| usual(UTRECHT, Role::Raiser, &bella(rung));
    assert_eq!(raiser("own_work"), Some(Purpose::Help));
    assert_eq!(raiser("national_desk"), Some(Purpose::FollowUp));
    let liaison = |organisation| usual(organisation, Role::AgencyLiaison, &bella("own_work"));
    assert_eq!(liaison(TAX_OFFICE), Some(Purpose::Routing));
    assert_eq!(liaison(SVB), Some(Purpose::OwnLaw));
    assert_eq!(liaison(STRANGER), None);
}

#[test]
fn a_classified_value_comes_out_as_far_as_its_grant_goes() {
    fn shown<C: Marker>(actor: &Actor, purpose: Purpose, facts: &CaseFacts) -> Shown<String> {
        let value: Classified<C, String> = Classified::new("secret".to_owned());
        assert!(!format!("{value:?}").contains("secret"));
        match value.read(&GATE.read(actor, purpose, facts)) {
            Shown::Full(value) => Shown::Full(value.clone()),
            Shown::Masked => Shown::Masked,
            Shown::Pseudonym => Shown::Pseudonym,
            Shown::Hidden => Shown::Hidden,
        }
    }
    let facts = bella("own_work");
    let raiser = person(UTRECHT, &[Role::Raiser]);
    let full = Shown::Full("secret".to_owned());
    assert_eq!(shown::<Identity>(&raiser, Purpose::Help, &facts), full);
    assert_eq!(shown::<Bsn>(&raiser, Purpose::Help, &facts), Shown::Masked);
    assert_eq!(shown::<Tax>(&raiser, Purpose::Help, &facts), Shown::Hidden);
    let offered = person(TAX_OFFICE, &[Role::AgencyLiaison]);
    assert_eq!(
        shown::<Identity>(&offered, Purpose::Routing, &facts),
        Shown::Pseudonym
    );
    assert_eq!(
        shown::<Process>(&Actor::Clock, Purpose::Help, &facts),
        Shown::Hidden
    );
}
