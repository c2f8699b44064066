//! Rebuilding every view from the log: the proof that they hold nothing else.

use std::collections::HashMap;
use std::hash::Hash;

use journal::{Db, JournalError, Statement, StoredEvent};
use ladder::meeting::MeetingRules;
use ladder::pass::PassRules;
use ladder::register::RegisterRules;
use ladder::signal::SignalRules;
use ladder::{CaseId, MeetingId, Organisation, PassId, Rules, SignalId};

use super::Change;
use crate::aggregate::{self, Aggregate, Folded, Subject};
use crate::pseudonym::Pseudonyms;

const EMPTY_CASES: Statement = Statement::same("case_view.empty", "DELETE FROM case_view");
const EMPTY_CITIZENS: Statement = Statement::same("citizen_view.empty", "DELETE FROM citizen_view");
const EMPTY_DRAFTS: Statement = Statement::same("draft_view.empty", "DELETE FROM draft_view");
const EMPTY_ADVICE: Statement = Statement::same("advice_view.empty", "DELETE FROM advice_view");
const EMPTY_INVOLVEMENT: Statement =
    Statement::same("involvement_view.empty", "DELETE FROM involvement_view");
const EMPTY_TIMELINE: Statement =
    Statement::same("timeline_view.empty", "DELETE FROM timeline_view");
const EMPTY_HANDOFFS: Statement = Statement::same("handoff_view.empty", "DELETE FROM handoff_view");
const EMPTY_ESCALATIONS: Statement =
    Statement::same("escalation_view.empty", "DELETE FROM escalation_view");
const EMPTY_COMMITMENTS: Statement =
    Statement::same("commitment_view.empty", "DELETE FROM commitment_view");
const EMPTY_RECORDS: Statement = Statement::same("record_view.empty", "DELETE FROM record_view");
const EMPTY_PSEUDONYMS: Statement =
    Statement::same("pseudonym_view.empty", "DELETE FROM pseudonym_view");
const EMPTY_DEADLINES: Statement =
    Statement::same("deadline_view.empty", "DELETE FROM deadline_view");
const EMPTY_RULES: Statement =
    Statement::same("case_rule_view.empty", "DELETE FROM case_rule_view");
const EMPTY_BLOCKS: Statement =
    Statement::same("case_block_view.empty", "DELETE FROM case_block_view");
const EMPTY_DECIDED: Statement = Statement::same("decided_view.empty", "DELETE FROM decided_view");
const EMPTY_MEETINGS: Statement = Statement::same("meeting_view.empty", "DELETE FROM meeting_view");
const EMPTY_AGENDAS: Statement = Statement::same(
    "meeting_agenda_view.empty",
    "DELETE FROM meeting_agenda_view",
);
const EMPTY_INVITATIONS: Statement = Statement::same(
    "meeting_invitation_view.empty",
    "DELETE FROM meeting_invitation_view",
);
const EMPTY_SIGNALS: Statement = Statement::same("signal_view.empty", "DELETE FROM signal_view");
const EMPTY_SIGNAL_CASES: Statement =
    Statement::same("signal_case_view.empty", "DELETE FROM signal_case_view");
const EMPTY_PASSES: Statement = Statement::same("pass_view.empty", "DELETE FROM pass_view");
const EMPTY_REGISTERS: Statement =
    Statement::same("register_view.empty", "DELETE FROM register_view");
const EMPTY_REGISTER_HEADS: Statement =
    Statement::same("register_head_view.empty", "DELETE FROM register_head_view");

const EMPTY_TABLE_CASES: Statement =
    Statement::same("table_case_view.empty", "DELETE FROM table_case_view");
const EMPTY_RETENTION: Statement =
    Statement::same("retention_view.empty", "DELETE FROM retention_view");
const EMPTY_INSIGHTS: Statement = Statement::same("insight_view.empty", "DELETE FROM insight_view");
const EMPTY_STAYS: Statement = Statement::same("stay_view.empty", "DELETE FROM stay_view");
const EMPTY_SHORTAGES: Statement =
    Statement::same("shortage_view.empty", "DELETE FROM shortage_view");

pub(super) const STATEMENTS: &[Statement] = &[
    EMPTY_CASES,
    EMPTY_CITIZENS,
    EMPTY_DRAFTS,
    EMPTY_ADVICE,
    EMPTY_INVOLVEMENT,
    EMPTY_TIMELINE,
    EMPTY_HANDOFFS,
    EMPTY_ESCALATIONS,
    EMPTY_COMMITMENTS,
    EMPTY_RECORDS,
    EMPTY_PSEUDONYMS,
    EMPTY_DEADLINES,
    EMPTY_RULES,
    EMPTY_BLOCKS,
    EMPTY_DECIDED,
    EMPTY_MEETINGS,
    EMPTY_AGENDAS,
    EMPTY_INVITATIONS,
    EMPTY_SIGNALS,
    EMPTY_SIGNAL_CASES,
    EMPTY_PASSES,
    EMPTY_REGISTERS,
    EMPTY_REGISTER_HEADS,
    EMPTY_TABLE_CASES,
    EMPTY_RETENTION,
    EMPTY_SHORTAGES,
    EMPTY_INSIGHTS,
    EMPTY_STAYS,
];

/// How many events are read at a time.
const PAGE: u32 = 1_000;

/// Empties every view and fills it from the log, in one transaction.
///
/// # Errors
/// [`JournalError`]; the views are as they were then.
pub async fn rebuild(db: &Db, pseudonyms: &Pseudonyms) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    for statement in STATEMENTS {
        sqlx::query(statement.text(engine))
            .execute(tx.conn())
            .await?;
    }
    let mut cases: HashMap<CaseId, Folded<Rules>> = HashMap::new();
    let mut meetings: HashMap<MeetingId, Folded<MeetingRules>> = HashMap::new();
    let mut signals: HashMap<SignalId, Folded<SignalRules>> = HashMap::new();
    let mut passes: HashMap<PassId, Folded<PassRules>> = HashMap::new();
    let mut registers: HashMap<Organisation, Folded<RegisterRules>> = HashMap::new();
    let mut position = 0;
    loop {
        let page = db.read_after(position, PAGE).await?;
        let Some(last) = page.last() else { break };
        position = last.position;
        for stored in &page {
            match Subject::parse(&stored.stream) {
                Some(Subject::Case(id)) => {
                    replay(&mut tx, &mut cases, id, stored, pseudonyms).await?;
                }
                Some(Subject::Meeting(id)) => {
                    replay(&mut tx, &mut meetings, id, stored, pseudonyms).await?;
                }
                Some(Subject::Signal(id)) => {
                    replay(&mut tx, &mut signals, id, stored, pseudonyms).await?;
                }
                Some(Subject::Pass(id)) => {
                    replay(&mut tx, &mut passes, id, stored, pseudonyms).await?;
                }
                Some(Subject::Register(id)) => {
                    replay(&mut tx, &mut registers, id, stored, pseudonyms).await?;
                }
                None => {}
            }
        }
    }
    tx.commit().await
}

async fn replay<A: Aggregate<Id: Eq + Hash>>(
    tx: &mut journal::Tx,
    folds: &mut HashMap<A::Id, Folded<A>>,
    id: A::Id,
    stored: &StoredEvent,
    pseudonyms: &Pseudonyms,
) -> Result<(), JournalError> {
    let event = aggregate::event(stored).map_err(|_| JournalError::Unreadable {
        what: "event of a stream",
    })?;
    let folded = folds.entry(id.clone()).or_default();
    let before = folded.state.clone();
    folded.evolve(&event, stored.at);
    let change = Change::<A> {
        id: &id,
        before: &before,
        after: &folded.state,
        events: std::slice::from_ref(&event),
        stored: std::slice::from_ref(stored),
        organisation: stored.actor["organisation"].as_str(),
        role: stored.actor["role"].as_str().unwrap_or_default(),
    };
    super::write(tx, &change, pseudonyms).await
}
