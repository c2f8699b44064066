//! tax-office
