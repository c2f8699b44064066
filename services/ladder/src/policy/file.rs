//! `deploy/ladder.toml`: its form, and what is refused.

use serde::Deserialize;

use super::{Body, Ladder, Rung, Terms, Thresholds};
use crate::place::{
    Malformed,
    Step::{self, Key, Nth},
    line_of,
};
use crate::{Organisation, RungId, Term};

/// Why a ladder file is no ladder: the line, what is wrong, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    /// The file is not valid TOML of the expected form.
    #[error("ladder.toml, line {line}: {problem}")]
    Form {
        /// Where, from 1.
        line: usize,
        /// What the reader of the file says.
        problem: String,
    },
    /// What it says cannot be.
    #[error("ladder.toml, line {line}: {fault}")]
    Fault {
        /// Where, from 1.
        line: usize,
        /// What.
        fault: LadderFault,
    },
}

/// What a ladder cannot say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LadderFault {
    /// There is nothing to stand on.
    #[error("the ladder has no rungs; write at least one [[rung]]")]
    NoRungs,
    /// Every case starts with its owner.
    #[error("rung {0} is the first and every case starts there; write body = \"owner\"")]
    FirstNotOwners(RungId),
    /// An id that other files cannot name.
    #[error("'{0}' is no id of a rung; write 1 to 80 of a-z, A-Z, 0-9, _ and -")]
    NotAnId(String),
    /// An organisation that cannot be one.
    #[error("rung {0} names '{1}', which is no organisation; write its OIN of 20 digits")]
    NotAnOrganisation(RungId, String),
    /// One id for two rungs.
    #[error("rung {0} stands twice; give one of the two another id")]
    Twice(RungId),
    /// A rung lower than the one below it.
    #[error("rung {0} goes down a tier; move it up in the file, or write tier = \"{1}\" or higher")]
    DownATier(RungId, &'static str),
    /// A rung that nobody can be admitted to.
    #[error("rung {0} has no admission; write who admits: admission = {{ role = \"...\" }}")]
    NoAdmission(RungId),
    /// A rung where nobody has to answer.
    #[error("rung {0} has no answer; write a term: answer = \"5wd\"")]
    NoAnswer(RungId),
    /// A warning that comes when the review is still to come.
    #[error("rung {0} warns after {1}, before its review after {2}; write a longer `warn`")]
    WarnBeforeReview(RungId, Term, Term),
    /// A meeting of nobody.
    #[error("rung {0} has a quorum of 0; write 1 or more, or leave it out")]
    NoQuorum(RungId),
    /// A number that would make every case count, or none.
    #[error("`{0}` is 0; write 1 or more")]
    Zero(&'static str),
    /// A decision is always looked back on.
    #[error("there is no check in aftercare; write at least one: aftercare_checks = [\"30d\"]")]
    NoChecks,
    /// Checks are told in order.
    #[error("the check after {0} comes before the one above it; write them from early to late")]
    ChecksOutOfOrder(Term),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LadderFile {
    #[serde(default)]
    terms: Terms,
    #[serde(default)]
    thresholds: Thresholds,
    #[serde(default)]
    raising: Raising,
    #[serde(default)]
    rung: Vec<Rung>,
}

/// What raising a case asks, and when.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raising {
    #[serde(default)]
    before_first_escalation: Vec<String>,
}

/// A fault and the path to it.
type Found = (LadderFault, Vec<Step>);

impl Ladder {
    /// Reads `deploy/ladder.toml`. What a rung above the first leaves out is filled in:
    /// `acknowledge` with `answer`, `review` with `progress_review` of the terms.
    ///
    /// # Errors
    /// [`LadderError`] when the text is not such a file, or a rung is missing what it needs, stands
    /// twice or goes down a tier: with the line and a remedy.
    pub fn from_toml(text: &str) -> Result<Self, LadderError> {
        let file: LadderFile = toml::from_str(text).map_err(|error| {
            let Malformed { line, problem } = Malformed::of(text, &error);
            LadderError::Form { line, problem }
        })?;
        check(&file).map_err(|(fault, path)| LadderError::Fault {
            line: line_of(text, &path),
            fault,
        })?;
        let mut rungs = file.rung;
        for rung in rungs.iter_mut().skip(1) {
            rung.acknowledge = rung.acknowledge.or(rung.answer);
            rung.review = rung.review.or(Some(file.terms.progress_review));
        }
        Ok(Self {
            rungs,
            terms: file.terms,
            thresholds: file.thresholds,
            raising: file.raising.before_first_escalation,
        })
    }
}

fn check(file: &LadderFile) -> Result<(), Found> {
    let Some(first) = file.rung.first() else {
        return Err((LadderFault::NoRungs, Vec::new()));
    };
    for index in 0..file.rung.len() {
        check_rung(file, index).map_err(|(fault, key)| {
            let path = [Key("rung"), Nth(index), Key(key)];
            (fault, path.to_vec())
        })?;
    }
    if !matches!(first.body, Body::Owner) {
        let fault = LadderFault::FirstNotOwners(first.id.clone());
        return Err((fault, vec![Key("rung"), Nth(0), Key("body")]));
    }
    let zero = file.thresholds.named().into_iter().find(|(_, n)| *n == 0);
    if let Some((name, _)) = zero {
        return Err((LadderFault::Zero(name), vec![Key("thresholds"), Key(name)]));
    }
    check_aftercare(&file.terms.aftercare_checks)
}

fn check_aftercare(checks: &[Term]) -> Result<(), Found> {
    let list = || vec![Key("terms"), Key("aftercare_checks")];
    if checks.is_empty() {
        return Err((LadderFault::NoChecks, list()));
    }
    for (index, pair) in checks.windows(2).enumerate() {
        if let [before, after] = pair
            && (after == before || after.is_shorter_than(*before))
        {
            let path = [list(), vec![Nth(index + 1)]].concat();
            return Err((LadderFault::ChecksOutOfOrder(*after), path));
        }
    }
    Ok(())
}

/// The fault of one rung and the key it is about.
fn check_rung(file: &LadderFile, index: usize) -> Result<(), (LadderFault, &'static str)> {
    let (below, rung) = (&file.rung[..index], &file.rung[index]);
    let id = || rung.id.clone();
    if RungId::parse(rung.id.as_str()).is_err() {
        let shown = rung.id.as_str().chars().take(40).collect();
        return Err((LadderFault::NotAnId(shown), "id"));
    }
    if below.iter().any(|other| other.id == rung.id) {
        return Err((LadderFault::Twice(id()), "id"));
    }
    if let Some(lower) = below.last().filter(|lower| rung.tier < lower.tier) {
        return Err((LadderFault::DownATier(id(), lower.tier.as_str()), "tier"));
    }
    for (organisation, key) in rung.organisations() {
        if Organisation::parse(organisation.as_str()).is_err() {
            let shown = organisation.as_str().chars().take(40).collect();
            return Err((LadderFault::NotAnOrganisation(id(), shown), key));
        }
    }
    if index > 0 && rung.admission.is_none() {
        return Err((LadderFault::NoAdmission(id()), "admission"));
    }
    if index > 0 && rung.answer.is_none() {
        return Err((LadderFault::NoAnswer(id()), "answer"));
    }
    if rung.quorum == Some(0) {
        return Err((LadderFault::NoQuorum(id()), "quorum"));
    }
    let review = rung.review.unwrap_or(file.terms.progress_review);
    match rung.warn {
        Some(warn) if warn == review || warn.is_shorter_than(review) => {
            Err((LadderFault::WarnBeforeReview(id(), warn, review), "warn"))
        }
        _ => Ok(()),
    }
}
