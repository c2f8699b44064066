use ladder::{Case, Event, HandoffKind, Organisation, OwnershipMode};

use super::{Evolve, Recorded, Verdict, ensure};

/// Exactly one owner at every position; another one only by `owner.changed`, right after an
/// ownership handoff was accepted in the mode "team takes over".
pub(crate) fn one_owner(log: &[Recorded], evolve: Evolve) -> Verdict {
    let first = log.first().map(|(event, _)| event);
    let begins = matches!(
        first,
        None | Some(Event::Reported(_) | Event::DraftSaved(_))
    );
    ensure(begins, || "the log does not begin with a report".into())?;
    let mut case = Case::Absent;
    let mut last = None;
    for (position, (event, at)) in log.iter().enumerate() {
        let wrong = |why: String| format!("position {position}: {why}");
        if let Event::Reported(again) = event {
            let known = case.owner().is_none_or(|owner| *owner == again.owner);
            ensure(known, || wrong(format!("a second owner, {}", again.owner)))?;
        }
        let next = evolve(case.clone(), event, *at);
        let (before, after) = (case.owner(), next.owner());
        match event {
            Event::OwnerChanged(change) => {
                let moved = before == Some(&change.from) && after == Some(&change.to);
                ensure(moved, || wrong(format!("{before:?} became {after:?}")))?;
                let right = is_taken_over(&case, last, change);
                ensure(right, || wrong("nobody took over".into()))?;
            }
            Event::DraftDiscarded(_) => ensure(after.is_none(), || {
                wrong("a draft that was thrown away has an owner".into())
            })?,
            _ => {
                let same = before.is_none() || before == after;
                ensure(after.is_some() && same, || {
                    wrong(format!("owned by {after:?} after {}", event.kind()))
                })?;
            }
        }
        case = next;
        last = Some(event);
    }
    Ok(())
}

/// What comes back moves the owner back, whatever the mode has become since.
fn is_taken_over(case: &Case, last: Option<&Event>, change: &ladder::event::OwnerChanged) -> bool {
    let Some(file) = case.file() else {
        return false;
    };
    let handoff = file.handoffs.get(&change.handoff);
    let accepted = |by: &Organisation| matches!(last, Some(Event::HandoffAccepted(it)) if it.handoff == change.handoff && it.by == *by);
    let team = file.ownership_mode == OwnershipMode::TeamTakesOver;
    handoff.is_some_and(|it| {
        it.kind == HandoffKind::Ownership && (team || it.returns.is_some()) && accepted(&it.to)
    })
}
