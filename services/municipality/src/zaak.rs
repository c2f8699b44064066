//! The municipality's own name for a case: the *zaak* reference.

/// The longest zaak reference, in characters (ZGW Zaken API, `identificatie`).
pub const MAX_LENGTH: usize = 40;

/// What is wrong with a zaak reference; `None` when nothing is.
///
/// It goes to the platform as `ownReference` and comes back with the pseudonym, so it may not be a
/// person number, with which clerks do name files.
pub fn fault(reference: &str) -> Option<&'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if reference.is_empty() || reference.len() > MAX_LENGTH {
        Some("a zaak reference has 1 to 40 characters")
    } else if !reference.chars().all(allowed) {
        Some("a zaak reference has letters, digits, '-', '_', '.' and '/' only")
    } else if proto::Bsn::is_valid(reference) {
        Some("a zaak reference is not a person number")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zaak_reference_is_short_and_plain() {
        assert_eq!(fault("ZAAK-2026-0000042"), None);
        assert_eq!(fault(""), Some("a zaak reference has 1 to 40 characters"));
        assert_eq!(
            fault(&"9".repeat(41)),
            Some("a zaak reference has 1 to 40 characters")
        );
        assert_eq!(
            fault("Bella de Vries"),
            Some("a zaak reference has letters, digits, '-', '_', '.' and '/' only")
        );
    }

    #[test]
    fn a_person_number_is_no_zaak_reference() {
        assert_eq!(
            fault("999990342"),
            Some("a zaak reference is not a person number")
        );
    }
}
