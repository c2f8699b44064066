use crate::coded::coded;

coded!(
    /// Why somebody gets a pass.
    PassKind, "kind of pass" {
        /// Taken by the person, because waiting would harm somebody (AVG 6(1)(d) and 9(2)(c)).
        Emergency = "emergency",
        /// Given to a colleague who stands in, within the organisation's own task.
        Temporary = "temporary",
        /// Taken by a privacy officer who has to know whom it is about: a request for access, a
        /// complaint, a breach (AVG 15, 33 and 39). It is the recorded ground of the matrix.
        Accounting = "accounting",
    }
);

coded!(
    /// How a pass ended.
    Ending, "ending of a pass" {
        /// Its time was over.
        Expired = "expired",
        /// The person gave it back.
        GivenBack = "given_back",
        /// Somebody took it away.
        Revoked = "revoked",
    }
);

coded!(
    /// What the privacy officer found.
    Verdict, "verdict on a pass" {
        /// There was reason for it.
        Justified = "justified",
        /// There was not: what follows is the organisation's own.
        Unjustified = "unjustified",
    }
);

coded!(
    /// How far a pass is, as views and pages name it.
    StateName, "state of a pass" {
        /// The person can look.
        Open = "open",
        /// The person cannot any more; somebody still has to look at it.
        UnderReview = "under_review",
        /// Nothing is waited for.
        Closed = "closed",
    }
);

impl PassKind {
    /// The columns of the matrix that such a pass can open, each as the word of its category.
    pub fn opens(self) -> &'static [&'static str] {
        match self {
            // What a vital interest can ask for.
            Self::Emergency => &["identity", "family", "care", "health", "third_party"],
            Self::Accounting => &["identity"],
            Self::Temporary => &[
                "identity", "finance", "family", "care", "process", "decision",
            ],
        }
    }
}
