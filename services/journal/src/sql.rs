//! Every SQL text of the journal, one file per concern.
//!
//! A batch travels as one JSON parameter: `json_each` on SQLite, `json_to_recordset` and its
//! family on PostgreSQL, where it is written `$1::text::json`: the parameter is bound as text, and
//! the portable driver knows no JSON type.

pub(crate) mod checkpoint;
pub(crate) mod head;
pub(crate) mod inbox;
pub(crate) mod log;
pub(crate) mod tree;

use crate::Statement;

/// Every statement of the journal on its own database (the vault's are in
/// [`crate::vault::statements`]), for the test that prepares them on both engines.
#[must_use]
pub fn statements() -> Vec<Statement> {
    [head::ALL, log::ALL, tree::ALL, inbox::ALL, checkpoint::ALL].concat()
}
