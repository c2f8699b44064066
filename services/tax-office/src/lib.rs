//! The tax office: the allowances (*kindgebonden budget*, rent and care allowance), and tax secrecy.
//!
//! Tax data stays inside unless an exemption is registered.

mod secrecy;
mod vocabulary;

use std::path::Path;

use gateway::{ClientKey, Disclosure, Known, OwnEvent, Party};
use jiff::Timestamp;
use proto::InvalidParam;
use serde_json::Value;

pub use secrecy::{Secrecy, SecrecyError};
pub use vocabulary::{
    ALLOWANCE_STOPPED, Allowance, AllowanceStopped, EXEMPTION_REGISTERED, ExemptionRegistered,
    Provision,
};

/// The tax office as a party, with the secrecy rule that it works by.
#[derive(Debug, Clone)]
pub struct TaxOffice {
    secrecy: Secrecy,
}

impl TaxOffice {
    /// The tax office with the given text of `deploy/secrecy/tax-office.toml`.
    ///
    /// # Errors
    /// When the text is no secrecy rule.
    pub fn parse(secrecy: &str) -> Result<Self, SecrecyError> {
        Ok(Self {
            secrecy: Secrecy::parse(secrecy)?,
        })
    }

    /// The tax office with the secrecy rule of this repository, built in.
    ///
    /// # Errors
    /// When that rule is broken; a test shows that it is not.
    pub fn built_in() -> Result<Self, SecrecyError> {
        Self::parse(include_str!("../../../deploy/secrecy/tax-office.toml"))
    }

    /// The tax office with the secrecy rule in the given file.
    ///
    /// # Errors
    /// When the file cannot be read or is no secrecy rule.
    pub fn load(file: &Path) -> Result<Self, SecrecyError> {
        Self::parse(&std::fs::read_to_string(file)?)
    }
}

impl Party for TaxOffice {
    fn service(&self) -> &'static str {
        "tax-office"
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[ALLOWANCE_STOPPED, EXEMPTION_REGISTERED]
    }

    fn read(&self, event_type: &str, data: &Value) -> Result<OwnEvent, Vec<InvalidParam>> {
        if event_type == EXEMPTION_REGISTERED {
            self.secrecy.check_exemption(&proto::check(data)?)?;
            return Ok(OwnEvent::General);
        }
        let stopped: AllowanceStopped = proto::check(data)?;
        Ok(OwnEvent::About(vec![ClientKey::bsn(&stopped.bsn)]))
    }

    fn may_leave(&self, known: &[Known], now: Timestamp) -> Vec<Disclosure> {
        self.secrecy.may_leave(known, now)
    }
}

#[cfg(test)]
mod tests;
