//! Which versions of nats-server are accepted.

/// The accepted versions, in words for messages and documentation.
pub const SUPPORTED: &str = "2.12.8 or a later 2.12";

/// The server is of a version that is not accepted. Older ones silently ignore settings that
/// keep organisations apart; newer ones were not tested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nats-server {found} is not supported: install nats-server {SUPPORTED}")]
pub struct VersionError {
    /// What the server calls itself.
    pub found: String,
}

/// Accepts 2.12.8 and later patches of 2.12, released versions only.
///
/// # Errors
/// [`VersionError`] for every other version, and for what is no version.
pub fn check_version(found: &str) -> Result<(), VersionError> {
    let mut parts = found.split('.').map(|part| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    });
    let version = [parts.next(), parts.next(), parts.next(), parts.next()].map(Option::flatten);
    match version {
        [Some(2), Some(12), Some(patch), None] if patch >= 8 && found.split('.').count() == 3 => {
            Ok(())
        }
        _ => Err(VersionError {
            found: found.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tested_version_is_accepted() {
        for version in ["2.12.8", "2.12.9", "2.12.10"] {
            assert_eq!(check_version(version), Ok(()));
        }
    }

    #[test]
    fn every_other_version_is_refused_by_name() {
        for version in [
            "2.9.10",
            "2.10.29",
            "2.11.9",
            "2.12.7",
            "2.13.0",
            "2.14.6",
            "2.15.1",
            "3.12.8",
            "2.12",
            "2.12.8.1",
            "2.12.9-RC.1",
            "2.12.8-beta",
            "",
            "unknown",
            "2.12.+8",
        ] {
            let error = check_version(version).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "nats-server {version} is not supported: install nats-server 2.12.8 or a \
                     later 2.12"
                )
            );
        }
    }
}
