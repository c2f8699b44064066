//! What one request finds and looks at. It is made before the handler runs and read after it, by
//! the layer in `accounting`, so that no handler can show something and forget to note it.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use account::Shown;
use gate::{Category, Reading, Strength};

use super::reveal::word;

/// Notes of one request.
#[derive(Clone, Default)]
pub(super) struct Logbook(Arc<Mutex<Noted>>);

/// What was noted.
#[derive(Default)]
pub(super) struct Noted {
    /// Who asked; none when nobody was let in.
    pub(super) who: Option<Who>,
    /// The recorded ground on which was looked, where one has to be.
    pub(super) ground: Option<String>,
    /// The cases that were found, shown or not.
    pub(super) cases: BTreeSet<String>,
    /// What was looked at.
    pub(super) looks: Vec<Look>,
}

/// Who asks.
#[derive(Clone)]
pub(super) struct Who {
    /// The organisation's OIN.
    pub(super) organisation: String,
    /// Its own opaque name for the person.
    pub(super) person_ref: String,
    /// The roles of the token.
    pub(super) roles: Vec<&'static str>,
    /// The application that the token was issued to.
    pub(super) client: String,
}

/// One thing that was looked at.
pub(super) struct Look {
    /// What was done, as an operation of the API is called.
    pub(super) operation: &'static str,
    /// The thing's id.
    pub(super) object: String,
    /// Whether that is a case.
    pub(super) is_case: bool,
    /// What for.
    pub(super) purpose: Option<&'static str>,
    /// The roles to which something was shown.
    pub(super) roles: BTreeSet<&'static str>,
    /// The persons of the case that it is about; all of it when none are named.
    pub(super) only: Option<BTreeSet<String>>,
    /// Per category how much.
    pub(super) shown: BTreeMap<Category, (Strength, BTreeSet<String>)>,
}

impl Look {
    /// Whether it showed something of a person: all but the course of a case and lessons.
    pub(super) fn is_personal(&self) -> bool {
        self.shown.iter().any(|(category, (strength, _))| {
            *strength > Strength::None && !matches!(category, Category::Process | Category::Lesson)
        })
    }

    /// Whether it showed something of somebody outside the household.
    pub(super) fn shows_third_party(&self) -> bool {
        let of_others = self.shown.get(&Category::ThirdParty);
        of_others.is_some_and(|(strength, _)| *strength > Strength::None)
    }

    /// The same in the words of the log.
    pub(super) fn in_words(&self) -> BTreeMap<String, Shown> {
        let words = self.shown.iter().map(|(category, (strength, policies))| {
            let shown = Shown {
                strength: word(*strength).to_owned(),
                policies: policies.clone(),
            };
            (category.as_str().to_owned(), shown)
        });
        words.collect()
    }
}

/// A look that goes on.
pub(super) struct Looking {
    logbook: Logbook,
    place: usize,
}

impl Logbook {
    /// Who asks.
    pub(super) fn asked_by(&self, who: Who) {
        self.lock().who = Some(who);
    }

    /// The recorded ground on which is looked.
    pub(super) fn on_ground(&self, ground: &str) {
        self.lock().ground = Some(ground.to_owned());
    }

    /// That a case was found.
    pub(super) fn found(&self, case: &str) {
        self.lock().cases.insert(case.to_owned());
    }

    /// That a case is looked at, for a purpose.
    pub(super) fn case(
        &self,
        operation: &'static str,
        case: &str,
        purpose: Option<&'static str>,
    ) -> Looking {
        self.look(operation, case, true, purpose)
    }

    /// That something else is looked at.
    pub(super) fn thing(&self, operation: &'static str, thing: &str) {
        self.look(operation, thing, false, None);
    }

    fn look(
        &self,
        operation: &'static str,
        object: &str,
        is_case: bool,
        purpose: Option<&'static str>,
    ) -> Looking {
        let mut noted = self.lock();
        let same = |look: &Look| {
            look.operation == operation && look.object == object && look.purpose == purpose
        };
        let place = match noted.looks.iter().position(same) {
            Some(place) => place,
            None => {
                noted.looks.push(Look {
                    operation,
                    object: object.to_owned(),
                    is_case,
                    purpose,
                    roles: BTreeSet::new(),
                    only: None,
                    shown: BTreeMap::new(),
                });
                noted.looks.len() - 1
            }
        };
        drop(noted);
        Looking {
            logbook: self.clone(),
            place,
        }
    }

    /// What was noted apart, as far as it is told: of one operation, and of these categories.
    pub(super) fn take_over(
        &self,
        operation: &'static str,
        noted: &Noted,
        categories: &BTreeSet<Category>,
    ) {
        for look in &noted.looks {
            let looking = self.look(operation, &look.object, look.is_case, look.purpose);
            let mut own = self.lock();
            let Some(same) = own.looks.get_mut(looking.place) else {
                continue;
            };
            same.roles.extend(&look.roles);
            if same.only.is_none() {
                same.only.clone_from(&look.only);
            }
            for (category, (strength, policies)) in &look.shown {
                if categories.contains(category) {
                    let entry = same.shown.entry(*category);
                    let (most, by) = entry.or_insert((Strength::None, BTreeSet::new()));
                    *most = (*most).max(*strength);
                    by.extend(policies.iter().cloned());
                }
            }
        }
    }

    /// Everything that was noted, when the request has been answered.
    pub(super) fn close(&self) -> Noted {
        mem::take(&mut *self.lock())
    }

    /// A poisoned lock is no reason to forget what was looked at.
    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Looking {
    /// That it shows these persons of the case at most.
    pub(super) fn only(&self, persons: &BTreeSet<String>) {
        if let Some(look) = self.logbook.lock().looks.get_mut(self.place) {
            look.only = Some(persons.clone());
        }
    }

    /// How much of a category was shown, and by which policies; the most counts.
    pub(super) fn shown(&self, reading: &Reading) {
        let mut noted = self.logbook.lock();
        let Some(look) = noted.looks.get_mut(self.place) else {
            return;
        };
        if reading.strength > Strength::None {
            look.roles.extend(reading.role.map(|role| role.as_str()));
        }
        let entry = look.shown.entry(reading.category);
        let (strength, policies) = entry.or_insert((Strength::None, BTreeSet::new()));
        if reading.strength > *strength {
            *strength = reading.strength;
        }
        policies.extend(reading.policies.iter().cloned());
    }
}
