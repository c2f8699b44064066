/// Why something cannot happen to a pass now. Each has a stable [code](Refusal::code); the
/// sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence says what it means")]
pub enum Refusal {
    #[error("this pass is not known")]
    UnknownPass,
    #[error("this pass was already issued")]
    PassExists,
    #[error("a pass says what it opens")]
    CategoriesRequired,
    #[error("a pass of this kind never opens {0}")]
    CategoryNotOpened(String),
    #[error("a pass ends after now")]
    EndNotAhead,
    #[error("an emergency lasts at most {hours} hours")]
    EmergencyTooLong { hours: u32 },
    #[error("such a pass lasts at most {days} days")]
    TemporaryTooLong { days: u32 },
    #[error("such a pass is taken for oneself")]
    NotForAnother,
    #[error("nobody gives a temporary pass to themselves")]
    NotForOneself,
    #[error("this pass has ended")]
    PassEnded,
    #[error("only what was taken in an emergency is reviewed")]
    NoReviewNeeded,
    #[error("this pass was already reviewed")]
    AlreadyReviewed,
    #[error("who took a pass does not review it")]
    ReviewOfOwn,
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownPass => "unknown_pass",
            Self::PassExists => "pass_exists",
            Self::CategoriesRequired => "categories_required",
            Self::CategoryNotOpened(_) => "category_not_opened",
            Self::EndNotAhead => "end_not_ahead",
            Self::EmergencyTooLong { .. } => "emergency_too_long",
            Self::TemporaryTooLong { .. } => "temporary_too_long",
            Self::NotForAnother => "not_for_another",
            Self::NotForOneself => "not_for_oneself",
            Self::PassEnded => "pass_ended",
            Self::NoReviewNeeded => "no_review_needed",
            Self::AlreadyReviewed => "already_reviewed",
            Self::ReviewOfOwn => "review_of_own",
        }
    }
}
