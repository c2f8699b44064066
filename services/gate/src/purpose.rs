use crate::words::words;

words! {
    /// What a read is for; every read names one (AVG 5(1)(b), purpose limitation).
    Purpose {
        /// A citizen's look at the own case.
        Insight = "insight",
        /// Helping the household.
        Help = "help",
        /// Following a case that was raised.
        FollowUp = "follow_up",
        /// Guarding progress.
        Progress = "progress",
        /// Finding out whether a handoff has come to the right place.
        Routing = "routing",
        /// Carrying out the own law.
        OwnLaw = "own_law",
        /// Care and treatment.
        Care = "care",
        /// Deciding on money.
        Funding = "funding",
        /// Getting a case unstuck.
        Unblock = "unblock",
        /// The purpose of a partnership under the WGS.
        Partnership = "partnership",
        /// Reaching commitments.
        Commit = "commit",
        /// Removing an obstacle with administrative means.
        RemoveObstacle = "remove_obstacle",
        /// Learning for the next case.
        Learn = "learn",
        /// Accounting for the use of data.
        Account = "account",
        /// Running the platform.
        Operate = "operate",
    }
}
