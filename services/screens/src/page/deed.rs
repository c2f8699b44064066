//! Something that the reader may do: a form that unfolds.

use crate::Field;

/// Something that the reader may do. Every screen offers them in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Its name and what it is about: unique on the page.
    pub id: String,
    /// Where it is sent.
    pub action: String,
    /// What it is about, when that is not said by the address: sent along.
    pub about: Option<String>,
    /// What it is.
    pub title: String,
    /// What to know before doing it.
    pub lead: Option<String>,
    /// What is filled in.
    pub fields: Vec<Field>,
    /// What stands on the button.
    pub send: String,
    /// Whether its button is a quiet one, because another is what people come for.
    pub second: bool,
    /// Whether it is unfolded.
    pub open: bool,
}

impl Deed {
    /// Whether there is nothing to fill in or to read first: then the button alone stands there.
    pub(crate) fn is_plain(&self) -> bool {
        self.fields.is_empty() && self.lead.is_none()
    }
}

/// The fields in which something is wrong, for the summary at the top.
pub(crate) fn all_fields(deeds: &[Deed]) -> Vec<Field> {
    let open = deeds.iter().filter(|deed| deed.open);
    open.flat_map(|deed| deed.fields.clone()).collect()
}
