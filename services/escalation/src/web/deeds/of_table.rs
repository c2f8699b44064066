//! What people do for a table: prepare its meeting, hold it, and answer what it asks.

use super::Kind::{Checks, Lines, List, Moment, Radios};
use super::of_case::{DUE, MANDATE, ROOM, WHY, text};
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

const OFF: &[&str] = &["resolved", "not_ready", "other_table", "withdrawn"];

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
        name: "van-agenda",
        path: "agenda/{over}",
        says: &[],
        lead: false,
        parts: &[Part::must(
            "reden",
            "off",
            "?reason",
            Radios(Codes("off", OFF)),
        )],
    },
    Spec {
        name: "verzetten",
        path: "reschedule",
        says: &[],
        lead: false,
        parts: &[Part::must("wanneer", "at", "/at", Moment)],
    },
    Spec {
        name: "afzeggen",
        path: "cancellation",
        says: &[],
        lead: true,
        parts: &[Part::must("tekst", "why", "/reason", Lines(3))],
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
        parts: &[text("promise"), MANDATE, DUE],
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
        parts: &[text("decision"), ROOM, WHY],
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
