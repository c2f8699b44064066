//! Who is told of the meetings of a table: whoever is invited. What is asked of them in a case is told
//! in that case.

use std::collections::BTreeSet;

use journal::StoredEvent;
use ladder::meeting::event::OrganisationInvited;
use ladder::meeting::{Event, Meeting, MeetingRules, Table};
use ladder::{Decider, MeetingId, Organisation};
use proto::event::{MeetingCancelled, MeetingInvited, MeetingRescheduled, MinutesAdopted};

use super::content::oin;
use super::hearers::once;
use super::{Letter, LetterError, Letters, Told};
use crate::aggregate;

impl Letters<'_> {
    /// The letters that follow from one event of a meeting.
    pub(super) async fn of_meeting(
        &self,
        id: &MeetingId,
        stored: &StoredEvent,
    ) -> Result<Vec<Letter>, LetterError> {
        let event: Event = aggregate::event(stored)?;
        let heard = matches!(
            event,
            Event::OrganisationInvited(_)
                | Event::MeetingRescheduled(_)
                | Event::MeetingCancelled(_)
                | Event::MinutesAdopted(_)
        );
        if !heard {
            return Ok(Vec::new());
        }
        let (before, after) = self.around(stored).await?;
        let told = told(id, &event, before.table().or_else(|| after.table()), &after)?;
        Self::of_no_case(id.as_str(), told)
    }

    /// The meeting before an event, and after it.
    async fn around(&self, stored: &StoredEvent) -> Result<(Meeting, Meeting), LetterError> {
        let stream = self.ground.db.read_stream(&stored.stream).await?;
        let (mut before, mut after) = (Meeting::default(), Meeting::default());
        for row in stream
            .iter()
            .take_while(|row| row.version <= stored.version)
        {
            let past: Event = aggregate::event(row)?;
            before = after.clone();
            after = MeetingRules::evolve(after, &past, row.at);
        }
        Ok((before, after))
    }
}

fn told(
    id: &MeetingId,
    event: &Event,
    table: Option<&Table>,
    after: &Meeting,
) -> Result<Told, LetterError> {
    let Some(table) = table else {
        return Ok(Vec::new());
    };
    let meeting = id.to_string();
    let invited: BTreeSet<&Organisation> = table.invited.keys().collect();
    Ok(match event {
        Event::OrganisationInvited(invitation) => invitation_of(id, table, invitation, after)?,
        Event::MeetingRescheduled(to) => once(
            invited,
            MeetingRescheduled {
                meeting,
                at: to.planned_at,
            },
        ),
        Event::MeetingCancelled(_) => once(invited, MeetingCancelled { meeting }),
        Event::MinutesAdopted(_) => once(invited, MinutesAdopted { meeting }),
        _ => Vec::new(),
    })
}

fn invitation_of(
    id: &MeetingId,
    table: &Table,
    invitation: &OrganisationInvited,
    after: &Meeting,
) -> Result<Told, LetterError> {
    let Meeting::Planned(planned) = after else {
        return Ok(Vec::new());
    };
    let told = MeetingInvited {
        meeting: id.to_string(),
        body: oin(&table.body)?,
        rung: table.rung.to_string(),
        at: planned.at,
        contact: invitation.contact.as_ref().map(ToString::to_string),
    };
    Ok(vec![(invitation.organisation.clone(), told.into())])
}
