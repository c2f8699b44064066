//! What people do for a table: prepare its meeting, hold it, and answer what it asks.

use super::Kind::{Checks, Day, Line, Lines, List, Moment, Radios};
use super::of_case::{GROUNDS, ROOMS, text};
use super::{Choices, Group, Part, Spec};
use Choices::{Codes, Parties, Subjects, Tables};

const TARGETS: &[&str] = &[
    "policy_rule",
    "standard_report",
    "decision_template",
    "law",
    "local_basis",
    "provision",
];

/// In the order of a meeting.
pub(in crate::web) const OF_TABLE: &[Spec] = &[
    Spec {
        name: "plannen",
        path: "/v1/meetings",
        says: &[],
        lead: false,
        parts: &[
            Part::must("trede", "table", "/rung", Radios(Tables)),
            Part::must("wanneer", "at", "/at", Moment),
        ],
    },
    Spec {
        name: "agenderen",
        path: "agenda",
        says: &[("/case", "{over}")],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "uitnodigen",
        path: "invitations",
        says: &[],
        lead: false,
        parts: &[Part::must(
            "wie",
            "to",
            "/organisation",
            List(Parties(Group::All)),
        )],
    },
    Spec {
        name: "openen",
        path: "opening",
        says: &[],
        lead: true,
        parts: &[Part::must(
            "aanwezig",
            "present",
            "/present",
            Checks(Parties(Group::All)),
        )],
    },
    Spec {
        name: "verschonen",
        path: "recusals",
        says: &[("/case", "{over}")],
        lead: true,
        parts: &[],
    },
    Spec {
        name: "botsing",
        path: "cases/{over}/collision",
        says: &[],
        lead: false,
        parts: &[text("collision").helped()],
    },
    Spec {
        name: "tafel-vraagt",
        path: "cases/{over}/requests",
        says: &[],
        lead: false,
        parts: &[
            Part::must("aan", "to", "/of", List(Parties(Group::All))),
            Part::must("onderwerp", "subject", "/lawOrTheme", List(Subjects)).helped(),
            text("request"),
        ],
    },
    Spec {
        name: "tafel-ja",
        path: "requests/{over}/answer",
        says: &[("/answer", "made")],
        lead: false,
        parts: &[
            text("promise"),
            Part::must("mandaat", "mandate-id", "/mandate", Line).helped(),
            Part::must("dag", "due", "/due", Day),
        ],
    },
    Spec {
        name: "tafel-nee",
        path: "requests/{over}/answer",
        says: &[("/answer", "refused")],
        lead: false,
        parts: &[Part::must("tekst", "why-not", "/text", Lines(3))],
    },
    Spec {
        name: "tafel-besluit",
        path: "cases/{over}/decision",
        says: &[],
        lead: false,
        parts: &[
            text("decision"),
            Part::must("ruimte", "room", "/room", Radios(Codes("room", ROOMS))),
            Part::must(
                "gronden",
                "grounds",
                "/grounds",
                Checks(Codes("ground", GROUNDS)),
            )
            .helped(),
        ],
    },
    Spec {
        name: "aanhouden",
        path: "cases/{over}/adjournment",
        says: &[],
        lead: false,
        parts: &[Part::must("tekst", "why", "/reason", Lines(3))],
    },
    Spec {
        name: "obstakel",
        path: "cases/{over}/obstacle",
        says: &[],
        lead: true,
        parts: &[
            Part::must("tekst", "obstacle", "/text", Lines(3)).helped(),
            Part::must("wat", "target", "/target", Radios(Codes("target", TARGETS))),
            Part::must("van", "obstacle-owner", "/owner", List(Parties(Group::All))),
        ],
    },
    Spec {
        name: "geen-obstakel",
        path: "cases/{over}/obstacle",
        says: &[("/none", "{true}")],
        lead: false,
        parts: &[],
    },
    Spec {
        name: "notulen",
        path: "minutes",
        says: &[],
        lead: true,
        parts: &[],
    },
];
