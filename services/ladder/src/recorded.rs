//! How the events of an aggregate are declared and stored: a list of kinds, and one payload each.

use serde_json::Value;

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// No such kind and version.
    #[error("no event '{kind}' version {version}")]
    Unknown {
        /// The stored kind.
        kind: String,
        /// The stored version.
        version: i64,
    },
    /// The data does not have the event's form.
    #[error("event '{kind}': {source}")]
    Data {
        /// The stored kind.
        kind: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// Declares payloads: what one kind of event holds.
macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $type:ty),* $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[$fdoc])* pub $field: $type),* }
        )+
    };
}

/// Declares the enum `Event` over payloads of the same names, each with its kind
/// (`<noun>.<past-verb>`), its version when it is no longer the first, and how it is stored.
macro_rules! event_kinds {
    ($(#[$doc:meta])* $($variant:ident = $kind:literal $(version $version:literal)?),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "kind", content = "data")]
        #[allow(missing_docs, reason = "each variant's payload says what it means")]
        pub enum Event {
            $(#[serde(rename = $kind)] $variant($variant)),+
        }

        impl Event {
            /// Every kind of event.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// The version in which this release writes its data.
            pub fn version(&self) -> u32 {
                Self::version_of(self.kind())
            }

            fn version_of(kind: &str) -> u32 {
                match kind {
                    $($($kind => $version,)?)+
                    _ => $crate::recorded::FIRST_VERSION,
                }
            }

            /// Its kind, `<noun>.<past-verb>`, as stored and shown.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind),+ }
            }

            /// The data as stored, without the kind.
            pub fn data(&self) -> serde_json::Value {
                $crate::recorded::data(self)
            }

            /// The event of a stored kind, version and data.
            ///
            /// # Errors
            /// [`EventError`]($crate::EventError) when this release knows no such event.
            pub fn from_stored(
                kind: &str,
                version: i64,
                data: serde_json::Value,
            ) -> Result<Self, $crate::EventError> {
                $crate::recorded::known(kind, Self::KINDS, version, Self::version_of(kind))?;
                $crate::recorded::tagged(kind, data)
            }
        }
    };
}

pub(crate) use {event_kinds, payloads};

/// The version of an event kind that never changed. What an older version lacks is filled in by the
/// defaults of its payload.
pub(crate) const FIRST_VERSION: u32 = 1;

pub(crate) fn data(event: &impl serde::Serialize) -> Value {
    match serde_json::to_value(event) {
        Ok(Value::Object(mut tagged)) => tagged.remove("data").unwrap_or(Value::Null),
        _ => Value::Null,
    }
}

pub(crate) fn known(
    kind: &str,
    kinds: &[&str],
    version: i64,
    written: u32,
) -> Result<(), EventError> {
    if (i64::from(FIRST_VERSION)..=i64::from(written)).contains(&version) && kinds.contains(&kind) {
        return Ok(());
    }
    Err(EventError::Unknown {
        kind: kind.to_owned(),
        version,
    })
}

pub(crate) fn tagged<E: serde::de::DeserializeOwned>(
    kind: &str,
    data: Value,
) -> Result<E, EventError> {
    let tagged = [("kind".to_owned(), kind.into()), ("data".to_owned(), data)];
    serde_json::from_value(Value::Object(tagged.into_iter().collect())).map_err(|source| {
        EventError::Data {
            kind: kind.to_owned(),
            source,
        }
    })
}
