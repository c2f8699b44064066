//! A shortage is nobody's own: when so many open cases of one theme and region are blocked by it
//! that it is a pattern, one signal goes to policy, and no case goes up the ladder for it (domain,
//! M8 and scenario 5).

use std::collections::BTreeSet;

use journal::{CauseKey, StoredEvent};
use ladder::signal::{AddCases, Command, Raise, SignalKind};
use ladder::{BlockType, CaseId, Event, Organisation, SignalId};

use super::{ReactError, Reactor};
use crate::aggregate;
use crate::execute::Work;
use crate::relay::letter_id;
use crate::views;

/// The sender of the causes.
const SENDER: &str = "shortage";

/// Counts the cases of a theme and region after one more was blocked. While a signal is open it
/// grows; there is never a second one beside it.
pub(super) async fn count(
    reactor: &Reactor,
    case: &CaseId,
    stored: &StoredEvent,
) -> Result<(), ReactError> {
    let Event::BlockRecorded(block) = aggregate::event(stored)? else {
        return Ok(());
    };
    if block.block != BlockType::Scarcity {
        return Ok(());
    }
    let db = &reactor.ground.db;
    let (Some(row), Some(actor)) = (
        views::find_case(db, case.as_str()).await?,
        reactor.who_acted(stored),
    ) else {
        return Ok(());
    };
    let (theme, region) = (row.theme.as_str(), row.region.as_str());
    let ids = views::shortages(db, theme, region).await?;
    let cases: BTreeSet<CaseId> = ids
        .iter()
        .map(|id| CaseId::parse(id))
        .collect::<Result<_, _>>()?;
    let kind = SignalKind::Scarcity.as_str();
    let open = views::open_of_pattern(db, kind, theme, region).await?;
    let threshold = reactor.ground.rules.ladder.thresholds.scarcity_pattern;
    let (work, word) = match open {
        Some(signal) => {
            let command = Command::AddCases(AddCases { cases });
            (Work::noticed(&SignalId::parse(&signal)?, command), "grow")
        }
        None if cases.len() >= usize::try_from(threshold).unwrap_or(usize::MAX) => {
            // Whoever comes to this at the same time gives it the same id, so only one is raised.
            let ended = views::ended_of_pattern(db, kind, theme, region).await?;
            let signal = signal_id(theme, region, ended)?;
            let command = Command::Raise(Box::new(Raise {
                signal: signal.clone(),
                kind: SignalKind::Scarcity,
                theme: theme.to_owned(),
                region: Some(region.to_owned()),
                rule: block.rules.first().cloned(),
                target: None,
                often: None,
                suggested: None,
                cases,
                by: Organisation::parse(stored.actor["organisation"].as_str().unwrap_or_default())?,
                text: None,
            }));
            (Work::noticed(&signal, command), "raise")
        }
        None => return Ok(()),
    };
    let cause = CauseKey::new(SENDER, format!("{}/{word}", stored.id));
    reactor.give(actor, cause, work).await
}

fn signal_id(theme: &str, region: &str, ended: i64) -> Result<SignalId, ReactError> {
    let id = letter_id(&[
        b"shortage",
        theme.as_bytes(),
        region.as_bytes(),
        ended.to_string().as_bytes(),
    ]);
    Ok(SignalId::parse(&id.to_string())?)
}
