//! The settings of mails, as the command line and the environment say them.

use clap::Args;

use super::post::{MailServer, SettingsError};

/// Mails: sent when there is a server for them.
#[derive(Args)]
pub struct MailArgs {
    /// The mail server, with how it is reached and, where it asks for them, name and password:
    /// `smtps://name:password@mail.example`, or `smtp://mail.example:587?tls=required`. Without it no
    /// mails are sent.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, requires_all = ["mail_from", "public_url"])]
    smtp_url: Option<String>,
    /// From whom mails come, such as `Doorbraak <noreply@doorbraak.example>`.
    #[arg(long, env = "MAIL_FROM")]
    mail_from: Option<String>,
}

impl MailArgs {
    /// The mail server as these settings say, with where people reach this service; none without one.
    ///
    /// # Errors
    /// [`SettingsError`] about the first setting that cannot be used.
    pub fn read(&self, public_url: Option<&str>) -> Result<Option<MailServer>, SettingsError> {
        match (&self.smtp_url, &self.mail_from, public_url) {
            (Some(server), Some(from), Some(public_url)) => {
                MailServer::new(server, from, public_url).map(Some)
            }
            _ => Ok(None),
        }
    }
}
