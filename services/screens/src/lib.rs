//! The screens: typed pages and the words, dates and pictures on them. Pure: a page is made of a
//! model and becomes HTML; where the model comes from is the business of whoever serves it.
//!
//! - a page is a struct with a template of the same name in `templates/`, and has a sample in
//!   `tests/` from which it is rendered in both languages;
//! - words stand in `words/`, Dutch and English side by side, one file per screen;
//! - style, font and script come from `assets/` and, by lock file, from npm (`build.rs`).

mod assets;
mod dates;
mod form;
mod frame;
mod language;
pub mod page;
mod theme;
mod words;

pub use assets::{Asset, asset};
pub use dates::{Left, ZONE};
pub use form::{Choice, Field, Input};
pub use frame::{Frame, Here, User, in_query};
pub use language::Language;
pub use theme::{Theme, ThemeError};
pub use words::{Both, catalogue};

/// Everything that can be wrong with rendering a page.
pub use askama::Error as RenderError;
/// A page, or a part of one, that becomes HTML.
pub use askama::Template as Page;
