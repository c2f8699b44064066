//! What is said to what was proposed, objected or taken on: counter-offers, objections to sharing,
//! bridging measures.

use super::super::Kind::{Day, Lines, List, Radios};
use super::super::{Choices, Group, Part, Spec};
use super::text;
use Choices::{Codes, Parties};

/// Why a counter-offer is not taken.
const COUNTER_REASONS: &[&str] = &[
    "not_enough",
    "too_late",
    "citizen_refuses",
    "no_legal_basis",
    "other_route",
];

/// What the person who objected reads (AVG 12(3), 21).
const REASON: Part = Part::must("tekst", "objection-reason", "/reason", Lines(4)).helped();

/// Taking a counter-offer (domain, section d4).
pub(super) const COUNTER_TAKEN: Spec = Spec {
    name: "tegenvoorstel-ja",
    path: "handoffs/{over}/counter-answer",
    says: &[("/accepted", "{true}")],
    lead: true,
    parts: &[],
};

/// Not taking it, with a coded reason.
pub(super) const COUNTER_REFUSED: Spec = Spec {
    name: "tegenvoorstel-nee",
    path: "handoffs/{over}/counter-answer",
    says: &[("/accepted", "{false}")],
    lead: false,
    parts: &[Part::must(
        "reden",
        "counter-reason",
        "/reason",
        Radios(Codes("counter-reason", COUNTER_REASONS)),
    )],
};

/// Taking an offer back before it is answered.
pub(super) const OFFER_WITHDRAWN: Spec = Spec {
    name: "vraag-intrekken",
    path: "handoffs/{over}/withdrawal",
    says: &[],
    lead: true,
    parts: &[Part::must("tekst", "withdraw-reason", "/reason", Lines(3))],
};

/// An objection that is right: nothing more is shared (AVG 21(1)).
pub(super) const OBJECTION_UPHELD: Spec = Spec {
    name: "bezwaar-gegrond",
    path: "objections/{over}/settlement",
    says: &[("/upheld", "{true}")],
    lead: true,
    parts: &[REASON],
};

/// An objection that is not.
pub(super) const OBJECTION_OVERRULED: Spec = Spec {
    name: "bezwaar-ongegrond",
    path: "objections/{over}/settlement",
    says: &[("/upheld", "{false}")],
    lead: true,
    parts: &[REASON],
};

/// More time for it, once (AVG 12(3)).
pub(super) const OBJECTION_EXTENDED: Spec = Spec {
    name: "bezwaar-verlengen",
    path: "objections/{over}/extension",
    says: &[],
    lead: true,
    parts: &[REASON],
};

/// An objection that was right, and whose ground has fallen away.
pub(super) const OBJECTION_LIFTED: Spec = Spec {
    name: "bezwaar-opheffen",
    path: "objections/{over}/lifting",
    says: &[],
    lead: true,
    parts: &[REASON],
};

/// Bridging the time until there is a solution (domain, section d2).
pub(super) const BRIDGE: Spec = Spec {
    name: "overbruggen",
    path: "measures",
    says: &[],
    lead: true,
    parts: &[
        text("measure"),
        Part::must("dag", "last-day", "/until", Day),
        Part::must("aan", "watcher", "/watcher", List(Parties(Group::All))),
    ],
};

/// Ending that, with what takes its place.
pub(super) const BRIDGE_ENDED: Spec = Spec {
    name: "overbrugging-einde",
    path: "measures/{over}/end",
    says: &[],
    lead: false,
    parts: &[Part::must("tekst", "measure-result", "/result", Lines(3))],
};
