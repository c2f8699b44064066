//! One row per entry of every organisation's register, and one per register. Names, mail addresses
//! and telephone numbers stay sealed.

use journal::{Db, JournalError, Statement, Tx};
use ladder::register::{Absence, Contact, ContactEntry, Register, RegisterRules};
use ladder::{ContactId, Organisation};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json as json_column;
use super::rows;

const ADD: Statement = Statement::same(
    "register_view.add",
    "INSERT INTO register_view (organisation, contact, function, tier, rung, laws, themes, regions,
        deputy, absent_from, absent_until, absent_cover, confirmed_at, content)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
);
const REMOVE: Statement = Statement::same(
    "register_view.remove",
    "DELETE FROM register_view WHERE organisation = $1 AND contact = $2",
);
const FIND: Statement = Statement::same(
    "register_view.find",
    "SELECT * FROM register_view WHERE organisation = $1 AND contact = $2",
);
const OF_ORGANISATION: Statement = Statement::same(
    "register_view.of_organisation",
    "SELECT * FROM register_view WHERE organisation = $1 AND contact > $2
     ORDER BY contact LIMIT $3",
);
const WHOLE: Statement = Statement::same(
    "register_view.whole",
    "SELECT * FROM register_view WHERE organisation = $1 ORDER BY contact",
);
const PAGE: Statement = Statement::same(
    "register_view.page",
    "SELECT * FROM register_view
     WHERE organisation > $1 OR (organisation = $1 AND contact > $2)
     ORDER BY organisation, contact LIMIT $3",
);
const HEAD: Statement = Statement::same(
    "register_head_view.set",
    "INSERT INTO register_head_view (organisation, version, heartbeat_at) VALUES ($1, $2, $3)
     ON CONFLICT (organisation) DO UPDATE SET version = excluded.version,
        heartbeat_at = excluded.heartbeat_at",
);
const FIND_HEAD: Statement = Statement::same(
    "register_head_view.find",
    "SELECT * FROM register_head_view WHERE organisation = $1",
);

pub(super) const STATEMENTS: &[Statement] = &[
    ADD,
    REMOVE,
    FIND,
    OF_ORGANISATION,
    WHOLE,
    PAGE,
    HEAD,
    FIND_HEAD,
];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct ContactRow {
    /// Whose register.
    pub organisation: String,
    /// The organisation's own key of the entry.
    pub contact: String,
    /// The function, in the organisation's own words.
    pub function: String,
    /// `local`, `regional` or `national`.
    pub tier: String,
    /// The rung; absent when it is any rung.
    pub rung: Option<String>,
    /// Laws, as a JSON list.
    pub laws: Value,
    /// Themes, as a JSON list.
    pub themes: Value,
    /// Regions, as a JSON list.
    pub regions: Value,
    /// Who takes over on absence.
    pub deputy: Option<String>,
    /// The first day of a known absence.
    pub absent_from: Option<String>,
    /// Its last day.
    pub absent_until: Option<String>,
    /// The entry that takes over on those days, when that is not the usual deputy.
    pub absent_cover: Option<String>,
    /// When the entry was last said to be right.
    pub confirmed_at: String,
    /// The whole entry; name, mail and phone sealed.
    pub content: Value,
}

/// A register as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// How many events it has: its `ETag`.
    pub version: i64,
    /// The last stored sign of life of the organisation's service.
    pub heartbeat_at: Option<String>,
}

impl ContactRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            organisation: row.try_get("organisation")?,
            contact: row.try_get("contact")?,
            function: row.try_get("function")?,
            tier: row.try_get("tier")?,
            rung: row.try_get("rung")?,
            laws: json_column(row, "laws")?,
            themes: json_column(row, "themes")?,
            regions: json_column(row, "regions")?,
            deputy: row.try_get("deputy")?,
            absent_from: row.try_get("absent_from")?,
            absent_until: row.try_get("absent_until")?,
            absent_cover: row.try_get("absent_cover")?,
            confirmed_at: row.try_get("confirmed_at")?,
            content: json_column(row, "content")?,
        })
    }
}

impl ContactRow {
    /// What the organisation says.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`] when this release cannot read it.
    pub fn entry(&self) -> Result<ContactEntry, JournalError> {
        serde_json::from_value(self.content.clone()).map_err(|_| UNREADABLE)
    }

    fn contact(&self) -> Result<Contact, JournalError> {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        let absence = day(&self.absent_from).zip(day(&self.absent_until));
        let cover = self.absent_cover.as_deref().map(ContactId::parse);
        let cover = cover.transpose().map_err(|_| UNREADABLE)?;
        Ok(Contact {
            entry: self.entry()?,
            absence: absence.map(|(from, until)| Absence { from, until, cover }),
            confirmed_at: self.confirmed_at.parse().map_err(|_| UNREADABLE)?,
        })
    }
}

const UNREADABLE: JournalError = JournalError::Unreadable {
    what: "entry of a register",
};

/// Brings the views of registers up to a change.
pub(crate) async fn write(
    tx: &mut Tx,
    change: &Change<'_, RegisterRules>,
) -> Result<(), JournalError> {
    let Some(last) = change.stored.last() else {
        return Ok(());
    };
    let (before, after) = (&change.before.contacts, &change.after.contacts);
    let engine = tx.engine();
    for (id, contact) in before {
        if after.get(id) != Some(contact) {
            sqlx::query(REMOVE.text(engine))
                .bind(change.id.as_str())
                .bind(id.as_str())
                .execute(tx.conn())
                .await?;
        }
    }
    for (id, contact) in after {
        if before.get(id) != Some(contact) {
            add(tx, change.id, id.as_str(), contact).await?;
        }
    }
    sqlx::query(HEAD.text(engine))
        .bind(change.id.as_str())
        .bind(last.version)
        .bind(change.after.last_heartbeat.map(|at| at.to_string()))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn add(
    tx: &mut Tx,
    organisation: &Organisation,
    id: &str,
    contact: &Contact,
) -> Result<(), JournalError> {
    let entry = &contact.entry;
    let away = contact.absence.as_ref();
    let cover = away.and_then(|absence| absence.cover.as_ref());
    let engine = tx.engine();
    sqlx::query(ADD.text(engine))
        .bind(organisation.as_str())
        .bind(id)
        .bind(entry.function.as_str())
        .bind(entry.tier.as_str())
        .bind(entry.rung.as_ref().map(|rung| rung.as_str()))
        .bind(json!(entry.laws).to_string())
        .bind(json!(entry.themes).to_string())
        .bind(json!(entry.regions).to_string())
        .bind(entry.deputy.as_ref().map(|deputy| deputy.as_str()))
        .bind(away.map(|absence| absence.from.to_string()))
        .bind(away.map(|absence| absence.until.to_string()))
        .bind(cover.map(|cover| cover.as_str()))
        .bind(contact.confirmed_at.to_string())
        .bind(json!(entry).to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// One entry.
///
/// # Errors
/// [`JournalError`].
pub async fn find(
    db: &Db,
    organisation: &str,
    contact: &str,
) -> Result<Option<ContactRow>, JournalError> {
    rows::one(db, FIND, [organisation, contact], ContactRow::from_row).await
}

/// The entries of an organisation's register, by key, after a cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn contacts(
    db: &Db,
    organisation: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<ContactRow>, JournalError> {
    let rows = sqlx::query(OF_ORGANISATION.text(db.engine()))
        .bind(organisation)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(ContactRow::from_row).collect()
}

/// A register as a whole; none when nothing was ever stored in it.
///
/// # Errors
/// [`JournalError`].
pub async fn register(db: &Db, organisation: &str) -> Result<Option<RegisterRow>, JournalError> {
    let row = sqlx::query(FIND_HEAD.text(db.engine()))
        .bind(organisation)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| {
        Ok(RegisterRow {
            version: row.try_get("version")?,
            heartbeat_at: row.try_get("heartbeat_at")?,
        })
    })
    .transpose()
}

/// Entries of all registers, by organisation and key, after a cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn page(
    db: &Db,
    (organisation, contact): (&str, &str),
    limit: u32,
) -> Result<Vec<ContactRow>, JournalError> {
    let rows = sqlx::query(PAGE.text(db.engine()))
        .bind(organisation)
        .bind(contact)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(ContactRow::from_row).collect()
}

/// The whole register of an organisation, as its rules know it: to find somebody in it. Its last
/// heartbeat is not among what is read.
///
/// # Errors
/// [`JournalError`].
pub async fn whole_register(db: &Db, organisation: &str) -> Result<Register, JournalError> {
    let rows = sqlx::query(WHOLE.text(db.engine()))
        .bind(organisation)
        .fetch_all(db.reader())
        .await?;
    let mut register = Register::default();
    for row in &rows {
        let row = ContactRow::from_row(row)?;
        let id = ContactId::parse(&row.contact).map_err(|_| UNREADABLE)?;
        register.contacts.insert(id, row.contact()?);
    }
    Ok(register)
}
