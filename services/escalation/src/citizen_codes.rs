//! Codes with which citizens come in, in development only: the professional hands one over, and who
//! has it is that citizen, once, until its last moment. In production an identity provider says who
//! somebody is, and no code exists.

use std::fmt;

use chassis::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use journal::{Db, JournalError, Statement};
use sqlx::Row;

use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;

/// How long a code can be used.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The signs of a code: digits and letters that nobody mistakes for another (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// After how many signs a code has a hyphen.
const GROUP: usize = 4;

const ADD: Statement = Statement::same(
    "citizen_code.add",
    "INSERT INTO citizen_code (digest, organisation, citizen, until) VALUES ($1, $2, $3, $4)
     ON CONFLICT (digest) DO NOTHING",
);
const USE: Statement = Statement::same(
    "citizen_code.use",
    "UPDATE citizen_code SET used_at = $2
     WHERE digest = $1 AND used_at IS NULL AND until > $2 RETURNING organisation, citizen",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[ADD, USE];

/// A code, and the account that it gives; both follow from what asked for it. `Debug` hides both.
pub(crate) struct Code {
    /// What the professional hands over.
    pub(crate) code: String,
    /// The subject of the token that it gives.
    pub(crate) citizen: String,
}

/// Whose a code was.
#[derive(PartialEq, Eq)]
pub struct Account {
    /// The organisation that handed it over.
    pub organisation: String,
    /// The subject of the citizen's token.
    pub citizen: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("organisation", &self.organisation)
            .finish_non_exhaustive()
    }
}

/// The codes of one platform. Clones are the same.
#[derive(Clone)]
pub struct CitizenCodes {
    db: Db,
    pseudonyms: Pseudonyms,
    clock: Clock,
}

impl CitizenCodes {
    /// Those of the platform on this ground.
    pub(crate) fn new(ground: &Ground) -> Self {
        Self {
            db: ground.db.clone(),
            pseudonyms: ground.pseudonyms.clone(),
            clock: ground.clock.clone(),
        }
    }

    /// The code for one cause: asked again, it is the same.
    pub(crate) fn code(&self, cause: &str) -> Code {
        let of = |what: &str| {
            self.pseudonyms
                .secret(&format!("citizen-code/{what}/{cause}"))
        };
        let mut code = String::new();
        for (place, byte) in of("code").iter().take(4 * GROUP).enumerate() {
            if place > 0 && place % GROUP == 0 {
                code.push('-');
            }
            code.push(char::from(SIGNS[usize::from(byte % 32)]));
        }
        let citizen: String = of("account")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Code {
            code,
            citizen: format!("citizen-{}", &citizen[..32]),
        }
    }

    /// Keeps a code, by its digest; says until when it can be used. Kept twice it is kept once.
    ///
    /// # Errors
    /// [`JournalError`].
    pub(crate) async fn keep(
        &self,
        organisation: &str,
        code: &Code,
    ) -> Result<Timestamp, JournalError> {
        let until = self
            .clock
            .now()
            .saturating_add(LASTS)
            .unwrap_or(Timestamp::MAX);
        let mut tx = self.db.begin().await?;
        sqlx::query(ADD.text(tx.engine()))
            .bind(self.digest(&code.code))
            .bind(organisation)
            .bind(code.citizen.as_str())
            .bind(until.as_millisecond())
            .execute(tx.conn())
            .await?;
        tx.commit().await?;
        Ok(until)
    }

    /// Whose this code is; nobody's when it never was, was used, or its last moment has passed.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn redeem(&self, code: &str) -> Result<Option<Account>, JournalError> {
        let now = self.clock.now().as_millisecond();
        let mut tx = self.db.begin().await?;
        let row = sqlx::query(USE.text(tx.engine()))
            .bind(self.digest(&code.trim().to_ascii_uppercase()))
            .bind(now)
            .fetch_optional(tx.conn())
            .await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Account {
            organisation: row.try_get("organisation")?,
            citizen: row.try_get("citizen")?,
        }))
    }

    fn digest(&self, code: &str) -> String {
        let digest = self
            .pseudonyms
            .secret(&format!("citizen-code/digest/{code}"));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
