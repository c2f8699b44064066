use crate::Engine;

/// One SQL statement, with a text per engine where the two differ.
///
/// Statements stand together as constants so that one test can prepare them all on both engines
/// (`sqlx`'s checked queries cannot serve two databases in one crate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// A name for messages, such as `log.append`.
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Statement {
    /// The same text on both engines.
    #[must_use]
    pub const fn same(name: &'static str, sql: &'static str) -> Self {
        Self {
            name,
            sqlite: sql,
            postgres: sql,
        }
    }

    /// A text of its own per engine.
    #[must_use]
    pub const fn each(name: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        Self {
            name,
            sqlite,
            postgres,
        }
    }

    /// The text for one engine.
    #[must_use]
    pub const fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}
