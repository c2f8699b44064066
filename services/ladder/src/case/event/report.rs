//! What was told about a case.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::catalogue::{DataCategory, SharingPurpose};
use crate::recorded::payloads;
use crate::{
    BlockType, CaseId, DisclosureId, HandoffId, Organisation, OwnershipMode, Person, RungId,
    Sealed, Tier, TriedProvision,
};

payloads! {
    /// A case was reported.
    Reported {
        /// The id that the platform gave it.
        case: CaseId,
        /// Who reported it and owns it.
        owner: Organisation,
        /// The owner's own reference: sealed, for it may name somebody.
        own_reference: Sealed,
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
        /// Organisations already involved, as the raiser names them: sealed, for a practice may
        /// bear a person's name.
        parties_involved: Vec<Sealed>,
        /// Why they were not asked.
        no_words_reason: Option<Sealed>,
        /// How the citizen sees the situation now.
        perspective: Option<Sealed>,
        /// Provisions already tried.
        tried_provisions: Vec<Sealed>,
        /// Provisions of the catalogue that were tried, with the result.
        provisions: Vec<TriedProvision>,
        /// Why none was tried.
        no_provision_reason: Option<Sealed>,
        /// Theme.
        theme: String,
        /// Region.
        region: String,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// A ground for sharing with one receiver was recorded. Version 1 had source, receiver and id
    /// only, and opened every category that the policies open; of income what the receiver's own
    /// law knows. The defaults say so.
    LegalBasisRecorded {
        /// Who shares.
        source: Organisation,
        /// With whom.
        receiver: Organisation,
        /// On what ground, by its id in the catalogue.
        legal_basis: String,
        /// What it opens to the receiver.
        #[serde(default = "every_category")]
        categories: BTreeSet<DataCategory>,
        /// Of these, what it opens only under a law that the receiver carries out.
        #[serde(default = "income")]
        own_law: BTreeSet<DataCategory>,
        /// What for; not recorded in version 1.
        #[serde(default)]
        purpose: Option<SharingPurpose>,
        /// Whether it rests on what a person agreed to, and falls with that.
        #[serde(default)]
        consent: bool,
        /// Whether the catalogue did not list that id: then nobody checked it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unlisted: bool,
        /// The disclosure, when it was checked and answered for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disclosure: Option<DisclosureId>,
        /// Why it is necessary, proportionate, and the least that does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<SharingAnswers>,
        /// The disclosure whose answers were used again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<DisclosureId>,
    }
    /// The three short answers that go with a disclosure (domain, section e3: noodzaak,
    /// proportionaliteit, subsidiariteit).
    SharingAnswers {
        /// Why the purpose cannot be reached without it.
        necessity: Sealed,
        /// Why it weighs up to what it means for the people concerned.
        proportionality: Sealed,
        /// Why less does not do.
        subsidiarity: Sealed,
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
        /// Whether the catalogue did not list that ground.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unlisted: bool,
    }
    /// What blocks was recorded.
    BlockRecorded {
        /// The kind of block.
        block: BlockType,
        /// The rules in collision.
        rules: Vec<String>,
        /// Why it blocks.
        explanation: Sealed,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// How the citizen sees the situation was recorded.
    PerspectiveRecorded {
        /// In the citizen's words, or close to them.
        text: Sealed,
    }
    /// It was chosen who owns the case when an ownership handoff is accepted.
    OwnershipModeChosen {
        /// The mode.
        mode: OwnershipMode,
    }
    /// The case got another owner.
    OwnerChanged {
        /// Who owned it.
        from: Organisation,
        /// Who owns it now.
        to: Organisation,
        /// By which handoff.
        handoff: HandoffId,
    }
    /// A story that is not shared yet was kept.
    DraftSaved {
        /// The id that the platform gave it.
        case: CaseId,
        /// Whose draft it is.
        owner: Organisation,
        /// Everything written so far.
        content: Sealed,
        /// When its writer is reminded of it.
        remind_at: Timestamp,
    }
    /// A draft has been lying for its whole term.
    DraftReminded {
        /// When its writer is reminded again.
        remind_at: Timestamp,
    }
    /// A draft was thrown away.
    DraftDiscarded {
    }
}

fn every_category() -> BTreeSet<DataCategory> {
    DataCategory::ALL.iter().copied().collect()
}

fn income() -> BTreeSet<DataCategory> {
    BTreeSet::from([DataCategory::Finance])
}
