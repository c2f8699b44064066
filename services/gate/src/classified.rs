use std::{fmt, marker::PhantomData};

use crate::{Category, Marker, Role};

/// How much of a category may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Nothing.
    None,
    /// A pseudonym or code only.
    Pseudonym,
    /// Banded or partly hidden.
    Masked,
    /// In full.
    Full,
}

/// The gate's answer to a read, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The category that was asked for.
    pub category: Category,
    /// The most that a policy permits.
    pub strength: Strength,
    /// The role that it is permitted to; `None` when nothing is.
    pub role: Option<Role>,
    /// The ids of the policies that decided, sorted.
    pub policies: Vec<String>,
    /// The rules behind them (`r1` … `r11`), sorted; policies may have none.
    pub rules: Vec<String>,
}

/// A [`Reading`] as the key to [`Classified`] values of one category. Only the gate makes one.
pub struct Grant<C> {
    reading: Reading,
    category: PhantomData<C>,
}

impl<C: Marker> Grant<C> {
    pub(crate) fn new(reading: Reading) -> Self {
        Self {
            reading,
            category: PhantomData,
        }
    }

    /// How much, in which role and why.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// How much may be seen.
    pub fn strength(&self) -> Strength {
        self.reading.strength
    }
}

impl<C: Marker> fmt::Debug for Grant<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Grant").field(&self.reading).finish()
    }
}

/// A value of one category of data: it comes out only with the grant for that category.
///
/// ```
/// use gate::{Actor, CaseFacts, Classified, Gate, Identity, Purpose, Shown};
///
/// let name: Classified<Identity, String> = Classified::new("Bella".to_owned());
/// let grant = Gate::embedded()?.read(&Actor::Clock, Purpose::Help, &CaseFacts::default());
/// assert_eq!(name.read(&grant), Shown::Hidden);
/// # Ok::<(), gate::LoadError>(())
/// ```
///
/// Without the grant there is no way in:
///
/// ```compile_fail,E0616
/// use gate::{Classified, Identity};
///
/// let name: Classified<Identity, String> = Classified::new("Bella".to_owned());
/// let stolen = &name.value;
/// ```
///
/// The grant for another category is of another type:
///
/// ```compile_fail,E0308
/// use gate::{Actor, CaseFacts, Classified, Gate, Grant, Identity, Lesson, Purpose};
///
/// let name: Classified<Identity, String> = Classified::new("Bella".to_owned());
/// let gate = Gate::embedded().unwrap();
/// let grant: Grant<Lesson> = gate.read(&Actor::Clock, Purpose::Help, &CaseFacts::default());
/// name.read(&grant);
/// ```
///
/// And nobody but the gate makes a grant:
///
/// ```compile_fail,E0624
/// use gate::{Category, Grant, Identity, Reading, Strength};
///
/// let reading = Reading {
///     category: Category::Identity,
///     strength: Strength::Full,
///     role: None,
///     policies: vec![],
///     rules: vec![],
/// };
/// let forged: Grant<Identity> = Grant::new(reading);
/// ```
pub struct Classified<C, T> {
    value: T,
    category: PhantomData<C>,
}

impl<C: Marker, T> Classified<C, T> {
    /// Puts a value under its category's rules.
    pub fn new(value: T) -> Self {
        Self {
            value,
            category: PhantomData,
        }
    }

    /// As much as the grant allows.
    pub fn read(&self, grant: &Grant<C>) -> Shown<&T> {
        match grant.strength() {
            Strength::Full => Shown::Full(&self.value),
            Strength::Masked => Shown::Masked,
            Strength::Pseudonym => Shown::Pseudonym,
            Strength::None => Shown::Hidden,
        }
    }
}

impl<C: Marker, T: Clone> Clone for Classified<C, T> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone())
    }
}

impl<C: Marker, T> fmt::Debug for Classified<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Classified({})", C::CATEGORY)
    }
}

/// What may be shown of a classified value. Only `Full` holds the value: what stands in its place
/// otherwise (an age band, a pseudonym) comes from data that is free to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<T> {
    /// The value.
    Full(T),
    /// Show a band or a part in its place.
    Masked,
    /// Show a pseudonym or code in its place.
    Pseudonym,
    /// Show that something is hidden.
    Hidden,
}
