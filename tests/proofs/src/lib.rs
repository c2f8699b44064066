//! The matrix of `deploy/matrix.toml`: who may see what of a case, as a jurist reads it.
//!
//! [`Matrix`] is the file, [`mod@reference`] writes it down as Cedar policies of its own, apart from
//! those that the services decide with, and [`table`] as a page. The tests of this crate prove that
//! both sets of policies say the same for every request, and prove what must hold of them.

mod error;
mod matrix;
mod parse;
pub mod reference;
pub mod table;

pub use error::MatrixError;
pub use matrix::{
    Cell, Condition, Draft, Given, Level, Matrix, Objection, Row, Rule, Silence, Spared, Standing,
    Who,
};
