//! A recorded power to decide, with its scope and its limit.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{Organisation, PersonRef};

/// A mandate, as an organisation keeps it in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its id within the organisation.
    pub id: String,
    /// Who holds it.
    pub holder: PersonRef,
    /// Whose mandate it is.
    pub organisation: Organisation,
    /// Laws or themes; everything of the organisation when empty.
    pub scope: BTreeSet<String>,
    /// The most it may cost, in euro cents; no money limit when absent.
    pub amount_cents: Option<i64>,
    /// Its last day; no end when absent.
    pub until: Option<Date>,
}

/// Why something is not inside a mandate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MandateError {
    /// Somebody else's.
    #[error("this mandate is held by somebody else")]
    NotYours,
    /// Another law or theme.
    #[error("this mandate does not cover '{0}'")]
    OutsideScope(String),
    /// Too much money.
    #[error("this mandate goes up to {limit_cents} euro cents")]
    OverLimit {
        /// The limit, in euro cents.
        limit_cents: i64,
    },
    /// Over.
    #[error("this mandate ended on {on}")]
    Ended {
        /// Its last day.
        on: Date,
    },
}

impl Mandate {
    /// Whether its holder may decide this on that day, without anybody's approval.
    ///
    /// # Errors
    /// [`MandateError`], the first reason why not.
    pub fn check(
        &self,
        organisation: &Organisation,
        holder: &PersonRef,
        subjects: &[&str],
        amount_cents: Option<i64>,
        on: Date,
    ) -> Result<(), MandateError> {
        if &self.holder != holder || &self.organisation != organisation {
            return Err(MandateError::NotYours);
        }
        if !self.scope.is_empty() && !subjects.iter().any(|it| self.scope.contains(*it)) {
            let subject = subjects.first().copied().unwrap_or_default();
            return Err(MandateError::OutsideScope(subject.to_owned()));
        }
        if let (Some(limit_cents), Some(asked)) = (self.amount_cents, amount_cents)
            && asked > limit_cents
        {
            return Err(MandateError::OverLimit { limit_cents });
        }
        match self.until {
            Some(last) if on > last => Err(MandateError::Ended { on: last }),
            Some(_) | None => Ok(()),
        }
    }
}
