//! Coded lists: enums whose entries have one word each, in events, API and files.

/// A word that is not in a coded list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is no {list}")]
pub struct UnknownWord {
    list: &'static str,
    word: String,
}

impl UnknownWord {
    pub(crate) fn new(list: &'static str, word: &str) -> Self {
        Self {
            list,
            word: word.chars().take(80).collect(),
        }
    }
}

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every word of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in events, API and files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The entry for a word.
            ///
            /// # Errors
            /// [`UnknownWord`]($crate::UnknownWord) when the list has no such word.
            pub fn parse(word: &str) -> Result<Self, $crate::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownWord::new($list, word)),
                }
            }
        }
    };
}

pub(crate) use coded;
