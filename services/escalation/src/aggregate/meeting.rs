//! The meeting of a table.

use gate::{Action, MeetingFacts};
use jiff::Timestamp;
use journal::{JournalError, Tx};
use ladder::meeting::{Command, Meeting, MeetingRules, Refusal, Table, deadlines};
use ladder::{Ladder, MeetingId, Organisation, RungId};

use super::{Aggregate, Subject, named};
use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;
use crate::views::{self, Change};

impl Aggregate for MeetingRules {
    type Id = MeetingId;
    type Facts = MeetingFacts;

    fn rules(ground: &Ground) -> &Self {
        &ground.rule_book.meeting
    }

    fn subject(id: &MeetingId) -> Subject {
        Subject::Meeting(id.clone())
    }

    fn question(
        id: &MeetingId,
        meeting: &Meeting,
        command: &Command,
        ground: &Ground,
    ) -> (Action, MeetingFacts) {
        let (action, target) = permission(command);
        let ladder = &ground.rules.ladder;
        let facts = match (meeting.table(), command) {
            (Some(table), _) => of_table(table, ladder),
            (None, Command::Plan(plan)) => of_body(id, &plan.body, &plan.rung, ladder),
            (None, _) => MeetingFacts {
                id: id.to_string(),
                ..MeetingFacts::default()
            },
        };
        let target = target.map(Organisation::to_string);
        (action, MeetingFacts { target, ..facts })
    }

    fn code(refusal: &Refusal) -> &'static str {
        refusal.code()
    }

    fn deadlines(meeting: &Meeting) -> Vec<(String, Timestamp)> {
        named(deadlines(meeting))
    }

    async fn show(
        tx: &mut Tx,
        change: &Change<'_, Self>,
        _: &Pseudonyms,
    ) -> Result<(), JournalError> {
        views::write_meeting(tx, change).await
    }
}

/// The facts of a stored meeting, for reading it. `None` when there is no such meeting.
pub fn meeting_facts(meeting: &Meeting, ladder: &Ladder) -> Option<MeetingFacts> {
    meeting.table().map(|table| of_table(table, ladder))
}

fn of_table(table: &Table, ladder: &Ladder) -> MeetingFacts {
    MeetingFacts {
        invited: table.invited.keys().map(Organisation::to_string).collect(),
        ..of_body(&table.id, &table.body, &table.rung, ladder)
    }
}

/// The facts of a meeting from what is known of it; nobody is invited yet.
///
/// An organisation that the ladder does not place on that rung has no table there: no tier, and
/// so no rights.
pub(crate) fn of_body(
    id: &MeetingId,
    body: &Organisation,
    rung: &RungId,
    ladder: &Ladder,
) -> MeetingFacts {
    let rung_facts = ladder.rung(rung).filter(|rung| rung.has_body(body));
    let admitting = rung_facts
        .and_then(|rung| rung.admission.as_ref()?.organisation.as_ref())
        .unwrap_or(body);
    MeetingFacts {
        id: id.to_string(),
        body: body.to_string(),
        rung: rung.to_string(),
        tier: rung_facts.map_or("", |rung| rung.tier.as_str()).to_owned(),
        admitting: admitting.to_string(),
        ..MeetingFacts::default()
    }
}

fn permission(command: &Command) -> (Action, Option<&Organisation>) {
    match command {
        Command::Plan(_)
        | Command::Reschedule(_)
        | Command::PutOnAgenda(_)
        | Command::TakeOffAgenda(_)
        | Command::Invite(_)
        | Command::Cancel(_) => (Action::PlanMeeting, None),
        Command::Open(_)
        | Command::RecordCollision(_)
        | Command::RequestCommitment(_)
        | Command::RecordDecision(_)
        | Command::Adjourn(_)
        | Command::RecordObstacle(_)
        | Command::NoObstacle(_)
        | Command::AdoptMinutes(_) => (Action::HoldMeeting, None),
        Command::DeclareRecusal(recusal) => (Action::DeclareRecusal, Some(&recusal.organisation)),
        Command::AnswerRequest(answer) => (Action::AnswerAtTable, Some(&answer.by)),
        Command::EraseTexts(_) => (Action::EraseTexts, None),
        Command::Lapse(_) => (Action::Lapse, None),
    }
}
