//! Every organisation's own name for a case.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ladder::{CaseId, CitizenRef, Organisation};
use proto::{IdentifierError, Pseudonym};

/// How many bytes of the code a pseudonym shows: 120 bits.
const SHOWN_BYTES: usize = 15;

/// Makes pseudonyms: different per organisation, unlinkable without the platform's key, and the
/// same whenever asked.
#[derive(Clone)]
pub struct Pseudonyms(hmac::Key);

impl Pseudonyms {
    /// With the platform's key: 32 random bytes, kept like every other secret.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// What this organisation calls this case.
    ///
    /// # Errors
    /// [`IdentifierError`] in theory only: the text always fits a pseudonym.
    pub fn of(
        &self,
        organisation: &Organisation,
        case: &CaseId,
    ) -> Result<Pseudonym, IdentifierError> {
        let tag = hmac::sign(&self.0, format!("{organisation}/{case}").as_bytes());
        Pseudonym::parse(&format!(
            "ps_{}",
            URL_SAFE_NO_PAD.encode(&tag.as_ref()[..SHOWN_BYTES])
        ))
    }

    /// What the platform calls a citizen with a login: without its key nobody tells whose login it is.
    ///
    /// # Errors
    /// [`ladder::IdentifierError`] in theory only: the text always fits a reference.
    pub fn citizen(
        &self,
        organisation: &str,
        subject: &str,
    ) -> Result<CitizenRef, ladder::IdentifierError> {
        let tag = self.secret(&format!("citizen/{organisation}/{subject}"));
        CitizenRef::parse(&format!(
            "cz_{}",
            URL_SAFE_NO_PAD.encode(&tag[..SHOWN_BYTES])
        ))
    }

    /// What follows from a text and the platform's key, and from neither alone.
    pub(crate) fn secret(&self, text: &str) -> [u8; 32] {
        let tag = hmac::sign(&self.0, text.as_bytes());
        let mut secret = [0; 32];
        secret.copy_from_slice(tag.as_ref());
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_organisations_have_two_names_for_one_case_and_each_keeps_its_own() {
        let pseudonyms = Pseudonyms::new(&[7; 32]);
        let case = CaseId::parse("case_1").unwrap();
        let svb = Organisation::parse("00000099000000002000").unwrap();
        let tax = Organisation::parse("00000099000000003000").unwrap();
        let of = |organisation| pseudonyms.of(organisation, &case).unwrap();
        assert_ne!(of(&svb), of(&tax));
        assert_eq!(of(&svb), Pseudonyms::new(&[7; 32]).of(&svb, &case).unwrap());
        assert_ne!(of(&svb), Pseudonyms::new(&[8; 32]).of(&svb, &case).unwrap());
    }

    #[test]
    fn a_citizen_has_one_name_per_organisation_and_login_and_it_tells_neither() {
        let pseudonyms = Pseudonyms::new(&[7; 32]);
        let of = |organisation, subject| pseudonyms.citizen(organisation, subject).unwrap();
        assert_eq!(of("1", "a"), of("1", "a"));
        assert_ne!(of("1", "a"), of("2", "a"));
        assert_ne!(of("1", "a"), of("1", "b"));
        assert_ne!(
            of("1", "a"),
            Pseudonyms::new(&[8; 32]).citizen("1", "a").unwrap()
        );
    }
}
