//! What other policy files would mean for the deadlines that are open now. Reading only: a new
//! ladder or calendar moves no deadline that was set.

use std::collections::BTreeMap;

use journal::{Db, JournalError};
use ladder::policy_change::{self, PolicyChange};
use ladder::{EventError, Rules};

use crate::aggregate::{Subject, event};
use crate::views;

/// Why the open deadlines cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The database did not answer.
    #[error("the database: {0}")]
    Journal(#[from] JournalError),
    /// An event in the log cannot be read by this release.
    #[error(transparent)]
    Event(#[from] EventError),
}

/// Compares the rules in force with others, over every case that has an open deadline.
///
/// # Errors
/// [`ChangeError`].
pub async fn change(db: &Db, now: &Rules, then: &Rules) -> Result<PolicyChange, ChangeError> {
    let mut open = Vec::new();
    for subject in views::subjects_with_deadlines(db).await? {
        let Subject::Case(case) = &subject else {
            continue;
        };
        let mut history = Vec::new();
        for stored in db.read_stream(&subject.to_string()).await? {
            history.push((event::<ladder::Event>(&stored)?, stored.at));
        }
        let told = history.iter().map(|(event, at)| (event, *at));
        open.extend(policy_change::open(case.as_str(), told, &now.closures));
    }
    Ok(policy_change::compare(now, then, &open))
}

/// The change in words, one line each.
pub fn in_words(change: &PolicyChange) -> Vec<String> {
    let mut lines: Vec<String> = change.ladder.iter().map(ToString::to_string).collect();
    for deadline in &change.deadlines {
        let would_be = deadline.would_be.map_or_else(
            || "would not exist".to_owned(),
            |at| format!("would fall due at {at}"),
        );
        lines.push(format!(
            "{} falls due at {} and stays there; set today it {would_be}",
            deadline.what, deadline.due
        ));
    }
    if lines.is_empty() {
        lines.push("nothing changes".to_owned());
    }
    lines
}

/// Which organisations are closed when, as the party files say.
pub fn closures(
    parties: &chassis::parties::Parties,
) -> BTreeMap<ladder::Organisation, ladder::Closures> {
    parties
        .iter()
        .filter(|party| !party.closure_days.is_empty())
        .filter_map(|party| {
            let organisation = ladder::Organisation::parse(party.oin.as_str()).ok()?;
            Some((organisation, party.closure_days.iter().copied().collect()))
        })
        .collect()
}
