use crate::words::words;

words! {
    /// The roles of the matrix. Their order is the order in which the gate tries a person's
    /// roles: the one that leads a case comes before the one that raised it, so that a command
    /// permitted to both is recorded under the more responsible role.
    Role {
        /// Steers the content for the household; acts for the owner.
        CaseDirector = "case_director",
        /// Guards cooperation and progress.
        ProcessDirector = "process_director",
        /// Professional who raises the case and stays responsible for it.
        Raiser = "raiser",
        /// Answers handoffs for one agency.
        AgencyLiaison = "agency_liaison",
        /// Treats or cares, under professional secrecy.
        CareProfessional = "care_professional",
        /// Holds money that may be shared: an insurer, a fund.
        FundHolder = "fund_holder",
        /// Works for a regional body.
        RegionalHandler = "regional_handler",
        /// Works at the national desk.
        NationalAdviser = "national_adviser",
        /// Sits at the national table.
        TableMember = "table_member",
        /// Politically or administratively responsible; commits the own organisation.
        Administrator = "administrator",
        /// Learns from cases without persons.
        Analyst = "analyst",
        /// Supervises an organisation's use of data.
        PrivacyOfficer = "privacy_officer",
        /// Keeps the platform running.
        Operator = "operator",
        /// The person whom a case is about, or a representative.
        Citizen = "citizen",
    }
}
