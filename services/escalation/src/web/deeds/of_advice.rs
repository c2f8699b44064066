//! Asking for advice without naming anybody, and giving it. `{over}` is the question.

use super::Kind::{Lines, List};
use super::{Choices, Group, Part, Spec};
use Choices::Parties;

/// Asking another organisation what it thinks, in a case.
pub(in crate::web) static ASK: Spec = Spec {
    name: "vraag-advies",
    path: "advice",
    says: &[],
    lead: true,
    parts: &[
        Part::must("aan", "to", "/of", List(Parties(Group::Others))),
        Part::must("vraag", "question", "/question", Lines(4)).helped(),
    ],
};

/// Answering what another organisation asks.
pub(in crate::web) static GIVE: Spec = Spec {
    name: "advies-geven",
    path: "/v1/advice/{over}/answer",
    says: &[],
    lead: true,
    parts: &[Part::must("antwoord", "advice-given", "/answer", Lines(4)).helped()],
};
