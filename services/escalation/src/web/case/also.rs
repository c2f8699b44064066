//! What the reader is offered beside the course of the case: asking for advice, and saying which login
//! is the citizen's.

use screens::page::Deed;
use screens::{Choice, Frame, Input};

use super::super::deeds::{ASK, LINK, Spec};
use super::super::visitor::Visitor;
use super::deeds::About;

/// The deed of this name, when it is one of these.
pub(super) fn named(name: &str) -> Option<&'static Spec> {
    [&ASK, &LINK].into_iter().find(|spec| spec.name == name)
}

impl About<'_> {
    /// Adds them to what the reader is offered.
    pub(super) fn also(&self, visitor: &Visitor, frame: &Frame, deeds: &mut Vec<Deed>) {
        let address = format!("/casussen/{}", self.name);
        if self.may("AskAdvice") && self.is_worked_on() {
            deeds.push(ASK.deed(visitor, frame, (&address, None)));
        }
        let persons: Vec<Choice> = self
            .all
            .case
            .persons
            .iter()
            .filter(|person| person.role != "third_party")
            .map(|person| Choice {
                value: person.person_key.clone(),
                label: match &person.name {
                    Some(name) => name.clone(),
                    None => frame.code("person", &person.role),
                },
            })
            .collect();
        let logs_in = visitor.web().0.screens.login.is_some();
        if self.may("LinkCitizen") && logs_in && !persons.is_empty() {
            let mut link = LINK.deed(visitor, frame, (&address, None));
            for field in &mut link.fields {
                if let Input::List(choices) = &mut field.input {
                    choices.clone_from(&persons);
                }
            }
            deeds.push(link);
        }
    }
}
