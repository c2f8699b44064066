//! Every organisation's own name for a case.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use journal::CauseKey;
use ladder::{CaseId, CitizenRef, Organisation};
use proto::{IdentifierError, Pseudonym};
use uuid::Uuid;

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

    /// The id of a case that a message reports, told at this time: the same whenever the message is
    /// taken in, also by a platform that was put back from a copy of before. Without the key nobody
    /// guesses it.
    pub(crate) fn reported(&self, cause: &CauseKey, told: Timestamp) -> Uuid {
        let secret = self.following("case", cause);
        let mut random = [0; 10];
        random.copy_from_slice(&secret[..10]);
        let millis = u64::try_from(told.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// The id of the nth thing of a kind that follows from a message: as [`Self::reported`].
    pub(crate) fn follows(&self, kind: &str, nth: usize, cause: &CauseKey) -> Uuid {
        let secret = self.following(&format!("{kind}/{nth}"), cause);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&secret[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    fn following(&self, what: &str, cause: &CauseKey) -> [u8; 32] {
        let CauseKey { sender, message } = cause;
        self.secret(&format!("id/{what}\0{sender}\0{message}"))
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
    fn what_follows_from_a_message_has_the_same_id_whenever_it_is_taken_in() {
        let told: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let cause = |message| CauseKey::new("00000099000000001000", message);
        let pseudonyms = || Pseudonyms::new(&[7; 32]);
        let id = pseudonyms().reported(&cause("e1"), told);
        assert_eq!(id, pseudonyms().reported(&cause("e1"), told));
        assert_eq!(id.get_version_num(), 7);
        assert_ne!(id, pseudonyms().reported(&cause("e2"), told));
        assert_ne!(id, Pseudonyms::new(&[8; 32]).reported(&cause("e1"), told));
        let follows = |nth| pseudonyms().follows("event", nth, &cause("e1"));
        assert_eq!(follows(0), follows(0));
        assert_ne!(follows(0), follows(1));
        assert_ne!(
            follows(0),
            pseudonyms().follows("escalation", 0, &cause("e1"))
        );
    }

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
