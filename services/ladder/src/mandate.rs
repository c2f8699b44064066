//! What a person may promise in the name of an organisation.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Organisation, PersonRef, Sealed};

/// A recorded mandate: who may commit which organisation, to what, for how much and until when.
///
/// Inside it nothing needs approval: a check that passes is the whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mandate {
    /// The organisation's own reference to it.
    pub id: String,
    /// Who holds it: on the day it is used, the deputy when the holder is away.
    pub holder: PersonRef,
    /// Whose powers they use.
    pub organisation: Organisation,
    /// The laws or themes that it covers; all of the organisation's when empty.
    pub scope: BTreeSet<String>,
    /// The most that one commitment may cost, in euro cents; without a limit when absent.
    pub amount_cents: Option<i64>,
    /// The last day on which it holds; without an end when absent.
    pub until: Option<Date>,
}

/// Why a mandate does not cover a commitment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MandateError {
    /// Another person's, or another organisation's.
    #[error("this mandate belongs to somebody else")]
    NotYours,
    /// The law or theme is not among those it covers.
    #[error("this mandate does not cover this law or theme")]
    OutsideScope,
    /// The amount is above what it allows.
    #[error("this mandate goes up to {limit_cents} euro cents")]
    OverLimit {
        /// The most that it allows, in euro cents.
        limit_cents: i64,
    },
    /// It has ended.
    #[error("this mandate ended on {on}")]
    Ended {
        /// The last day on which it held.
        on: Date,
    },
}

impl MandateError {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotYours => "mandate_not_yours",
            Self::OutsideScope => "mandate_outside_scope",
            Self::OverLimit { .. } => "mandate_over_limit",
            Self::Ended { .. } => "mandate_ended",
        }
    }
}

impl Mandate {
    /// Whether `holder` may commit `organisation` on `law_or_theme`, for `amount_cents` (none when
    /// nothing is spent), on the day `on`.
    ///
    /// # Errors
    /// [`MandateError`] names the first thing that the mandate does not cover: the person, the
    /// day, the subject, the amount.
    pub fn check(
        &self,
        holder: &PersonRef,
        organisation: &Organisation,
        law_or_theme: &str,
        amount_cents: Option<i64>,
        on: Date,
    ) -> Result<(), MandateError> {
        if &self.holder != holder || &self.organisation != organisation {
            return Err(MandateError::NotYours);
        }
        let limits = (&self.scope, self.amount_cents, self.until);
        within(limits, law_or_theme, amount_cents, on)
    }
}

/// A mandate that stands in no register: what an organisation says of its own staff, and the
/// platform takes its word for. It is kept with what was done under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatedMandate {
    /// On whose word.
    pub organisation: Organisation,
    /// The function of who uses it, in the platform's word for it; never empty.
    pub role: String,
    /// Who uses it, when the organisation's reference to them is one.
    pub person: Option<PersonRef>,
    /// The laws or themes that it covers, as far as they were stated; all when empty.
    pub scope: BTreeSet<String>,
    /// The most that it allows, in euro cents, when that was stated.
    pub amount_cents: Option<i64>,
    /// The last day on which it holds, when that was stated.
    pub until: Option<Date>,
    /// What it rests on, in words; with a commitment those stand beside it.
    pub text: Option<Sealed>,
}

impl StatedMandate {
    /// What an organisation states by letting somebody act in a role, and no more.
    pub fn of(organisation: Organisation, role: &str, person: Option<PersonRef>) -> Self {
        Self {
            organisation,
            role: role.to_owned(),
            person,
            scope: BTreeSet::new(),
            amount_cents: None,
            until: None,
            text: None,
        }
    }

    /// Whether it covers, as it was stated, what `organisation` does on `law_or_theme`, for
    /// `amount_cents`, on the day `on`.
    ///
    /// # Errors
    /// [`MandateError`], as for a [mandate](Mandate::check).
    pub fn check(
        &self,
        organisation: &Organisation,
        law_or_theme: &str,
        amount_cents: Option<i64>,
        on: Date,
    ) -> Result<(), MandateError> {
        if &self.organisation != organisation {
            return Err(MandateError::NotYours);
        }
        let limits = (&self.scope, self.amount_cents, self.until);
        within(limits, law_or_theme, amount_cents, on)
    }
}

fn within(
    (scope, limit, until): (&BTreeSet<String>, Option<i64>, Option<Date>),
    law_or_theme: &str,
    amount_cents: Option<i64>,
    on: Date,
) -> Result<(), MandateError> {
    if let Some(until) = until
        && on > until
    {
        return Err(MandateError::Ended { on: until });
    }
    if !scope.is_empty() && !scope.contains(law_or_theme) {
        return Err(MandateError::OutsideScope);
    }
    match (limit, amount_cents) {
        (Some(limit_cents), Some(amount)) if amount > limit_cents => {
            Err(MandateError::OverLimit { limit_cents })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> PersonRef {
        PersonRef::parse(text).unwrap()
    }

    fn organisation(text: &str) -> Organisation {
        Organisation::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn mandate() -> Mandate {
        Mandate {
            id: "m-12".into(),
            holder: person("p-1"),
            organisation: organisation("svb"),
            scope: ["akw".to_owned()].into(),
            amount_cents: Some(500_000),
            until: Some(day("2026-06-30")),
        }
    }

    fn check(mandate: &Mandate, amount_cents: Option<i64>, on: &str) -> Result<(), MandateError> {
        let holder = person("p-1");
        mandate.check(&holder, &organisation("svb"), "akw", amount_cents, day(on))
    }

    #[test]
    fn it_holds_up_to_its_limit_and_through_its_last_day() {
        assert_eq!(check(&mandate(), Some(500_000), "2026-06-30"), Ok(()));
        assert_eq!(check(&mandate(), None, "2026-03-02"), Ok(()));
    }

    #[test]
    fn one_cent_above_the_limit_is_not_covered() {
        let limit_cents = 500_000;
        assert_eq!(
            check(&mandate(), Some(500_001), "2026-03-02"),
            Err(MandateError::OverLimit { limit_cents })
        );
    }

    #[test]
    fn the_day_after_its_last_it_has_ended() {
        let on = day("2026-06-30");
        assert_eq!(
            check(&mandate(), None, "2026-07-01"),
            Err(MandateError::Ended { on })
        );
    }

    #[test]
    fn another_law_is_outside_its_scope_unless_it_covers_all() {
        let (holder, svb, on) = (person("p-1"), organisation("svb"), day("2026-03-02"));
        let check = |mandate: &Mandate| mandate.check(&holder, &svb, "anw", None, on);
        assert_eq!(check(&mandate()), Err(MandateError::OutsideScope));
        let whole = Mandate {
            scope: BTreeSet::new(),
            ..mandate()
        };
        assert_eq!(check(&whole), Ok(()));
    }

    #[test]
    fn it_serves_its_holder_in_its_organisation_only() {
        let on = day("2026-03-02");
        for (holder, of) in [("p-2", "svb"), ("p-1", "tax")] {
            assert_eq!(
                mandate().check(&person(holder), &organisation(of), "akw", None, on),
                Err(MandateError::NotYours)
            );
        }
    }

    #[test]
    fn without_a_limit_and_an_end_it_holds_for_any_amount_on_any_day() {
        let free = Mandate {
            amount_cents: None,
            until: None,
            ..mandate()
        };
        assert_eq!(check(&free, Some(i64::MAX), "2099-12-31"), Ok(()));
    }
}
