//! What a privacy officer oversees of the own organisation: what waits, what was shared, what is kept,
//! and who did what with whose data.

use askama::Template;
use jiff::Timestamp;

use super::deed::all_fields;
use crate::page::Deed;
use crate::{Field, Frame, Input};

/// A pass that somebody got, waiting for the officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassLine {
    /// Its id.
    pub id: String,
    /// Why it was issued, coded.
    pub kind: String,
    /// What the organisation calls the case.
    pub number: String,
    /// The page of the case.
    pub href: String,
    /// The person who has it, by the organisation's own reference.
    pub person: String,
    /// What it opens, coded.
    pub categories: Vec<String>,
    /// Why, in words.
    pub reason: String,
    /// When it was issued.
    pub at: Timestamp,
    /// Until when it opens something.
    pub until: Timestamp,
    /// Until when it has to be reviewed, when it has to.
    pub review_by: Option<Timestamp>,
    /// Reviewing it, or taking it away.
    pub deeds: Vec<Deed>,
}

/// A citizen who asked to see what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedToSee {
    /// What the organisation calls the case.
    pub number: String,
    /// The report.
    pub href: String,
    /// When it was asked.
    pub at: Timestamp,
    /// When it has to be answered.
    pub due: Timestamp,
    /// The name of who recorded it.
    pub by: String,
    /// Whether that day is past.
    pub overdue: bool,
}

/// How the log stands, as anybody can verify it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many events the log has.
    pub events: i64,
    /// How many of them stand in the tree.
    pub in_tree: i64,
    /// How many were signed last, and when.
    pub signed: Option<(i64, Timestamp)>,
    /// Whether the tree is still what was signed; none when nothing was.
    pub intact: Option<bool>,
    /// What was found of an event that the reader named: its place, and whether it is proved to stand
    /// in what was signed.
    pub proved: Option<(String, bool)>,
}

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "privacy.html")]
pub struct Privacy {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// Passes that have to be reviewed, the first term first, and then those that are open.
    pub passes: Vec<PassLine>,
    /// Requests for access, oldest first.
    pub requests: Vec<AskedToSee>,
    /// Whether there are more requests than stand here.
    pub more: bool,
    /// How the log stands.
    pub verified: Verified,
    /// Recording a request.
    pub deeds: Vec<Deed>,
    /// Asking for the proof of an event.
    pub proof: Vec<Deed>,
}

impl Privacy {
    fn wrong(&self) -> Vec<Field> {
        let passes = self.passes.iter().flat_map(|one| all_fields(&one.deeds));
        let deeds = all_fields(&self.deeds).into_iter();
        passes.chain(deeds).chain(all_fields(&self.proof)).collect()
    }

    fn reviews(&self) -> usize {
        let waiting = self.passes.iter().filter(|one| one.review_by.is_some());
        waiting.count()
    }

    fn here(&self) -> &'static str {
        "/privacy"
    }
}

/// Something that was shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedLine {
    /// What the organisation calls the case.
    pub number: String,
    /// Who sees what of it, and why.
    pub href: String,
    /// When.
    pub at: Timestamp,
    /// The name of who received it.
    pub receiver: String,
    /// The ground, by its title or its id.
    pub ground: String,
    /// Whether nobody checked that ground.
    pub unlisted: bool,
    /// What, coded.
    pub categories: Vec<String>,
    /// What for, coded.
    pub purpose: Option<String>,
}

/// What was shared.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "privacy_shared.html")]
pub struct PrivacyShared {
    /// What is around it.
    pub frame: Frame,
    /// The latest first.
    pub lines: Vec<SharedLine>,
    /// Whether there is more than is shown.
    pub more: bool,
}

impl PrivacyShared {
    fn here(&self) -> &'static str {
        "/privacy/gedeeld"
    }
}

/// What is still kept of a case that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    /// What the organisation calls the case.
    pub number: String,
    /// When it ended.
    pub ended: Timestamp,
    /// What is erased when: the category, coded, or none for the case as a whole; and whether that is
    /// past.
    pub ahead: Vec<(Option<String>, Timestamp, bool)>,
    /// Until when nothing is erased.
    pub held_until: Option<Timestamp>,
}

/// A line of the ledger of erasures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// What the organisation calls the case.
    pub number: String,
    /// What happened, as the kind of event.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// What of the case, coded.
    pub scope: Option<String>,
    /// Why, coded.
    pub ground: Option<String>,
    /// Until when, for what is held up.
    pub until: Option<Timestamp>,
    /// The certificate.
    pub certificate: Option<String>,
    /// Ending it before its time, for a hold that stands.
    pub lift: Option<Deed>,
}

/// What is kept, and what was erased.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "privacy_kept.html")]
pub struct PrivacyKept {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// What ends first first.
    pub kept: Vec<KeptLine>,
    /// The latest first.
    pub ledger: Vec<LedgerLine>,
    /// Whether more is kept than stands here.
    pub more: bool,
    /// Whether more was erased or held up than stands here.
    pub ledger_more: bool,
    /// Ordering an erasure, or holding one up.
    pub deeds: Vec<Deed>,
}

impl PrivacyKept {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }

    fn here(&self) -> &'static str {
        "/privacy/bewaren"
    }
}

/// Somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookLine {
    /// When.
    pub at: Timestamp,
    /// Who, by the organisation's own reference.
    pub person: String,
    /// In which role, coded; several are joined by `+`.
    pub role: String,
    /// What was done, as the API calls it.
    pub operation: String,
    /// `answered`, `denied` or `failed`.
    pub result: String,
    /// What for, coded.
    pub purpose: Option<String>,
    /// Categories of which something was shown, coded.
    pub shown: Vec<String>,
    /// Whether it was taken in an emergency.
    pub emergency: bool,
    /// What was looked at.
    pub objects: Vec<String>,
}

/// Something was done with the data of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessingLine {
    /// When.
    pub at: Timestamp,
    /// What was done, as the API calls it.
    pub operation: String,
    /// The entry of the register of processing activities.
    pub activity: String,
    /// Whether it was done.
    pub done: bool,
    /// The name of whom data went to.
    pub receiver: Option<String>,
}

/// The logs.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "privacy_log.html")]
pub struct PrivacyLog {
    /// What is around it.
    pub frame: Frame,
    /// Why nothing was looked for, when no field is to blame.
    pub refusal: Option<String>,
    /// Looking for something.
    pub deeds: Vec<Deed>,
    /// Whether this is what somebody looked for, and not the last week.
    pub searched: bool,
    /// Who looked, oldest first.
    pub looks: Vec<LookLine>,
    /// What was done with the data of the person who was named; none when nobody was.
    pub processings: Option<Vec<ProcessingLine>>,
    /// Whether there is more than is shown.
    pub more: bool,
}

impl PrivacyLog {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }

    fn here(&self) -> &'static str {
        "/privacy/logboek"
    }
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPart {
    /// What it is about.
    pub title: String,
    /// A word, and what it is.
    pub lines: Vec<(String, String)>,
}

/// A document: a certificate of erasure, or the report for a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "privacy_sheet.html")]
pub struct Sheet {
    /// What is around it.
    pub frame: Frame,
    /// What it is.
    pub title: String,
    /// What to know first.
    pub lead: String,
    /// Where it belongs.
    pub back: &'static str,
    /// Its parts.
    pub parts: Vec<SheetPart>,
}
