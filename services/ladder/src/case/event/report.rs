//! What was told about a case.

use crate::recorded::payloads;
use crate::{BlockType, CaseId, Organisation, Person, RungId, Sealed, Tier};

payloads! {
    /// A case was reported.
    Reported {
        /// The id that the platform gave it.
        case: CaseId,
        /// Who reported it and owns it.
        owner: Organisation,
        /// The owner's own reference.
        own_reference: String,
        /// The rung where it starts.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// What is going on.
        story: Sealed,
        /// What should be reached.
        desired_outcome: Sealed,
        /// The citizen's own words.
        citizens_words: Option<Sealed>,
        /// Life domains.
        life_domains: Vec<String>,
        /// The people it is about.
        persons: Vec<Person>,
        /// Organisations already involved.
        parties_involved: Vec<String>,
        /// Provisions already tried.
        tried_provisions: Vec<Sealed>,
        /// Theme.
        theme: String,
        /// Region.
        region: String,
    }
    /// A ground for sharing with one receiver was recorded.
    LegalBasisRecorded {
        /// Who shares.
        source: Organisation,
        /// With whom.
        receiver: Organisation,
        /// On what ground.
        legal_basis: String,
    }
    /// An organisation reported a fact.
    FactReported {
        /// Who knows it.
        source: Organisation,
        /// Data category.
        category: String,
        /// Law.
        law: String,
        /// Rule in the catalogue.
        rule: Option<String>,
        /// What is the case.
        summary: Sealed,
        /// Since when.
        since: String,
        /// On what ground it was shared.
        legal_basis: String,
    }
    /// What blocks was recorded.
    BlockRecorded {
        /// The kind of block.
        block: BlockType,
        /// The rules in collision.
        rules: Vec<String>,
        /// Why it blocks.
        explanation: Sealed,
    }
}
