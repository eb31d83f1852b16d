//! E-mail: notifications to people who want them, by SMTP.

mod texts;

use etalon_persistence::notifications::Letter;
use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::SmtpTransport;
use lettre::{Message, Transport as _};

/// The server that takes our e-mails, and who sends them.
#[derive(Clone)]
pub struct Smtp {
    transport: SmtpTransport,
    from: Mailbox,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The transport knows the password.
        write!(f, "Smtp {{ from: {} }}", self.from)
    }
}

impl Smtp {
    /// A server by its URL, such as `smtps://user:password@mail.example.com`, and the address that
    /// our e-mails come from. No connection is made yet.
    ///
    /// # Errors
    /// One sentence that names the setting and says what is wrong.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let transport = SmtpTransport::from_url(url)
            .map_err(|e| {
                format!(
                    "--smtp-url (ETALON_SMTP_URL) must be a URL such as \
                     smtps://user:password@mail.example.com or \
                     smtp://user:password@mail.example.com:587?tls=required: {e}"
                )
            })?
            .timeout(Some(std::time::Duration::from_secs(30)))
            .build();
        let from = from.parse().map_err(|_| {
            format!(
                "--mail-from (ETALON_MAIL_FROM) must be an address such as \
                 Etalon <etalon@example.com>, not '{from}'"
            )
        })?;
        Ok(Self { transport, from })
    }

    /// Sends a notification; the link leads below the public address of the server.
    ///
    /// # Errors
    /// What the mail server says, or that the address is none.
    pub fn send(&self, letter: &Letter, public_url: &str) -> Result<(), String> {
        let address = (letter.email.parse()).map_err(|e| format!("address of the reader: {e}"))?;
        let text = texts::of(letter, public_url);
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.name.clone()), address))
            // The same for every attempt, so that a mailbox recognizes a letter that came twice.
            .message_id(Some(format!("<{}@{host}>", letter.notification.id)))
            .subject(text.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text.body)
            .map_err(|e| e.to_string())?;
        self.transport
            .send(&message)
            .map(|_| ())
            .map_err(|e| e.to_string())
    }
}
