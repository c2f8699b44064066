//! What a privacy officer and an operator do. `{over}` is a pass, an entry of quarantine, or the case
//! whose number was filled in.

use super::Kind::{Day, Line, Lines, Moment, Radios};
use super::{Choices, Part, Spec};
use Choices::Codes;

const VERDICTS: &[&str] = &["justified", "unjustified"];
const GROUNDS: &[&str] = &["request", "unlawful"];

/// The case that a form is about, by its number.
const CASE: Part = Part::must("over", "case-number", "", Line).helped();

/// What a privacy officer does.
pub(in crate::web) const OF_OFFICE: &[Spec] = &[
    Spec {
        name: "beoordelen",
        path: "/v1/passes/{over}/review",
        says: &[],
        lead: false,
        parts: &[
            Part::must(
                "oordeel",
                "verdict",
                "/verdict",
                Radios(Codes("verdict", VERDICTS)),
            ),
            Part::must("tekst", "findings", "/text", Lines(3)),
        ],
    },
    Spec {
        name: "pas-intrekken",
        path: "/v1/passes/{over}/end",
        says: &[],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "inzage-vastleggen",
        path: "/v1/cases/{over}/access-requests",
        says: &[],
        lead: true,
        parts: &[
            CASE,
            Part::may("inwoner", "citizen-ref", "/citizen", Line).helped(),
        ],
    },
    Spec {
        name: "wissen",
        path: "/v1/cases/{over}/erasures",
        says: &[],
        lead: true,
        parts: &[
            CASE,
            Part::may("persoon", "erase-person", "/person", Line).helped(),
            Part::must(
                "waarom",
                "erase-ground",
                "/ground",
                Radios(Codes("erasing", GROUNDS)),
            ),
        ],
    },
    Spec {
        name: "vasthouden",
        path: "/v1/cases/{over}/holds",
        says: &[],
        lead: true,
        parts: &[
            CASE,
            Part::must("waarom", "hold-reason", "/reason", Lines(3)),
            Part::must("tot", "hold-until", "/until", Moment),
        ],
    },
];

/// Ending a hold before its time. What it is about is the case and the hold, `case/hold`.
pub(in crate::web) static LIFT: Spec = Spec {
    name: "vrijgeven",
    path: "",
    says: &[],
    lead: false,
    parts: &[],
};

/// Having a message in quarantine taken in again.
pub(in crate::web) static REPLAY: Spec = Spec {
    name: "opnieuw-innemen",
    path: "/v1/platform/quarantine/{over}/replay",
    says: &[],
    lead: false,
    parts: &[],
};

/// Looking something up in the logs: it changes nothing.
pub(in crate::web) static SEARCH: Spec = Spec {
    name: "zoeken",
    path: "",
    says: &[],
    lead: false,
    parts: &[
        Part::may("zaak", "log-case", "/case", Line),
        Part::may("persoon", "log-person", "/person", Line).helped(),
        Part::may("medewerker", "log-actor", "/actor", Line).helped(),
        Part::may("van", "log-from", "/from", Day),
        Part::may("tot", "log-until", "/until", Day),
    ],
};

/// Asking for the proof that an event stands in the log: it changes nothing.
pub(in crate::web) static PROOF: Spec = Spec {
    name: "bewijs",
    path: "",
    says: &[],
    lead: false,
    parts: &[Part::must("plaats", "log-place", "/position", Line).helped()],
};
