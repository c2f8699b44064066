use std::collections::BTreeSet;

use crate::catalogue::{DataCategory, SharingPurpose};
use crate::{
    BlockType, CaseId, DisclosureId, Organisation, OwnershipMode, Person, Sealed, TriedProvision,
};

/// See [`Command::SaveDraft`](crate::Command::SaveDraft).
#[derive(Debug, Clone)]
pub struct SaveDraft {
    /// The id that the platform gives it.
    pub case: CaseId,
    /// The organisation whose draft it is.
    pub owner: Organisation,
    /// Everything written so far.
    pub content: Sealed,
}

/// See [`Command::Report`](crate::Command::Report).
#[derive(Debug, Clone)]
pub struct Report {
    /// The id that the platform gives it.
    pub case: CaseId,
    /// The organisation that reports it, and so owns it.
    pub owner: Organisation,
    /// The owner's own reference: sealed, for it may name somebody.
    pub own_reference: Sealed,
    /// What is going on, in the raiser's words.
    pub story: Sealed,
    /// What the citizen and the raiser want to reach.
    pub desired_outcome: Sealed,
    /// The citizen's own words, when they were asked.
    pub citizens_words: Option<Sealed>,
    /// Why they were not, when they were not.
    pub no_words_reason: Option<Sealed>,
    /// How the citizen sees the situation now.
    pub perspective: Option<Sealed>,
    /// The life domains it touches.
    pub life_domains: Vec<String>,
    /// The people it is about.
    pub persons: Vec<Person>,
    /// Organisations already involved, as the raiser names them.
    pub parties_involved: Vec<Sealed>,
    /// Provisions already tried.
    pub tried_provisions: Vec<Sealed>,
    /// Provisions of the catalogue that were tried, with the result.
    pub provisions: Vec<TriedProvision>,
    /// Why none was tried, when none was.
    pub no_provision_reason: Option<Sealed>,
    /// Its theme.
    pub theme: String,
    /// Its region.
    pub region: String,
}

/// See [`Command::ReportFact`](crate::Command::ReportFact).
#[derive(Debug, Clone)]
pub struct ReportFact {
    /// Who knows it.
    pub source: Organisation,
    /// The data category (a column of the matrix).
    pub category: String,
    /// The law it follows from.
    pub law: String,
    /// The rule, when it is in the catalogue.
    pub rule: Option<String>,
    /// What is the case.
    pub summary: Sealed,
    /// Since when.
    pub since: String,
    /// On what ground it is shared.
    pub legal_basis: String,
}

/// See [`Command::RecordBlock`](crate::Command::RecordBlock).
#[derive(Debug, Clone)]
pub struct RecordBlock {
    /// What kind of block.
    pub kind: BlockType,
    /// The rules in collision, if any.
    pub rules: Vec<String>,
    /// Why it blocks.
    pub explanation: Sealed,
}

/// See [`Command::RecordPerspective`](crate::Command::RecordPerspective).
#[derive(Debug, Clone)]
pub struct RecordPerspective {
    /// In the citizen's words, or close to them.
    pub text: Sealed,
}

/// See [`Command::RecordLegalBasis`](crate::Command::RecordLegalBasis).
#[derive(Debug, Clone)]
pub struct RecordLegalBasis {
    /// Who shares.
    pub source: Organisation,
    /// With whom.
    pub receiver: Organisation,
    /// On what ground.
    pub legal_basis: String,
}

/// See [`Command::Disclose`](crate::Command::Disclose).
#[derive(Debug, Clone)]
pub struct Disclose {
    /// Its id.
    pub disclosure: DisclosureId,
    /// Who shares.
    pub source: Organisation,
    /// With whom.
    pub receiver: Organisation,
    /// What.
    pub categories: BTreeSet<DataCategory>,
    /// What for.
    pub purpose: SharingPurpose,
    /// On what ground, by its id in the catalogue.
    pub legal_basis: String,
    /// Why the purpose cannot be reached without it.
    pub necessity: Option<Sealed>,
    /// Why it weighs up to what it means for the people concerned.
    pub proportionality: Option<Sealed>,
    /// Why less does not do.
    pub subsidiarity: Option<Sealed>,
    /// The disclosure whose answers these are, when they are used again.
    pub template: Option<DisclosureId>,
}

/// See [`Command::ChooseOwnershipMode`](crate::Command::ChooseOwnershipMode).
#[derive(Debug, Clone)]
pub struct ChooseOwnershipMode {
    /// The mode.
    pub mode: OwnershipMode,
}
