//! Whose data a line is about, without saying who that is.

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};

use crate::trace::hex;

/// What [`SubjectKeys::of`] gives, for `data_subject_id_type`: a keyed pseudonym (HMAC-SHA-256)
/// with a key of the controller's own.
pub const SUBJECT_ID_TYPE: &str = "pseudonym-hmac-sha256";

/// Makes the pseudonyms of data subjects: with a key of its own for each controller, so that the
/// logs of two controllers cannot be joined on them.
#[derive(Clone)]
pub struct SubjectKeys(Key);

impl SubjectKeys {
    /// From 32 random bytes, kept like every other secret.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Key::new(HMAC_SHA256, key))
    }

    /// The pseudonym by which this controller's log knows a data subject, as hexadecimal digits.
    /// `subject` names the person within this program; it is never stored.
    #[must_use]
    pub fn of(&self, controller: &str, subject: &str) -> String {
        let own = format!("doorbraak account, data subjects of|{controller}");
        let own = hmac::sign(&self.0, own.as_bytes());
        let own = Key::new(HMAC_SHA256, own.as_ref());
        hex(hmac::sign(&own, subject.as_bytes()).as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_controllers_know_one_person_by_two_pseudonyms_that_stay_the_same() {
        let keys = SubjectKeys::new(&[1; 32]);
        let of = |controller| keys.of(controller, "case/1/person/p1");
        assert_eq!(of("1"), of("1"));
        assert_eq!(
            of("1"),
            SubjectKeys::new(&[1; 32]).of("1", "case/1/person/p1")
        );
        assert_ne!(of("1"), of("2"));
        assert_ne!(of("1"), keys.of("1", "case/1/person/p2"));
        assert_ne!(
            of("1"),
            SubjectKeys::new(&[2; 32]).of("1", "case/1/person/p1")
        );
        assert_eq!(of("1").len(), 64);
    }
}
