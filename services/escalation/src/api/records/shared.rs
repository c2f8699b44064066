//! To whom a fact was disclosed: by category, on the grounds that its source recorded.

use chassis::problem::Problem;
use ladder::catalogue::DataCategory;
use ladder::event;

use super::{content, records};
use crate::api::{Platform, parties};

/// The grounds for sharing of one case.
pub(super) struct Shared {
    grounds: Vec<event::LegalBasisRecorded>,
}

impl Shared {
    /// Those of this case.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub(super) async fn of(platform: &Platform, case: &str) -> Result<Self, Problem> {
        let rows = records(platform, case, "legal-bases").await?;
        Ok(Self {
            grounds: rows.into_iter().map(content).collect::<Result<_, _>>()?,
        })
    }

    /// To whom a fact was disclosed: a ground of its source covers its category; where the ground
    /// opens that only under one's own law, the receiver carries out the law under which the fact
    /// is known (domain, section e1; scenario 3: the landlord sees who it is about and not the
    /// income).
    pub(super) fn receivers(
        &self,
        platform: &Platform,
        fact: &event::FactReported,
        category: DataCategory,
    ) -> Vec<String> {
        self.grounds
            .iter()
            .filter(|ground| ground.source == fact.source && ground.categories.contains(&category))
            .map(|ground| (ground, ground.receiver.to_string()))
            .filter(|(ground, receiver)| {
                !ground.own_law.contains(&category)
                    || parties::carries_out(platform, receiver, &fact.law)
            })
            .map(|(_, receiver)| receiver)
            .collect()
    }
}
