//! What makes cases comparable: a rule and a kind of block in common, and something decided.

use std::collections::BTreeSet;

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, Event, File, Outcome, Room};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, rows};

const ADD_RULE: Statement = Statement::same(
    "case_rule_view.add",
    "INSERT INTO case_rule_view (case_id, rule) VALUES ($1, $2)",
);
const ADD_BLOCK: Statement = Statement::same(
    "case_block_view.add",
    "INSERT INTO case_block_view (case_id, block) VALUES ($1, $2)",
);
const DECIDED: Statement = Statement::same(
    "decided_view.decided",
    "INSERT INTO decided_view (case_id, position, room) VALUES ($1, $2, $3)
     ON CONFLICT (case_id) DO UPDATE SET position = excluded.position, room = excluded.room",
);
const ENDED: Statement = Statement::same(
    "decided_view.ended",
    "INSERT INTO decided_view (case_id, position, room) VALUES ($1, $2, NULL)
     ON CONFLICT (case_id) DO NOTHING",
);
const OPEN_AGAIN: Statement = Statement::same(
    "decided_view.open_again",
    "DELETE FROM decided_view WHERE case_id = $1",
);
const COMPARABLE: Statement = Statement::same(
    "decided_view.comparable",
    "SELECT d.case_id, d.room, d.position, c.theme, c.tier, c.outcome
     FROM decided_view d JOIN case_view c ON c.case_id = d.case_id
     WHERE d.case_id <> $1
        AND d.case_id IN (SELECT case_id FROM involvement_view WHERE organisation = $2)
        AND d.case_id IN (SELECT other.case_id FROM case_rule_view other
            JOIN case_rule_view own ON own.rule = other.rule WHERE own.case_id = $1)
        AND d.case_id IN (SELECT other.case_id FROM case_block_view other
            JOIN case_block_view own ON own.block = other.block WHERE own.case_id = $1)
     ORDER BY d.position DESC LIMIT $3",
);
const RULES_IN_COMMON: Statement = Statement::same(
    "case_rule_view.in_common",
    "SELECT other.rule AS word FROM case_rule_view other
     JOIN case_rule_view own ON own.rule = other.rule
     WHERE own.case_id = $1 AND other.case_id = $2 ORDER BY other.rule",
);
const BLOCKS_IN_COMMON: Statement = Statement::same(
    "case_block_view.in_common",
    "SELECT other.block AS word FROM case_block_view other
     JOIN case_block_view own ON own.block = other.block
     WHERE own.case_id = $1 AND other.case_id = $2 ORDER BY other.block",
);

const OF_ORGANISATION: Statement = Statement::same(
    "decided_view.of_organisation",
    "SELECT d.case_id, d.room, d.position, c.theme, c.tier, c.outcome
     FROM decided_view d JOIN case_view c ON c.case_id = d.case_id
     WHERE d.case_id IN (SELECT case_id FROM involvement_view WHERE organisation = $1)
     ORDER BY d.position DESC LIMIT $2",
);
const RULES: Statement = Statement::same(
    "case_rule_view.of_case",
    "SELECT rule AS word FROM case_rule_view WHERE case_id = $1 ORDER BY rule",
);
const BLOCKS: Statement = Statement::same(
    "case_block_view.of_case",
    "SELECT block AS word FROM case_block_view WHERE case_id = $1 ORDER BY block",
);

pub(super) const STATEMENTS: &[Statement] = &[
    ADD_RULE,
    ADD_BLOCK,
    DECIDED,
    ENDED,
    OPEN_AGAIN,
    COMPARABLE,
    RULES_IN_COMMON,
    BLOCKS_IN_COMMON,
    OF_ORGANISATION,
    RULES,
    BLOCKS,
];

/// A decided case that is like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparableRow {
    /// Which.
    pub case_id: String,
    /// Its theme.
    pub theme: String,
    /// The tier at which it stands.
    pub tier: String,
    /// The room that its decision used; none when it ended without one.
    pub room: Option<String>,
    /// How it ended, if it has.
    pub outcome: Option<String>,
    /// The rules that both cases name; all that it names, where there is no other.
    pub rules: Vec<String>,
    /// The kinds of block that both have; all that it has, where there is no other.
    pub blocks: Vec<String>,
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let Some(after) = change.after.file() else {
        return Ok(());
    };
    let case = change.id.as_str();
    let before = change.before.file();
    let rules = |file: &File| file.rules.clone();
    let blocks = |file: &File| -> BTreeSet<String> {
        let words = file.blocks.iter().map(|block| block.as_str().to_owned());
        words.collect()
    };
    add(tx, ADD_RULE, case, before.map(rules), rules(after)).await?;
    add(tx, ADD_BLOCK, case, before.map(blocks), blocks(after)).await?;
    for (event, stored) in change.events.iter().zip(change.stored) {
        match event {
            Event::DecisionTaken(taken) => {
                decided(tx, case, stored.position, taken.weighing.room).await?;
            }
            Event::CaseClosed(closed) if closed.outcome != Outcome::Withdrawn => {
                let ended = sqlx::query(ENDED.text(tx.engine()));
                let ended = ended.bind(case).bind(stored.position);
                ended.execute(tx.conn()).await?;
            }
            Event::CaseReopened(_) => {
                let again = sqlx::query(OPEN_AGAIN.text(tx.engine())).bind(case);
                again.execute(tx.conn()).await?;
            }
            _ => {}
        }
    }
    // A household that stops leaves nothing to compare with, whatever was decided.
    if let Case::Closed(closed) = change.after
        && closed.outcome == Outcome::Withdrawn
    {
        let gone = sqlx::query(OPEN_AGAIN.text(tx.engine())).bind(case);
        gone.execute(tx.conn()).await?;
    }
    Ok(())
}

async fn decided(tx: &mut Tx, case: &str, position: i64, room: Room) -> Result<(), JournalError> {
    sqlx::query(DECIDED.text(tx.engine()))
        .bind(case)
        .bind(position)
        .bind(room.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Adds what was not there before: nothing of it ever goes.
async fn add(
    tx: &mut Tx,
    statement: Statement,
    case: &str,
    before: Option<BTreeSet<String>>,
    after: BTreeSet<String>,
) -> Result<(), JournalError> {
    for word in after.difference(&before.unwrap_or_default()) {
        sqlx::query(statement.text(tx.engine()))
            .bind(case)
            .bind(word.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Decided cases in which an organisation has a part and that have a rule and a kind of block in
/// common with this one; the newest first.
///
/// # Errors
/// [`JournalError`].
pub async fn comparable(
    db: &Db,
    case_id: &str,
    organisation: &str,
    limit: u32,
) -> Result<Vec<ComparableRow>, JournalError> {
    let rows = sqlx::query(COMPARABLE.text(db.engine()))
        .bind(case_id)
        .bind(organisation)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let other: String = row.try_get("case_id")?;
        found.push(ComparableRow {
            theme: row.try_get("theme")?,
            tier: row.try_get("tier")?,
            room: row.try_get("room")?,
            outcome: row.try_get("outcome")?,
            rules: in_common(db, RULES_IN_COMMON, case_id, &other).await?,
            blocks: in_common(db, BLOCKS_IN_COMMON, case_id, &other).await?,
            case_id: other,
        });
    }
    Ok(found)
}

/// The decided cases in which an organisation has a part, the newest decision first.
///
/// # Errors
/// [`JournalError`].
pub async fn decided_of(
    db: &Db,
    organisation: &str,
    limit: u32,
) -> Result<Vec<ComparableRow>, JournalError> {
    let decided = sqlx::query(OF_ORGANISATION.text(db.engine()))
        .bind(organisation)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    let word = |row: &AnyRow| Ok(row.try_get("word")?);
    let mut found = Vec::with_capacity(decided.len());
    for row in decided {
        let case_id: String = row.try_get("case_id")?;
        found.push(ComparableRow {
            theme: row.try_get("theme")?,
            tier: row.try_get("tier")?,
            room: row.try_get("room")?,
            outcome: row.try_get("outcome")?,
            rules: rows::of(db, RULES, &case_id, word).await?,
            blocks: rows::of(db, BLOCKS, &case_id, word).await?,
            case_id,
        });
    }
    Ok(found)
}

async fn in_common(
    db: &Db,
    statement: Statement,
    case_id: &str,
    other: &str,
) -> Result<Vec<String>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(case_id)
        .bind(other)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| Ok(row.try_get("word")?)).collect()
}
