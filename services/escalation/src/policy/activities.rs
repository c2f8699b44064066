//! The register of processing activities.

use std::path::Path;

use account::Register;

use super::{PolicyError, read};
use crate::api::accounting;

const FILE: &str = "processing-activities.toml";

/// The register that is built in.
///
/// # Errors
/// As [`activities`].
pub fn embedded_activities() -> Result<Register, PolicyError> {
    of(include_str!(
        "../../../../deploy/processing-activities.toml"
    ))
}

/// The register of a folder with `processing-activities.toml`.
///
/// # Errors
/// [`PolicyError`] when the file cannot be read or is not valid, or when an operation of the API
/// has no entry.
pub fn activities(folder: &Path) -> Result<Register, PolicyError> {
    of(&read(folder, FILE)?)
}

fn of(text: &str) -> Result<Register, PolicyError> {
    let register = Register::from_toml(text, FILE)?;
    accounting::check(&register)?;
    Ok(register)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_that_is_shipped_has_an_entry_for_every_operation() {
        let register = embedded_activities().map_err(|error| error.to_string());
        assert!(register.is_ok(), "{register:?}");
    }

    #[test]
    fn a_register_without_an_operation_is_refused_with_the_remedy() {
        let text = include_str!("../../../../deploy/processing-activities.toml");
        let without = text.replace("\"readCase\"", "\"readCse\"");
        assert_eq!(
            of(&without).unwrap_err().to_string(),
            "processing-activities.toml: operation readCase belongs to no activity; add it to \
             the operations of one"
        );
    }
}
