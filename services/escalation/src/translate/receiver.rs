//! Which organisation an offered handoff reaches, and whom there.

use chassis::parties::{Parties, Party};
use ladder::ContactId;
use proto::event;

use super::TranslateError;

/// Whom an offered handoff reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    /// The region of the case: where several organisations carry out a law, it singles one out.
    pub region: Option<String>,
    /// The person in the receiver's register, when it knows one.
    pub contact: Option<ContactId>,
}

/// The named receiver, or the one organisation that carries out the law or theme: in the region
/// of the case, when there are several.
///
/// # Errors
/// [`TranslateError::UnknownReceiver`] or [`TranslateError::NoSingleReceiver`].
pub(crate) fn receiver<'a>(
    offer: &event::HandoffOffered,
    parties: &'a Parties,
    region: Option<&str>,
) -> Result<&'a Party, TranslateError> {
    if let Some(oin) = &offer.to {
        return parties
            .get(oin)
            .ok_or_else(|| TranslateError::UnknownReceiver(oin.clone()));
    }
    let sought = offer
        .law
        .as_deref()
        .or(offer.theme.as_deref())
        .unwrap_or_default();
    carries_out(parties, sought, region)
        .ok_or_else(|| TranslateError::NoSingleReceiver(sought.to_owned()))
}

/// The one organisation that carries out a law or theme: in this region, when there are several.
pub(crate) fn carries_out<'a>(
    parties: &'a Parties,
    sought: &str,
    region: Option<&str>,
) -> Option<&'a Party> {
    let carries_out = |party: &&Party| {
        party
            .laws
            .iter()
            .chain(&party.themes)
            .any(|law_or_theme| law_or_theme == sought)
    };
    let found: Vec<&Party> = parties.iter().filter(carries_out).collect();
    let there: Vec<&Party> = found
        .iter()
        .copied()
        .filter(|party| region.is_some_and(|region| works_in(party, region)))
        .collect();
    match (found.as_slice(), there.as_slice()) {
        ([one], _) | (_, [one]) => Some(one),
        _ => None,
    }
}

/// Whether an organisation lies in a region, or works for it.
fn works_in(party: &Party, region: &str) -> bool {
    party
        .region
        .iter()
        .chain(&party.regions)
        .any(|own| own == region)
}
