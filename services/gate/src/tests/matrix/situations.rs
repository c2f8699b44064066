//! Every way in which an organisation can stand to a case.

use std::collections::BTreeSet;

use super::OURS;
use crate::tests::*;
use crate::{Category, PassOpens};

/// Every way in which an organisation can stand to a case; `role` is the role that looks.
pub(super) fn situations(role: Role) -> Vec<(&'static str, CaseFacts)> {
    let other = |rung: &str| CaseFacts {
        offered: BTreeSet::new(),
        accepted: BTreeSet::new(),
        target: Some(OURS.to_owned()),
        ..bella(rung)
    };
    let own = |rung: &str| CaseFacts {
        owner: OURS.to_owned(),
        raiser: OURS.to_owned(),
        ..other(rung)
    };
    let accepted = |rung: &str| CaseFacts {
        accepted: set(&[OURS]),
        ..other(rung)
    };
    let handled = |rung: &str| CaseFacts {
        handlers: set(&[OURS]),
        ..other(rung)
    };
    let committed = || CaseFacts {
        committed: set(&[OURS]),
        ..other("national_table")
    };
    let by_silence = |rung: &str| CaseFacts {
        card_only: set(&[OURS]),
        ..handled(rung)
    };
    let objected = |facts: CaseFacts| CaseFacts {
        objected: Category::ALL
            .iter()
            .map(|it| it.as_str().to_owned())
            .collect(),
        ..facts
    };
    let draft = |facts: CaseFacts| CaseFacts {
        state: "draft".to_owned(),
        ..facts
    };
    let our_data = |facts: CaseFacts| CaseFacts {
        source: Some(OURS.to_owned()),
        ..facts
    };
    let shared = |facts: CaseFacts| CaseFacts {
        source: Some(UTRECHT.to_owned()),
        shared_with: set(&[OURS]),
        ..facts
    };
    let with_pass = |kind: &str, facts: CaseFacts| CaseFacts {
        passes: (Category::ALL.iter())
            .map(|category| PassOpens {
                kind: kind.to_owned(),
                organisation: OURS.to_owned(),
                subject: "p-7f3a".to_owned(),
                category: category.as_str().to_owned(),
            })
            .collect(),
        ..facts
    };
    vec![
        (
            "own case, own work, with an emergency pass",
            with_pass("emergency", own("own_work")),
        ),
        (
            "accepted, with an emergency pass",
            with_pass("emergency", accepted("local_table")),
        ),
        (
            "own case, own work, with a temporary pass",
            with_pass("temporary", own("own_work")),
        ),
        (
            "accepted, with a pass to account for the use of data",
            with_pass("accounting", accepted("local_table")),
        ),
        (
            "accepted, local table, data shared with us, a person objects",
            objected(shared(accepted("local_table"))),
        ),
        (
            "accepted, local table, our data, a person objects",
            objected(our_data(accepted("local_table"))),
        ),
        (
            "own case, own work, a person objects",
            objected(own("own_work")),
        ),
        (
            "accepted, with an emergency pass, a person objects",
            objected(with_pass("emergency", accepted("local_table"))),
        ),
        ("nothing to do with it", other("regional_table")),
        ("own case, own work", own("own_work")),
        ("own case, local table", own("local_table")),
        ("own case, regional table", own("regional_table")),
        ("own case, national desk", own("national_desk")),
        ("own case, national table", own("national_table")),
        (
            "own case, own work, handoff accepted by another",
            CaseFacts {
                accepted: set(&[TAX_OFFICE]),
                target: Some(TAX_OFFICE.to_owned()),
                ..own("own_work")
            },
        ),
        (
            "raised, owned by another, local table",
            CaseFacts {
                raiser: OURS.to_owned(),
                ..other("local_table")
            },
        ),
        (
            "offered, own work",
            CaseFacts {
                offered: set(&[OURS]),
                ..other("own_work")
            },
        ),
        ("accepted, local table", accepted("local_table")),
        (
            "accepted, local table, data shared with us",
            shared(accepted("local_table")),
        ),
        (
            "accepted, local table, our data",
            our_data(accepted("local_table")),
        ),
        (
            "accepted, national table, our data",
            our_data(accepted("national_table")),
        ),
        (
            "asked to admit, local table",
            CaseFacts {
                admitting: Some(Admitting {
                    organisation: OURS.to_owned(),
                    role: role.as_str().to_owned(),
                }),
                ..other("local_table")
            },
        ),
        ("has it, local table", handled("local_table")),
        ("has it, regional table", handled("regional_table")),
        (
            "has it, regional table, care and safety",
            CaseFacts {
                theme: "care_and_safety".to_owned(),
                ..handled("regional_table")
            },
        ),
        ("has it, national desk", handled("national_desk")),
        ("has it, national table", handled("national_table")),
        ("asked to commit, national table", committed()),
        (
            "asked to commit, national table, data shared with us",
            shared(committed()),
        ),
        (
            "asked to commit, national table, our data",
            our_data(committed()),
        ),
        (
            "had it before, national table",
            CaseFacts {
                past_handlers: set(&[OURS]),
                ..other("national_table")
            },
        ),
        (
            "asked to admit by silence, local table",
            CaseFacts {
                admitting: Some(Admitting {
                    organisation: OURS.to_owned(),
                    role: role.as_str().to_owned(),
                }),
                card_only: set(&[OURS]),
                ..other("local_table")
            },
        ),
        ("has it by silence, local table", by_silence("local_table")),
        (
            "has it by silence, regional table",
            by_silence("regional_table"),
        ),
        (
            "has it by silence, national desk",
            by_silence("national_desk"),
        ),
        (
            "has it by silence, national table",
            by_silence("national_table"),
        ),
        ("own draft", draft(own(""))),
        ("another's draft", draft(other(""))),
        (
            "is about the citizen, local table",
            CaseFacts {
                citizens: looking("p-7f3a"),
                ..other("local_table")
            },
        ),
    ]
}
