use std::collections::{BTreeMap, BTreeSet};

use gate::{Category, Purpose, Role, Strength};

/// The file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// What the levels are called, from low to high.
    pub levels: BTreeMap<Level, String>,
    /// What each way of standing to a case means.
    pub standing: BTreeMap<Standing, String>,
    /// What each condition means.
    pub conditions: BTreeMap<Condition, String>,
    /// The rules behind the cells, by id, in the order of their numbers.
    pub rules: Vec<(String, Rule)>,
    /// Who reads a draft: nobody else does, whatever the rows say.
    pub draft: Draft,
    /// What a body may see that heard of a case only because silence climbed.
    pub silence: Silence,
    /// Who goes on reading what a person objects to the sharing of.
    pub objection: Objection,
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
}

/// A rule behind cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it says.
    pub text: String,
    /// What it rests on.
    pub basis: String,
    /// Whether a jurist has to confirm it.
    pub jurist: bool,
}

/// One role at one level for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The row of the source that it transcribes: role, level, purpose.
    pub source: String,
    /// The roles that it is for.
    pub roles: Vec<Role>,
    /// Where the case stands.
    pub levels: BTreeSet<Level>,
    /// What the read is for; `None`: for whatever.
    pub purpose: Option<Purpose>,
    /// How the reader's organisation stands to the case: one of these.
    pub standing: Vec<Standing>,
    /// Whether it also holds, on any level, for whoever was asked in this role to admit the case.
    pub asked_to_admit: bool,
    /// Whether it holds only for cases of the reader's own regions (none named: all).
    pub own_regions: bool,
    /// The only theme that it holds for, if there is one.
    pub theme: Option<String>,
    /// What of it is inferred, for a jurist to confirm.
    pub jurist: Vec<String>,
    /// What it gives, per category; all are there.
    pub cells: BTreeMap<Category, Cell>,
}

/// What a row gives of one category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What is given; empty: nothing.
    pub given: Vec<Given>,
    /// The ids of the rules behind it.
    pub rules: Vec<String>,
}

/// So much, on a condition if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// How much; never [`Strength::None`].
    pub strength: Strength,
    /// When.
    pub condition: Option<Condition>,
}

/// Whom a limit spares: some roles, of organisations that stand to the case in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spared {
    /// The organisation's standing.
    pub standing: Standing,
    /// The roles.
    pub roles: Who,
}

/// Some roles, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Whatever the role.
    All,
    /// These.
    Some(Vec<Role>),
}

/// The limit for drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who reads them.
    pub spared: Spared,
    /// Whether a jurist has to confirm it.
    pub jurist: bool,
}

/// The limit for a body that heard of a case only because silence climbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The most that it sees, per category; nothing of the others.
    pub cells: BTreeMap<Category, Strength>,
    /// Whom it does not touch.
    pub spared: Vec<Spared>,
    /// Whether a jurist has to confirm it.
    pub jurist: bool,
}

/// The limit for what a person objects to the sharing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Whom it does not touch.
    pub spared: Vec<Spared>,
    /// Nor whoever fulfils one of these.
    pub conditions: Vec<Condition>,
    /// Whether a jurist has to confirm it.
    pub jurist: bool,
}

/// Makes an enum of words of the file.
macro_rules! file_words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$inner])* $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word in the file.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The one with that word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

file_words! {
    /// How high a case stands.
    Level {
        /// Own work.
        L0 = "L0",
        /// Workshop.
        L1 = "L1",
        /// Local table.
        L2 = "L2",
        /// Regional rungs.
        L3 = "L3",
        /// National desk.
        L4 = "L4",
        /// National table.
        L5 = "L5",
    }
}

file_words! {
    /// How a reader's organisation, or a citizen, stands to a case.
    Standing {
        /// The case is about the citizen.
        Citizen = "citizen",
        /// Raised it.
        Raiser = "raiser",
        /// Owns it.
        Owner = "owner",
        /// Has it at its rung.
        Handler = "handler",
        /// Had it at a rung before.
        PastHandler = "past_handler",
        /// Was offered a part.
        Offered = "offered",
        /// Accepted a part.
        Accepted = "accepted",
        /// Was asked for a commitment.
        Committed = "committed",
        /// Does not matter.
        Anyone = "anyone",
    }
}

file_words! {
    /// What a cell may depend on beside its row.
    Condition {
        /// The organisation's own data, or disclosed to it on a recorded legal basis.
        OwnLaw = "own_law",
        /// The organisation's own data.
        OwnPart = "own_part",
        /// A privacy officer's pass is open.
        RecordedGround = "recorded_ground",
        /// A pass that was taken in an emergency is open.
        EmergencyPass = "emergency_pass",
        /// A temporary pass is open.
        TemporaryPass = "temporary_pass",
    }
}
