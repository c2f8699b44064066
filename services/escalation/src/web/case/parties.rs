//! Who takes part in a case, each with everything that it does there.

use screens::page::PartyLine;

use super::super::Web;
use super::lines::Commitment;
use super::{Case, Escalation, Handoff};

/// The organisations of a case, the owner first, in the order in which they came in.
pub(super) fn of(
    web: &Web,
    case: &Case,
    handoffs: &[Handoff],
    commitments: &[Commitment],
    escalations: &[Escalation],
) -> Vec<PartyLine> {
    let mut parties: Vec<PartyLine> = Vec::new();
    let mut add = |organisation: &str, part: &'static str| {
        let name = web.name_of(organisation);
        match parties.iter_mut().find(|party| party.name == name) {
            Some(party) if party.parts.contains(&part) => {}
            // Somebody who takes part is more than involved with the household.
            Some(_) if part == "involved" => {}
            Some(party) => party.parts.push(part),
            None => parties.push(PartyLine {
                name,
                parts: vec![part],
            }),
        }
    };
    for (organisation, part) in [
        (&case.owner, "owner"),
        (&case.raiser, "raiser"),
        (&case.handler, "handler"),
    ] {
        if let Some(organisation) = organisation {
            add(organisation, part);
        }
    }
    for handoff in handoffs {
        let part = match handoff.status.as_str() {
            "accepted" | "returning" => "helps",
            "offered" => "asked",
            _ => "answered",
        };
        add(&handoff.to, part);
    }
    let open = |one: &&Escalation| matches!(one.status.as_str(), "requested" | "acknowledged");
    for admitting in escalations
        .iter()
        .filter(open)
        .filter_map(|one| one.admitting.as_ref())
    {
        add(admitting, "admitting");
    }
    let promised = |one: &&Commitment| matches!(one.status.as_str(), "made" | "fulfilled");
    for commitment in commitments.iter().filter(promised) {
        add(&commitment.of, "committed");
    }
    for organisation in &case.parties_involved {
        add(organisation, "involved");
    }
    parties
}
