/// Why the matrix cannot be read; names the row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    /// It is no TOML of the expected form.
    #[error("matrix.toml: {0}")]
    Form(String),
    /// A word that is not known in its place.
    #[error("{place}: there is no {what} {word:?}")]
    Unknown {
        /// The row or limit.
        place: String,
        /// What kind of word it should be.
        what: &'static str,
        /// The word.
        word: String,
    },
    /// A row says nothing about a category: silence is no answer.
    #[error("{row}: no cell for {category}")]
    NoCell {
        /// The row's name.
        row: String,
        /// The category's word.
        category: &'static str,
    },
    /// The file explains other words than there are.
    #[error("[{table}] explains {found:?}, but there are {known:?}")]
    Explained {
        /// The table.
        table: &'static str,
        /// What it explains.
        found: Vec<String>,
        /// What there is to explain.
        known: Vec<String>,
    },
}
