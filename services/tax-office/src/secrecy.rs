//! Tax secrecy: nothing leaves unless an exemption is registered (AWR art. 67).
//!
//! Which articles may carry an exemption, and the sentences that may then leave, are data for the
//! jurist: `deploy/secrecy/tax-office.toml`.

use std::collections::BTreeMap;

use gateway::{Disclosure, Known};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use proto::{Category, InvalidParam};
use serde::Deserialize;

use crate::vocabulary::{
    ALLOWANCE_STOPPED, Allowance, AllowanceStopped, EXEMPTION_REGISTERED, ExemptionRegistered,
    Provision,
};

/// The secrecy rule as the jurist keeps it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrecy {
    article: Vec<Article>,
    allowance: BTreeMap<Allowance, AllowanceText>,
    #[serde(default)]
    follows: Vec<Follows>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    legal_basis: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowanceText {
    law: String,
    summary: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Follows {
    allowance: Allowance,
    provision: Provision,
    rule: String,
    summary: String,
}

/// Why a secrecy file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecrecyError {
    /// The file could not be read.
    #[error("the secrecy rule cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The file is no secrecy rule.
    #[error("the secrecy rule is not valid: {0}")]
    Parse(#[from] toml::de::Error),
    /// An allowance has no law and no sentence.
    #[error("the secrecy rule says nothing about the allowance {0:?}")]
    Incomplete(Allowance),
}

impl Secrecy {
    /// Reads the rule from the text of its file.
    ///
    /// # Errors
    /// When the text is no secrecy rule, or leaves an allowance out.
    pub fn parse(text: &str) -> Result<Self, SecrecyError> {
        let secrecy: Self = toml::from_str(text)?;
        match Allowance::ALL
            .into_iter()
            .find(|allowance| !secrecy.allowance.contains_key(allowance))
        {
            Some(missing) => Err(SecrecyError::Incomplete(missing)),
            None => Ok(secrecy),
        }
    }

    /// Whether an exemption may be registered as it is stated.
    ///
    /// # Errors
    /// An article that carries no exemption, or an end before the beginning.
    pub fn check_exemption(
        &self,
        exemption: &ExemptionRegistered,
    ) -> Result<(), Vec<InvalidParam>> {
        let mut errors = Vec::new();
        if self.find_article(&exemption.article).is_none() {
            let known: Vec<_> = self.article.iter().map(|a| a.id.as_str()).collect();
            errors.push(InvalidParam::new(
                "/article",
                format!("no exemption can rest on it; known: {}", known.join(", ")),
            ));
        }
        if exemption.until.is_some_and(|until| until < exemption.from) {
            errors.push(InvalidParam::new("/until", "lies before `from`"));
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// Every stopped allowance that an exemption covers today, in the order it was learned.
    pub fn may_leave(&self, known: &[Known], now: Timestamp) -> Vec<Disclosure> {
        let today = now.to_zoned(amsterdam()).date();
        let exemptions: Vec<ExemptionRegistered> = of_type(known, EXEMPTION_REGISTERED)
            .map(|(_, exemption)| exemption)
            .collect();
        of_type::<AllowanceStopped>(known, ALLOWANCE_STOPPED)
            .filter_map(|(known, stopped)| {
                let exemption = exemptions
                    .iter()
                    .find(|exemption| covers(exemption, stopped.allowance, today))?;
                self.disclose(known, &stopped, self.find_article(&exemption.article)?)
            })
            .collect()
    }

    fn disclose(
        &self,
        known: &Known,
        stopped: &AllowanceStopped,
        article: &Article,
    ) -> Option<Disclosure> {
        let text = self.allowance.get(&stopped.allowance)?;
        let follows = self.follows.iter().find(|follows| {
            follows.allowance == stopped.allowance && Some(follows.provision) == stopped.follows
        });
        Some(Disclosure {
            from: known.id,
            category: Category::Tax,
            law: text.law.clone(),
            rule: follows.map(|follows| follows.rule.clone()),
            summary: follows.map_or(&text.summary, |f| &f.summary).clone(),
            since: Some(stopped.since),
            legal_basis: article.legal_basis.clone(),
        })
    }

    fn find_article(&self, named: &str) -> Option<&Article> {
        let named = named.trim();
        self.article.iter().find(|article| {
            std::iter::once(&article.id)
                .chain(&article.aliases)
                .any(|name| name.eq_ignore_ascii_case(named))
        })
    }
}

fn covers(exemption: &ExemptionRegistered, allowance: Allowance, today: Date) -> bool {
    exemption.scope.contains(&allowance)
        && exemption.from <= today
        && exemption.until.is_none_or(|until| today <= until)
}

fn of_type<'a, T: serde::de::DeserializeOwned>(
    known: &'a [Known],
    event_type: &'a str,
) -> impl Iterator<Item = (&'a Known, T)> {
    known
        .iter()
        .filter(move |known| known.event_type == event_type)
        .filter_map(|known| Some((known, serde_json::from_value(known.data.clone()).ok()?)))
}

/// Days in an exemption are days in the Netherlands. The zone is built in; should it ever be
/// missing, the day in UTC is never later than the Dutch day.
fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC)
}
