//! The people of an organisation as its file names them: what its register starts with.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::PartyFault;

/// Somebody to be found for a handoff (`[[contact]]` in a party file). The same person may stand
/// there with several functions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The organisation's own key of the entry.
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{1,80}$"))]
    pub id: String,
    /// The person, by the organisation's own opaque reference.
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{1,80}$"))]
    pub person: String,
    /// What this person does, in the organisation's own words.
    #[schemars(regex(pattern = r"\S"))]
    pub function: String,
    /// Name.
    #[schemars(length(min = 1))]
    pub name: Option<String>,
    /// Mail address.
    #[schemars(length(min = 1))]
    pub mail: Option<String>,
    /// Telephone number.
    #[schemars(length(min = 1))]
    pub phone: Option<String>,
    /// The rung of the ladder; any rung when absent.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub rung: Option<String>,
    /// The laws this person carries out.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub laws: BTreeSet<String>,
    /// The themes this person knows.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub themes: BTreeSet<String>,
    /// The regions this person works for; every region when empty.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9-]*$")))]
    pub regions: BTreeSet<String>,
    /// The parts this person can have, such as `process_director` or `quality_owner`.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub roles: BTreeSet<String>,
    /// The entry that takes over on absence.
    pub deputy: Option<String>,
    /// What this person may decide.
    #[serde(default)]
    pub mandates: Vec<ContactMandate>,
}

/// What somebody may decide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactMandate {
    /// The organisation's own key.
    #[schemars(length(min = 1))]
    pub id: String,
    /// Laws or themes; all of the organisation's when empty.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub scope: BTreeSet<String>,
    /// The most that one decision may cost, in euro cents; without a limit when absent.
    #[schemars(range(min = 0))]
    pub amount_cents: Option<i64>,
    /// The last day on which it holds; without an end when absent.
    pub until: Option<Date>,
}

/// What no schema can say about a list of contacts: what may stand there once, and who can be
/// whose deputy.
pub(super) fn faults(file: &str, contacts: &[Contact]) -> Vec<PartyFault> {
    let mut faults = Vec::new();
    let mut fault = |field: String, reason: String| {
        faults.push(PartyFault::new(file, &field, reason));
    };
    let (mut ids, mut mandates) = (BTreeSet::new(), BTreeSet::new());
    for (index, contact) in contacts.iter().enumerate() {
        let at = |field: &str| format!("/contact/{index}/{field}");
        if !ids.insert(contact.id.as_str()) {
            let id = &contact.id;
            let reason = format!("{id} is already the id of an entry above; give it another");
            fault(at("id"), reason);
        }
        for (nth, mandate) in contact.mandates.iter().enumerate() {
            if !mandates.insert(mandate.id.as_str()) {
                let id = &mandate.id;
                let reason = format!("{id} is already the id of a mandate above; give it another");
                fault(at(&format!("mandates/{nth}/id")), reason);
            }
        }
        if let Some(deputy) = &contact.deputy
            && let Some(reason) = no_deputy(contacts, contact, deputy)
        {
            fault(at("deputy"), reason);
        }
    }
    faults
}

/// Why an entry cannot be the deputy of another.
fn no_deputy(contacts: &[Contact], of: &Contact, deputy: &str) -> Option<String> {
    let entry = |id: &str| contacts.iter().find(|contact| contact.id == id);
    let mut next = match entry(deputy) {
        Some(next) => next,
        None => {
            return Some(format!(
                "no entry has the id {deputy}; name one of this file"
            ));
        }
    };
    for _ in contacts {
        if next.id == of.id {
            return Some(format!(
                "{} would take over from itself; name somebody else",
                of.id
            ));
        }
        match next.deputy.as_deref().and_then(entry) {
            Some(further) => next = further,
            None => break,
        }
    }
    None
}
