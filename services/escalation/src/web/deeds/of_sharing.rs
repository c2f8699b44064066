//! The check whether something may be shared: it changes nothing.

use super::Kind::{Checks, Lines, List, Radios};
use super::{Choices, Group, Part, Spec};
use Choices::{Bases, Codes, Parties};

const PURPOSES: &[&str] = &[
    "help", "own_law", "care", "funding", "unblock", "commit", "routing", "protect",
];
const CATEGORIES: &[&str] = &[
    "identity", "bsn", "finance", "tax", "health", "family", "care", "process", "decision",
];

/// `POST /v1/cases/{id}/sharing-checks`.
pub(in crate::web) static CHECK: Spec = Spec {
    name: "delen",
    path: "sharing-checks",
    says: &[],
    lead: true,
    parts: &[
        Part::must(
            "met",
            "shared-with",
            "/receiver",
            List(Parties(Group::Others)),
        ),
        Part::must(
            "waarvoor",
            "purpose",
            "/purpose",
            Radios(Codes("purpose", PURPOSES)),
        ),
        Part::may(
            "wat",
            "categories",
            "/categories",
            Checks(Codes("category", CATEGORIES)),
        )
        .helped(),
        Part::may("grondslag", "basis", "/legalBasis", List(Bases)).helped(),
        Part::may("tekst", "summary", "/text", Lines(3)),
    ],
};
