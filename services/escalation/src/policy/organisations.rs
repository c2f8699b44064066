//! What the organisations are, as far as the rules ask.

use std::collections::BTreeMap;

use chassis::parties::{Parties, PartyKind};
use ladder::Organisation;
use ladder::catalogue::OrganisationKind;
use ladder::sharing::Profile;

/// What each organisation is, as the party files say.
pub fn profiles(parties: &Parties) -> BTreeMap<Organisation, Profile> {
    parties
        .iter()
        .filter_map(|party| {
            let organisation = Organisation::parse(party.oin.as_str()).ok()?;
            let profile = Profile {
                kind: kind(party.kind),
                laws: party.laws.iter().cloned().collect(),
                may_use_bsn: party.may_use_bsn.is_some(),
            };
            Some((organisation, profile))
        })
        .collect()
}

fn kind(kind: PartyKind) -> OrganisationKind {
    match kind {
        PartyKind::Municipality => OrganisationKind::Municipality,
        PartyKind::BenefitsAgency => OrganisationKind::BenefitsAgency,
        PartyKind::TaxOffice => OrganisationKind::TaxOffice,
        PartyKind::CareProvider => OrganisationKind::CareProvider,
        PartyKind::Insurer => OrganisationKind::Insurer,
        PartyKind::HousingAssociation => OrganisationKind::HousingAssociation,
        PartyKind::Ministry => OrganisationKind::Ministry,
        PartyKind::RegionalBody => OrganisationKind::RegionalBody,
        PartyKind::NationalBody => OrganisationKind::NationalBody,
        PartyKind::Platform => OrganisationKind::Platform,
    }
}
