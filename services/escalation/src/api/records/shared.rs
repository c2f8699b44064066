//! To whom a fact was disclosed: by category, on the grounds that its source recorded.

use chassis::problem::Problem;
use ladder::catalogue::{DataCategory, LegalBasis};
use ladder::sharing::Consents;
use ladder::{Organisation, event};

use super::{content, records};
use crate::api::{Platform, parties};

/// The grounds for sharing of one case, and what its people took back.
pub(super) struct Shared {
    consents: Consents,
    grounds: Vec<event::LegalBasisRecorded>,
}

impl Shared {
    /// Those of this case.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub(super) async fn of(platform: &Platform, case: &str) -> Result<Self, Problem> {
        let rows = records(platform, case, "legal-bases").await?;
        let mut consents = Consents::default();
        for row in records(platform, case, "consents").await? {
            match row.kind.as_str() {
                "consent.given" => consents.given(&content(row)?),
                _ => consents.withdrawn(&content(row)?),
            }
        }
        Ok(Self {
            consents,
            grounds: rows.into_iter().map(content).collect::<Result<_, _>>()?,
        })
    }

    /// To whom what `source` knows under a law was disclosed: a ground of it covers the category; where the ground
    /// opens that only under one's own law, the receiver carries out the law under which the fact
    /// is known (domain, section e1; scenario 3: the landlord sees who it is about and not the
    /// income).
    pub(super) fn receivers(
        &self,
        platform: &Platform,
        source: &Organisation,
        law: &str,
        category: DataCategory,
    ) -> Vec<String> {
        self.grounds
            .iter()
            .filter(|ground| ground.source == *source && ground.categories.contains(&category))
            .map(|ground| (ground, ground.receiver.to_string()))
            .filter(|(ground, receiver)| {
                !ground.own_law.contains(&category) || parties::carries_out(platform, receiver, law)
            })
            .filter(|(ground, _)| {
                !ground.consent || !self.consents.close(category, &ground.receiver)
            })
            .map(|(_, receiver)| receiver)
            .collect()
    }

    /// Whether a fact is closed to a reader because it was told on a consent that was taken back.
    /// Whoever told it goes on seeing it: the consent was about sharing.
    pub(super) fn closed(
        &self,
        platform: &Platform,
        fact: &event::FactReported,
        (category, reader): (DataCategory, &Organisation),
    ) -> bool {
        let basis = platform.ground.rules.legal_bases.get(&fact.legal_basis);
        basis.is_some_and(LegalBasis::is_consent)
            && fact.source != *reader
            && self.consents.close(category, reader)
    }
}
