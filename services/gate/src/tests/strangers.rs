//! Whatever the case, an organisation that appears nowhere in it gets nothing.

use proptest::{prelude::*, sample::subsequence};

use super::*;
use crate::{Category, Purpose, Strength};

const INVOLVED: [&str; 7] = [UTRECHT, SVB, TAX_OFFICE, SPIRIT, YOUTH_TEAM, DESK, TABLE];

prop_compose! {
    fn some_of_them()(some in subsequence(INVOLVED.to_vec(), 0..=INVOLVED.len())) -> BTreeSet<String> {
        set(&some)
    }
}

prop_compose! {
    fn one_of_them()(index in 0..INVOLVED.len()) -> String {
        INVOLVED[index].to_owned()
    }
}

prop_compose! {
    fn any_case()(
        owner in one_of_them(),
        raiser in one_of_them(),
        (rung, tier) in prop::sample::select(vec![
            ("own_work", "local"), ("local_table", "local"), ("regional_table", "regional"),
            ("national_desk", "national"), ("national_table", "national"), ("", ""),
            ("national_table", "galactic"),
        ]),
        theme in prop::sample::select(vec!["", "income", "care_and_safety"]),
        state in prop::sample::select(vec!["active", "draft"]),
        sets in prop::array::uniform7(some_of_them()),
        admitting in prop::option::of((one_of_them(), prop::sample::select(Role::ALL.to_vec()))),
        target in prop::option::of(one_of_them()),
        source in prop::option::of(one_of_them()),
    ) -> CaseFacts {
        let [handlers, past_handlers, offered, accepted, committed, shared_with, card_only] = sets;
        CaseFacts {
            id: "case_0195".to_owned(),
            rung: rung.to_owned(),
            tier: tier.to_owned(),
            theme: theme.to_owned(),
            state: state.to_owned(),
            admitting: admitting.map(|(organisation, role)| Admitting {
                organisation,
                role: role.as_str().to_owned(),
            }),
            owner, raiser, handlers, past_handlers, offered, accepted, committed, shared_with,
            card_only,
            target, source,
            ..CaseFacts::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn an_organisation_outside_the_case_gets_nothing(
        facts in any_case(),
        role in prop::sample::select(Role::ALL.to_vec()),
        purpose in prop::sample::select(Purpose::ALL.to_vec()),
    ) {
        for actor in [person(STRANGER, &[role]), service(STRANGER, role.as_str())] {
            for action in Action::ALL {
                prop_assert!(GATE.may(&actor, *action, &facts).is_err(), "{action} as {role}");
            }
            for category in Category::ALL {
                let strength = GATE.reading(&actor, purpose, *category, &facts).strength;
                // Lessons are for all, and an analyst sees masked decisions of all cases.
                let most = match (category, role) {
                    (Category::Lesson, _) => Strength::Full,
                    (Category::Decision, Role::Analyst) => Strength::Masked,
                    _ => Strength::None,
                };
                prop_assert!(strength <= most, "{category} for {purpose} as {role}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    /// In whatever way a body that silence told has to do with the case besides, short of owning
    /// it, having raised it or having accepted a part in it.
    #[test]
    fn who_heard_through_silence_reads_no_more_than_the_card(
        facts in any_case(),
        reader in one_of_them(),
        role in prop::sample::select(Role::ALL.to_vec()),
        purpose in prop::sample::select(Purpose::ALL.to_vec()),
    ) {
        let others = |organisations: &BTreeSet<String>| {
            organisations.iter().filter(|one| **one != reader).cloned().collect()
        };
        let facts = CaseFacts {
            owner: if facts.owner == reader { STRANGER.to_owned() } else { facts.owner.clone() },
            raiser: if facts.raiser == reader { STRANGER.to_owned() } else { facts.raiser.clone() },
            accepted: others(&facts.accepted),
            card_only: set(&[&reader]),
            ..facts
        };
        for actor in [person(&reader, &[role]), service(&reader, role.as_str())] {
            for category in Category::ALL {
                let strength = GATE.reading(&actor, purpose, *category, &facts).strength;
                let most = match category {
                    Category::Identity => Strength::Pseudonym,
                    Category::Process => Strength::Masked,
                    Category::Lesson => Strength::Full,
                    _ => Strength::None,
                };
                prop_assert!(strength <= most, "{category} for {purpose} as {role}");
            }
        }
    }
}

#[test]
fn one_gate_serves_all_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Gate>();
}
