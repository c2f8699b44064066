use crate::words::words;

words! {
    /// The columns of the matrix: kinds of data, each with its own rules.
    Category {
        /// Name, address, birth date.
        Identity = "identity",
        /// Citizen service number.
        Bsn = "bsn",
        /// Income, debt.
        Finance = "finance",
        /// Fiscal data.
        Tax = "tax",
        /// Health data.
        Health = "health",
        /// Criminal data.
        Criminal = "criminal",
        /// Data of relatives outside the household.
        ThirdParty = "third_party",
        /// Relation within the household, who cares for whom.
        Family = "family",
        /// "Care confirms: need present", without diagnosis.
        Care = "care",
        /// Status, deadlines, organisations.
        Process = "process",
        /// Decision and weighing.
        Decision = "decision",
        /// What others can learn from.
        Lesson = "lesson",
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A category as a type, for [`crate::Classified`] and [`crate::Grant`]. Only this crate has any.
pub trait Marker: sealed::Sealed {
    /// The category that the type stands for.
    const CATEGORY: Category;
}

macro_rules! markers {
    ($($name:ident)+) => {
        $(
            #[doc = concat!("[`Category::", stringify!($name), "`] as a type.")]
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Marker for $name {
                const CATEGORY: Category = Category::$name;
            }
        )+
    };
}

markers! {
    Identity Bsn Finance Tax Health Criminal ThirdParty Family Care Process Decision Lesson
}
