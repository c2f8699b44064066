//! What the server's permissions denied, told to the request it concerns.
//!
//! NATS answers a denied publish with an error on the connection, not to the publisher's reply
//! address, so without this a denial would look like a timeout.

use std::future::Future;
use std::pin::Pin;

use async_nats::{Event, ServerError};
use tokio::sync::broadcast;

/// Subjects on which this connection was denied to publish.
#[derive(Clone, Debug)]
pub(super) struct Denials {
    subjects: broadcast::Sender<String>,
}

impl Denials {
    pub(super) fn new() -> Self {
        // Denials are rare; a waiting request that misses one in a flood ends by its timeout.
        Denials {
            subjects: broadcast::channel(64).0,
        }
    }

    /// The client's event callback: passes denials on and notes what an operator wants to see.
    pub(super) fn listener(
        &self,
    ) -> impl Fn(Event) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> + Send + Sync + 'static
    {
        let subjects = self.subjects.clone();
        move |event| {
            match &event {
                Event::ServerError(ServerError::Other(text)) => match denied_subject(text) {
                    Some(subject) => {
                        tracing::error!(subject, "the broker denied publishing on this subject");
                        // Nobody waiting is fine: the line above says it.
                        subjects.send(subject.to_owned()).ok();
                    }
                    None => tracing::error!(error = %text, "the broker reports an error"),
                },
                Event::Connected => tracing::info!("connected to the broker"),
                Event::Disconnected => tracing::warn!("the connection to the broker is lost"),
                other => tracing::warn!(event = %other, "the connection to the broker reports"),
            }
            Box::pin(std::future::ready(()))
        }
    }

    /// Runs `request`; `None` when publishing on one of `subjects` is denied meanwhile: the names
    /// under which the broker knows what is asked.
    pub(super) async fn unless_denied<T>(
        &self,
        subjects: &[&str],
        request: impl Future<Output = T>,
    ) -> Option<T> {
        let mut denied = self.subjects.subscribe();
        tokio::pin!(request);
        loop {
            tokio::select! {
                done = &mut request => return Some(done),
                denial = denied.recv() => match denial {
                    Ok(denied) if subjects.contains(&denied.as_str()) => return None,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return Some(request.await),
                },
            }
        }
    }
}

/// The subject in `Permissions Violation for Publish to "<subject>"`, in any capitals.
fn denied_subject(text: &str) -> Option<&str> {
    const START: &str = "permissions violation for publish to \"";
    let head = text.get(..START.len())?;
    let rest = text.get(START.len()..)?;
    head.eq_ignore_ascii_case(START)
        .then(|| rest.split('"').next())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denied_subject_is_read_from_the_servers_words() {
        assert_eq!(
            denied_subject("Permissions Violation for Publish to \"doorbraak.1.out.a.b\""),
            Some("doorbraak.1.out.a.b")
        );
        assert_eq!(
            denied_subject("Permissions Violation for Subscription to \"x\""),
            None
        );
        assert_eq!(denied_subject("slow"), None);
    }
}
