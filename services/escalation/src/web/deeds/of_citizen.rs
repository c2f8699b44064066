//! What citizens do about their own case. `{over}` is the key of the person within the case.

use super::Kind::{Checks, Line, Lines, List};
use super::{Choices, Group, Part, Spec};
use Choices::{Codes, OfPage, Parties};

/// What a citizen can agree to share; a person number, tax data and criminal law never.
const OPEN: &[&str] = &[
    "identity", "finance", "family", "care", "health", "decision",
];
/// What an objection can be about.
const OBJECTED: &[&str] = &[
    "identity", "finance", "family", "care", "health", "decision",
];
/// The text on the page, as a consent names it.
const VERSION: &str = "mijn-zaak-1";

/// In the order of the page.
pub(in crate::web) const OF_CITIZEN: &[Spec] = &[
    Spec {
        name: "bezwaar",
        path: "objections",
        says: &[("/person", "{over}")],
        lead: true,
        parts: &[
            Part::must("tekst", "objection", "/text", Lines(3)),
            Part::may(
                "wat",
                "shared-what-not",
                "/categories",
                Checks(Codes("category", OBJECTED)),
            )
            .helped(),
        ],
    },
    Spec {
        name: "toestemming",
        path: "consents",
        says: &[
            ("/person", "{over}"),
            ("/version", VERSION),
            ("/how", "digital"),
        ],
        lead: true,
        parts: &[
            Part::must(
                "wat",
                "shared-what",
                "/categories",
                Checks(Codes("category", OPEN)),
            ),
            Part::must(
                "wie",
                "shared-with",
                "/receivers",
                Checks(Parties(Group::Others)),
            ),
        ],
    },
];

/// Taking a consent back, which is no less easy than giving it (AVG 7(3)).
pub(in crate::web) static WITHDRAWAL: Spec = Spec {
    name: "intrekken",
    path: "consents/{over}",
    says: &[],
    lead: false,
    parts: &[],
};

/// Saying which login belongs to whom of the case, by the owner: from then on that citizen reads the
/// own case.
pub(in crate::web) static LINK: Spec = Spec {
    name: "inwoner-koppelen",
    path: "citizens",
    says: &[],
    lead: true,
    parts: &[
        Part::must("wie", "link-person", "/personKey", List(OfPage)),
        Part::must("naam", "link-login", "/citizen", Line).helped(),
    ],
};
