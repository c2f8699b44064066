use jiff::Timestamp;

use crate::event::{DraftDiscarded, DraftReminded, DraftSaved};
use crate::{Draft, Due, Event, Rules, SaveDraft};

pub(super) fn save(rules: &Rules, draft: SaveDraft, at: Timestamp) -> Vec<Event> {
    vec![Event::DraftSaved(DraftSaved {
        case: draft.case,
        owner: draft.owner,
        content: draft.content,
        remind_at: remind_at(rules, at),
    })]
}

pub(super) fn discard() -> Vec<Event> {
    vec![Event::DraftDiscarded(DraftDiscarded {})]
}

pub(super) fn lapse(rules: &Rules, draft: &Draft, due: &Due, now: Timestamp) -> Vec<Event> {
    if *due != Due::DraftReminder || draft.remind_at > now {
        return Vec::new();
    }
    vec![Event::DraftReminded(DraftReminded {
        remind_at: remind_at(rules, now),
    })]
}

fn remind_at(rules: &Rules, at: Timestamp) -> Timestamp {
    rules.calendar.after(at, rules.ladder.terms.draft_reminder)
}
