//! What travels: a subject, headers and a body, and the rules every message obeys.

use bytes::Bytes;

use crate::Identity;

/// Header by which the carrier recognises a message it stored before: the envelope's
/// `<source> <id>`.
pub const MESSAGE_ID: &str = "Nats-Msg-Id";

/// The largest body in bytes (64 KiB, the contract's limit for one event).
pub const MAX_PAYLOAD: usize = proto::MAX_BYTES;

/// One message on the bus.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// `doorbraak.<oin>.out.<noun>.<past-verb>` or `doorbraak.<oin>.in.<noun>.<past-verb>`.
    pub subject: String,
    /// Names and values. The carrier may change the order of different names.
    pub headers: Vec<(String, String)>,
    /// The body: one event.
    pub payload: Bytes,
}

impl Message {
    /// An encoded event in structured mode, with the two headers every event carries.
    #[must_use]
    pub fn event(subject: String, message_id: String, payload: impl Into<Bytes>) -> Self {
        let headers = vec![
            (MESSAGE_ID.to_owned(), message_id),
            ("Content-Type".to_owned(), proto::CONTENT_TYPE.to_owned()),
        ];
        Message {
            subject,
            headers,
            payload: payload.into(),
        }
    }

    /// The same message, carrying its place in a trace in the header `traceparent` too, so that who
    /// need not read the body can follow it.
    #[must_use]
    pub fn traced(mut self, traceparent: Option<&str>) -> Self {
        let header = traceparent.map(|value| ("traceparent".to_owned(), value.to_owned()));
        self.headers.extend(header);
        self
    }

    /// The value of a header, its name compared without regard to case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The id by which the carrier recognises a repetition, when the sender gave one.
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        self.header(MESSAGE_ID)
    }

    /// Refuses, before any carrier sees it, what must not be published.
    pub(crate) fn check(&self, identity: &Identity) -> Result<(), PublishError> {
        if !identity.may_publish_on(&self.subject) || !self.headers_fit_the_wire() {
            return Err(PublishError::Forbidden);
        }
        if self.payload.len() > MAX_PAYLOAD {
            return Err(PublishError::TooLarge);
        }
        Ok(())
    }

    /// A line break in a header would start another header on the wire.
    fn headers_fit_the_wire(&self) -> bool {
        self.headers.iter().all(|(name, value)| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_graphic() && b != b':')
                && !value.contains(['\r', '\n'])
        })
    }
}

/// Shows the subject and the size, never the body: it may hold personal data.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("subject", &self.subject)
            .field("message_id", &self.message_id())
            .field("bytes", &self.payload.len())
            .finish()
    }
}

/// Why a message was not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// This identity may not publish on that subject, or a header cannot be sent. Sending it
    /// again does not help.
    #[error("this sender may not publish that message")]
    Forbidden,
    /// The body is larger than [`MAX_PAYLOAD`]. Sending it again does not help.
    #[error("the message is larger than {MAX_PAYLOAD} bytes")]
    TooLarge,
    /// The carrier answered that it does not store the message now: there is no room for more of
    /// this addressee or of this sender, or its disk is full. It did not store it, and what is for
    /// another may be taken all the same. Send it again later.
    #[error("the bus has no room for the message now")]
    Refused,
    /// The carrier did not confirm that it stored the message. Send it again later.
    #[error("the bus did not confirm the message")]
    Unavailable,
}
