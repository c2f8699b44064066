use crate::coded::coded;

coded! {
    /// A kind of data: a column of the matrix (domain, section e1).
    DataCategory, "category of data" {
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

impl DataCategory {
    /// Whether consent can never open it: person numbers (UAVG 46, Wabb 10-11), tax data (AWR 67)
    /// and criminal data (AVG 10, UAVG 31 and further).
    pub fn closed_to_consent(self) -> bool {
        match self {
            Self::Bsn | Self::Tax | Self::Criminal => true,
            Self::Identity
            | Self::Finance
            | Self::Health
            | Self::ThirdParty
            | Self::Family
            | Self::Care
            | Self::Process
            | Self::Decision
            | Self::Lesson => false,
        }
    }

    /// Whether it needs a ground that a law names for it: person numbers (r3), tax (r4), health
    /// (r5) and criminal data (r6). What nobody can look up does not open it.
    pub fn needs_a_law_of_its_own(self) -> bool {
        match self {
            Self::Bsn | Self::Tax | Self::Health | Self::Criminal => true,
            Self::Identity
            | Self::Finance
            | Self::ThirdParty
            | Self::Family
            | Self::Care
            | Self::Process
            | Self::Decision
            | Self::Lesson => false,
        }
    }

    /// Whether a person can object to the sharing of it (AVG 21): what is about the person. From
    /// the course everybody learns that there is an objection, and a lesson is about nobody.
    pub fn open_to_objection(self) -> bool {
        match self {
            Self::Process | Self::Lesson => false,
            Self::Identity
            | Self::Bsn
            | Self::Finance
            | Self::Tax
            | Self::Health
            | Self::Criminal
            | Self::ThirdParty
            | Self::Family
            | Self::Care
            | Self::Decision => true,
        }
    }
}

coded! {
    /// What something is shared for (AVG 5(1)(b)), in the words that the policies have for
    /// reading.
    SharingPurpose, "purpose of sharing" {
        /// Finding out whether something has come to the right place.
        Routing = "routing",
        /// Helping the household.
        Help = "help",
        /// Carrying out one's own law.
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
        /// Protecting somebody in danger.
        Protect = "protect",
    }
}

coded! {
    /// What makes something a basis.
    BasisKind, "kind of legal basis" {
        /// A task that a law gives.
        Task = "task",
        /// What the person agreed to.
        Consent = "consent",
        /// A law that demands it.
        Duty = "duty",
        /// Secrecy against a greater harm.
        ConflictOfDuties = "conflict_of_duties",
        /// A law that lets a professional report without consent.
        ReportingRight = "reporting_right",
        /// A partnership under the Wet gegevensverwerking door samenwerkingsverbanden.
        Wgs = "wgs",
        /// An emergency.
        VitalInterest = "vital_interest",
    }
}

coded! {
    /// Whether a basis is law.
    BasisStatus, "status of a legal basis" {
        /// It is.
        InForce = "in_force",
        /// Parliament has it; it permits nothing.
        Bill = "bill",
    }
}

coded! {
    /// A ground of the AVG, by its article.
    Ground, "ground of the AVG" {
        /// Consent.
        Consent = "6.1.a",
        /// A contract.
        Contract = "6.1.b",
        /// A legal duty.
        LegalDuty = "6.1.c",
        /// A vital interest.
        VitalInterest = "6.1.d",
        /// A public task.
        PublicTask = "6.1.e",
        /// A legitimate interest; not for a public body's task.
        LegitimateInterest = "6.1.f",
        /// Special categories: explicit consent.
        ExplicitConsent = "9.2.a",
        /// Special categories: a vital interest.
        SpecialVitalInterest = "9.2.c",
        /// Special categories: a substantial public interest.
        PublicInterest = "9.2.g",
        /// Special categories: care.
        CareProvision = "9.2.h",
        /// Criminal data.
        Criminal = "10",
    }
}
