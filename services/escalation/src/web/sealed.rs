//! What a browser keeps for us, sealed: it can neither read nor change it, and what was sealed for
//! one use opens for no other.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chassis::entropy::Entropy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Bytes of chance in a form's token.
const CHANCE: usize = 16;

/// Seals cookies and makes the tokens of forms.
#[derive(Clone)]
pub(super) struct Sealer {
    cookies: Option<Arc<LessSafeKey>>,
    forms: hmac::Key,
}

impl Sealer {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        // Two keys from one, so that a form's token says nothing about the cookies.
        let root = hmac::Key::new(hmac::HMAC_SHA256, key);
        let cookies = hmac::sign(&root, b"cookies");
        let forms = hmac::sign(&root, b"forms");
        let cookies = UnboundKey::new(&AES_256_GCM, cookies.as_ref()).ok();
        Self {
            cookies: cookies.map(LessSafeKey::new).map(Arc::new),
            forms: hmac::Key::new(hmac::HMAC_SHA256, forms.as_ref()),
        }
    }

    /// The value for this use, sealed; none when it cannot be sealed, which has no other cause than
    /// a value without end.
    pub(super) fn seal(
        &self,
        entropy: &Entropy,
        purpose: &str,
        value: &impl Serialize,
    ) -> Option<String> {
        let mut bytes = serde_json::to_vec(value).ok()?;
        let chance: [u8; NONCE_LEN] = entropy.bytes();
        let nonce = Nonce::assume_unique_for_key(chance);
        let key = self.cookies.as_ref()?;
        key.seal_in_place_append_tag(nonce, Aad::from(purpose.as_bytes()), &mut bytes)
            .ok()?;
        Some(URL_SAFE_NO_PAD.encode([&chance[..], &bytes].concat()))
    }

    /// The value that was sealed for this use.
    pub(super) fn open<T: DeserializeOwned>(&self, purpose: &str, sealed: &str) -> Option<T> {
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        if bytes.len() < NONCE_LEN {
            return None;
        }
        let mut rest = bytes.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&bytes).ok()?;
        let key = self.cookies.as_ref()?;
        let open = key.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut rest);
        serde_json::from_slice(open.ok()?).ok()
    }

    /// A token for one form of this session: chance, and the proof that it was given here.
    pub(super) fn form_token(&self, entropy: &Entropy, session: &str) -> String {
        let chance: [u8; CHANCE] = entropy.bytes();
        let chance = URL_SAFE_NO_PAD.encode(chance);
        let proof = hmac::sign(&self.forms, format!("{session}.{chance}").as_bytes());
        format!("{chance}.{}", URL_SAFE_NO_PAD.encode(proof))
    }

    /// Whether this is a token that was given to this session.
    pub(super) fn is_form_token(&self, session: &str, token: &str) -> bool {
        let Some((chance, proof)) = token.split_once('.') else {
            return false;
        };
        let said = format!("{session}.{chance}");
        URL_SAFE_NO_PAD
            .decode(proof)
            .is_ok_and(|proof| hmac::verify(&self.forms, said.as_bytes(), &proof).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_own_use_and_key_only() {
        let (entropy, sealer) = (Entropy::seeded(1), Sealer::new(&[1; 32]));
        let sealed = sealer.seal(&entropy, "session", &"secret").unwrap();
        assert!(!sealed.contains("secret"));
        assert_eq!(sealer.open("session", &sealed), Some("secret".to_owned()));
        assert_eq!(sealer.open::<String>("login", &sealed), None);
        let other = Sealer::new(&[2; 32]);
        assert_eq!(other.open::<String>("session", &sealed), None);
        for broken in ["", "AAAA", &sealed[1..], &sealed[..sealed.len() - 2]] {
            assert_eq!(sealer.open::<String>("session", broken), None, "{broken}");
        }
    }

    #[test]
    fn a_forms_token_is_good_for_its_session_only() {
        let (entropy, sealer) = (Entropy::seeded(1), Sealer::new(&[1; 32]));
        let token = sealer.form_token(&entropy, "one");
        assert!(sealer.is_form_token("one", &token));
        assert_ne!(token, sealer.form_token(&entropy, "one"));
        for (session, wrong) in [
            ("two", token.as_str()),
            ("one", ""),
            ("one", "a.b"),
            ("one", &token[1..]),
        ] {
            assert!(!sealer.is_form_token(session, wrong), "{session} {wrong}");
        }
    }
}
