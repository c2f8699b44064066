use crate::coded::coded;

coded! {
    /// What a basis lacks to open a category. In order: the earlier, the nearer it comes, and so
    /// the more is to be gained by mending it.
    Lack, "thing that is missing" {
        /// The person did not agree, or withdrew it: ask.
        ConsentNotGiven = "consent_not_given",
        /// The receiver has no task of its own; consent does not repair that.
        NoTask = "no_task",
        /// It opens this only to who carries out the law under which it is known.
        NoOwnLaw = "no_own_law",
        /// Sender or receiver may not use person numbers (UAVG 46, Wabb 10-11).
        NotEntitled = "not_entitled",
        /// It is a bill: no law yet.
        Bill = "bill",
        /// It is for another purpose.
        OtherPurpose = "other_purpose",
        /// It is not for these two organisations.
        OtherOrganisation = "other_organisation",
        /// Consent never opens this.
        NotByConsent = "not_by_consent",
        /// It does not open this kind of data.
        NotCovered = "not_covered",
    }
}

coded! {
    /// What to think of before sharing.
    Warning, "warning about sharing" {
        /// A bill would help, and is no law yet.
        Bill = "bill",
        /// More is asked than the purpose needs (AVG 5(1)(c)).
        WiderThanNeeded = "wider_than_needed",
        /// A text holds what looks like a person number.
        NumberInText = "number_in_text",
        /// Consent is weak toward a body on which the person depends.
        ConsentTowardGovernment = "consent_toward_government",
        /// A jurist still has to confirm this basis.
        ToBeConfirmed = "to_be_confirmed",
        /// Part of it opens only what is known under a law that the receiver carries out.
        OwnLawOnly = "own_law_only",
        /// For an emergency, and for nothing else.
        EmergencyOnly = "emergency_only",
    }
}
