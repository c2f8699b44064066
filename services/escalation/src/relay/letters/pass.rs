//! Who is told of a pass that was taken in an emergency: at once, for the privacy officer, in the
//! organisation of who took it and in the one that owns the case.

use std::collections::BTreeSet;

use journal::StoredEvent;
use ladder::pass::{Event, PassIssued as Issued, PassKind, PassRules};
use ladder::{Organisation, Rules};
use proto::ToParty;
use proto::event::{PassIssued, PassReviewOverdue};

use super::content::oin;
use super::hearers::once;
use super::{Letter, LetterError, Letters};
use crate::aggregate::{self, Folded, Subject};

impl Letters<'_> {
    /// The letters that follow from one event of a pass.
    pub(super) async fn of_pass(&self, stored: &StoredEvent) -> Result<Vec<Letter>, LetterError> {
        let event: Event = aggregate::event(stored)?;
        let told: ToParty = match &event {
            Event::PassIssued(issued) if issued.pass_kind == PassKind::Emergency => {
                issued_in_emergency(issued)?.into()
            }
            Event::ReviewOverdue(overdue) => PassReviewOverdue {
                pass: stored_id(stored),
                review_by: overdue.review_by,
            }
            .into(),
            Event::PassIssued(_) | Event::PassEnded(_) | Event::PassReviewed(_) => {
                return Ok(Vec::new());
            }
        };
        let db = &self.ground.db;
        let pass = Folded::<PassRules>::of(&db.read_stream(&stored.stream).await?)?;
        let Some(held) = pass.state.held() else {
            return Ok(Vec::new());
        };
        let case = Subject::Case(held.case.clone()).to_string();
        let case = Folded::<Rules>::of(&db.read_stream(&case).await?)?;
        let owner = case.state.file().map(|file| &file.owner);
        let hearers: BTreeSet<&Organisation> = owner.into_iter().chain([&held.holder]).collect();
        self.addressed(&held.case, once(hearers, told))
    }
}

fn issued_in_emergency(issued: &Issued) -> Result<PassIssued, LetterError> {
    Ok(PassIssued {
        pass: issued.pass.to_string(),
        holder: oin(&issued.holder)?,
        categories: issued.categories.clone(),
        until: issued.until,
        review_by: issued.review_by.unwrap_or(issued.until),
    })
}

fn stored_id(stored: &StoredEvent) -> String {
    let id = stored.stream.split_once('/');
    id.map_or_else(String::new, |(_, id)| id.to_owned())
}
