//! What people do with a signal: raise it, give it an owner, answer it, and follow it to its end.

use super::Kind::{Either, Lines, List, Radios};
use super::{Choices, Group, Part, Spec};
use Choices::{About, Codes, OfPage, Parties};

const OFTEN: &[&str] = &["once", "yearly", "monthly", "weekly"];
const ANSWERS: &[&str] = &[
    "will_change",
    "will_not_change",
    "already_possible",
    "needs_other_owner",
];

/// Raising one: four questions, of which one must be answered. Its kind is unease, which can still
/// turn out to be about one household.
pub(in crate::web) const RAISE: Spec = Spec {
    name: "signaleren",
    path: "/v1/signals",
    says: &[("/kind", "unease")],
    lead: false,
    parts: &[
        Part::must("tekst", "goes-wrong", "/text", Lines(5)).helped(),
        Part::may("waarover", "about-what", "/rule", Either(About)),
        Part::may("vaak", "often", "/often", Radios(Codes("often", OFTEN))),
        Part::may("wie", "who-could", "/suggested", List(Parties(Group::All))).helped(),
    ],
};

/// In the order in which a signal comes to them.
pub(in crate::web) const OF_SIGNAL: &[Spec] = &[
    Spec {
        name: "toewijzen",
        path: "assignment",
        says: &[],
        lead: true,
        parts: &[Part::must(
            "wie",
            "who-could",
            "/to",
            List(Parties(Group::All)),
        )],
    },
    Spec {
        name: "antwoorden",
        path: "answer",
        says: &[],
        lead: true,
        parts: &[
            Part::must(
                "antwoord",
                "signal-answer",
                "/answer",
                Radios(Codes("signal-answer", ANSWERS)),
            ),
            Part::must("tekst", "signal-why", "/text", Lines(4)),
        ],
    },
    Spec {
        name: "stap",
        path: "steps",
        says: &[("/step", "{over}")],
        lead: false,
        parts: &[Part::may("tekst", "step-text", "/text", Lines(3))],
    },
    Spec {
        name: "casus-maken",
        path: "case",
        says: &[],
        lead: true,
        parts: &[Part::must("casus", "which-case", "/case", List(OfPage)).helped()],
    },
    Spec {
        name: "afronden",
        path: "closure",
        says: &[],
        lead: true,
        parts: &[Part::must("tekst", "signal-result", "/result", Lines(4))],
    },
];
