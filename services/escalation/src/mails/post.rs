//! Over to the mail server.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::letter;
use super::store::Mail;

/// How long the mail server has for a step.
const PATIENCE: Duration = Duration::from_secs(10);

/// A mail server, from whom mails come, and where they lead. Cheap to clone.
#[derive(Clone)]
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Arc<Mailbox>,
    public_url: Arc<str>,
}

/// Why mails cannot be set up. Says nothing of what was set: it may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// No address of a mail server.
    #[error("SMTP_URL is no smtp:// or smtps:// address of a mail server")]
    Server,
    /// No mail address.
    #[error("MAIL_FROM is no mail address")]
    From,
}

/// Why a mail was not sent.
pub(super) struct Failure {
    /// The server's answer (RFC 5321, section 4.2), 0 when there was none.
    pub(super) code: u16,
    /// Whether trying again makes no difference.
    pub(super) lasting: bool,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailServer").finish_non_exhaustive()
    }
}

impl MailServer {
    /// A server at an address (`smtp://…`, `smtps://…`), with the sender of mails and where people
    /// reach this service. It is not asked whether it is there.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn new(server: &str, from: &str, public_url: &str) -> Result<Self, SettingsError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|_| SettingsError::Server)?
            .timeout(Some(PATIENCE))
            .build();
        let from: Mailbox = from.parse().map_err(|_| SettingsError::From)?;
        Ok(Self {
            transport,
            from: Arc::new(from),
            public_url: public_url.trim_end_matches('/').into(),
        })
    }

    /// Sends a mail. Each try is the same mail to whoever gets it: its id follows from its cause.
    pub(super) async fn send(
        &self,
        mail: &Mail,
        address: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let broken = Failure {
            code: 0,
            lasting: true,
        };
        let Ok(to) = address.trim().parse::<Address>() else {
            return Err(broken);
        };
        let letter = letter::of(mail.occasion, &self.public_url);
        let id = format!("<{}@{}>", mail.id(), self.from.email.domain());
        // That no machine answers it (RFC 3834).
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(Mailbox::clone(&self.from))
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .date(now.into())
            .message_id(Some(id))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text);
        let Ok(message) = message else {
            return Err(broken);
        };
        let sent = self.transport.send(message).await;
        sent.map(|_| ()).map_err(|error| Failure {
            code: error.status().map_or(0, u16::from),
            lasting: error.is_permanent(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_refused_without_repeating_it() {
        let refused = |server, from| {
            let made = MailServer::new(server, from, "https://doorbraak.example");
            made.unwrap_err().to_string()
        };
        let from = "Doorbraak <noreply@doorbraak.example>";
        let said = refused("http://name:geheim@mail.example", from);
        assert!(
            said.starts_with("SMTP_URL") && !said.contains("geheim"),
            "{said}"
        );
        assert_eq!(
            refused("smtp://localhost", "niemand"),
            "MAIL_FROM is no mail address"
        );
    }
}
