//! Whether a PostgreSQL server keeps what it acknowledged.

use sqlx::{AnyConnection, Connection, Row};

use crate::{Engine, JournalError};

/// The accepted versions, in words for messages and documentation.
pub const SUPPORTED: &str = "15, 16, 17 or 18";

/// The server is not one to entrust cases to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerFault {
    /// Older ones get no repairs any more or do so soon; newer ones were not tested.
    #[error("PostgreSQL {found} is not supported: install PostgreSQL {SUPPORTED}")]
    Version {
        /// The major version.
        found: u32,
    },
    /// What it acknowledged can be lost when the machine loses power.
    #[error("PostgreSQL runs with {setting}=off and can lose what it acknowledged: turn it on")]
    Setting {
        /// The setting.
        setting: &'static str,
    },
}

/// What a server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The major version.
    pub version: u32,
    /// The settings on which durability rests that are off.
    pub off: Vec<&'static str>,
}

/// Without these a crash of the machine loses or tears what was acknowledged.
const NEEDED: [&str; 2] = ["fsync", "full_page_writes"];

/// Asks the server behind a database URL; `None` for a SQLite file, whose engine is built in.
///
/// # Errors
/// [`JournalError`] when the URL is of another kind or the server cannot be asked.
pub async fn server_of(url: &str) -> Result<Option<Server>, JournalError> {
    if Engine::of(url)? == Engine::Sqlite {
        return Ok(None);
    }
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await?;
    let number: String = ask(&mut connection, "server_version_num").await?;
    let unreadable = JournalError::Unreadable {
        what: "version of the server",
    };
    let version = number.parse::<u32>().map_err(|_| unreadable)? / 10_000;
    let mut off = Vec::new();
    for setting in NEEDED {
        if ask(&mut connection, setting).await? == "off" {
            off.push(setting);
        }
    }
    connection.close().await?;
    Ok(Some(Server { version, off }))
}

async fn ask(connection: &mut AnyConnection, setting: &str) -> Result<String, JournalError> {
    let row = sqlx::query("select current_setting($1)")
        .bind(setting)
        .fetch_one(connection)
        .await?;
    Ok(row.try_get(0)?)
}

impl Server {
    /// Whether cases can be entrusted to it.
    ///
    /// # Errors
    /// The first [`ServerFault`].
    pub fn check(&self) -> Result<(), ServerFault> {
        if !(15..=18).contains(&self.version) {
            return Err(ServerFault::Version {
                found: self.version,
            });
        }
        match self.off.first() {
            Some(setting) => Err(ServerFault::Setting { setting }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(version: u32, off: &[&'static str]) -> Server {
        let off = off.to_vec();
        Server { version, off }
    }

    #[test]
    fn versions_beside_the_tested_ones_are_refused_by_number() {
        for version in 15..=18 {
            assert_eq!(server(version, &[]).check(), Ok(()));
        }
        for found in [9, 14, 19] {
            assert_eq!(
                server(found, &[]).check(),
                Err(ServerFault::Version { found })
            );
        }
    }

    #[test]
    fn a_server_that_can_lose_what_it_acknowledged_is_refused_by_setting() {
        for setting in NEEDED {
            let fault = server(17, &[setting]).check();
            assert_eq!(fault, Err(ServerFault::Setting { setting }));
        }
        assert_eq!(
            server(17, &["fsync"]).check().unwrap_err().to_string(),
            "PostgreSQL runs with fsync=off and can lose what it acknowledged: turn it on"
        );
    }
}
