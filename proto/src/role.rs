//! Roles of the matrix: in what capacity somebody acts.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::identifier::IdentifierError;

codes! {
    /// In what capacity a person acts; what each may see and do stands in the matrix.
    pub enum Role {
        /// The professional who raises a case.
        Raiser = "raiser",
        /// Steers the content for the household (*casusregisseur*).
        CaseDirector = "case_director",
        /// Guards cooperation and progress (*procesregisseur*).
        ProcessDirector = "process_director",
        /// Accepts handoffs for one agency.
        AgencyLiaison = "agency_liaison",
        /// Treats or supports, under professional secrecy.
        CareProfessional = "care_professional",
        /// Pays for care or support, such as an insurer.
        FundHolder = "fund_holder",
        /// Handles cases at the regional table.
        RegionalHandler = "regional_handler",
        /// Adviser at the national desk.
        NationalAdviser = "national_adviser",
        /// Sits at the national table.
        TableMember = "table_member",
        /// Politically or administratively responsible for an organisation.
        Administrator = "administrator",
        /// Learns from cases in numbers, never from one case.
        Analyst = "analyst",
        /// Supervises the processing of personal data (*functionaris gegevensbescherming*).
        PrivacyOfficer = "privacy_officer",
        /// Keeps the platform running.
        Operator = "operator",
        /// The person a case is about, or who acts for them.
        Citizen = "citizen",
    }
}

impl FromStr for Role {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_code(text).ok_or(IdentifierError::Role)
    }
}
