//! The people of the demo: fictitious, each with one organisation and the roles they play.

use proto::Role;

/// Somebody to act as in the demo and in stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persona {
    /// Their name in stories, and their opaque reference (`sub`, `personRef`) everywhere else.
    pub name: &'static str,
    /// The short name of their organisation, as in `deploy/parties`.
    pub party: &'static str,
    /// What they may act as.
    pub roles: &'static [Role],
}

/// Everybody: first in the order of the story of Bella, then of the other stories.
pub const PERSONAS: &[Persona] = &[
    persona("noor", "utrecht", &[Role::Raiser, Role::CaseDirector]),
    persona("petra", "utrecht", &[Role::ProcessDirector]),
    persona("anna", "utrecht", &[Role::Administrator]),
    persona("sem", "svb", &[Role::AgencyLiaison]),
    persona("ine", "svb", &[Role::Administrator]),
    persona("tara", "tax-office", &[Role::AgencyLiaison]),
    persona("bas", "tax-office", &[Role::Administrator]),
    persona(
        "koen",
        "spirit",
        &[Role::CareProfessional, Role::AgencyLiaison],
    ),
    persona("roos", "spirit", &[Role::Administrator]),
    persona("dirk", "national-desk", &[Role::NationalAdviser]),
    persona("lotte", "national-desk", &[Role::NationalAdviser]),
    persona("lena", "national-table", &[Role::TableMember]),
    persona("hanna", "national-table", &[Role::Analyst]),
    persona("fatma", "utrecht", &[Role::PrivacyOfficer]),
    persona("olga", "doorbraak", &[Role::Operator]),
    persona("bella", "utrecht", &[Role::Citizen]),
    // Willem: his coach, and who decides on his benefit.
    persona("joost", "utrecht", &[Role::Raiser]),
    persona("ilse", "utrecht", &[Role::CaseDirector]),
    // Aïsha: the housing association.
    persona("mina", "woonstichting", &[Role::AgencyLiaison]),
    // The assistance dog: a municipality and an insurer that share a fund.
    persona("sietske", "leeuwarden", &[Role::Raiser, Role::CaseDirector]),
    persona("jelle", "leeuwarden", &[Role::ProcessDirector]),
    persona("wiebe", "leeuwarden", &[Role::Administrator]),
    persona("douwe", "de-friesland", &[Role::FundHolder]),
    persona("tjitske", "de-friesland", &[Role::Administrator]),
    // Twenty youths: their social worker.
    persona("youssef", "utrecht", &[Role::Raiser, Role::CaseDirector]),
];

const fn persona(name: &'static str, party: &'static str, roles: &'static [Role]) -> Persona {
    Persona { name, party, roles }
}

/// The persona of this name.
pub fn find(name: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.name == name)
}
