//! Accounting for what is done with personal data: the two logs, the register that says what each
//! operation is for, and the pseudonyms of the persons whom a line is about.

use std::sync::Arc;
use std::time::Duration;

use account::{
    Account, AccountError, Activity, Controller, Lines, ProcessingLine, Register, SUBJECT_ID_TYPE,
    Span, Status, SubjectKeys, Trace,
};
use chassis::clock::Clock;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

/// The operation by which the relay tells an organisation something about a case; its entry in the
/// register is looked up under this name.
pub const RELAY_LETTER: &str = "relayLetter";

/// How often is looked whether lines are past their term.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The logs, the register and the keys. Cheap to clone.
#[derive(Clone)]
pub struct Accounting {
    account: Account,
    register: Arc<Register>,
    subjects: SubjectKeys,
    platform: Arc<str>,
}

/// What was done, for the lines of the processing log.
pub(crate) struct Processed<'a> {
    /// In which trace.
    pub(crate) trace: &'a Trace,
    /// The id of its own line.
    pub(crate) span: Span,
    /// The operation's name.
    pub(crate) name: &'a str,
    /// The entry of the register.
    pub(crate) activity: &'a Activity,
    /// The OIN of who acted.
    pub(crate) organisation: &'a str,
    /// The OIN of whom the data went to.
    pub(crate) receiver: Option<&'a str>,
    /// How it ended.
    pub(crate) status: Status,
    /// When it began.
    pub(crate) from: Timestamp,
    /// When it ended.
    pub(crate) until: Timestamp,
}

/// A person of a case, by the name that the pseudonym is made from: never stored.
pub(crate) fn person_of(case: &str, key: &str) -> String {
    format!("case/{case}/person/{key}")
}

impl Accounting {
    /// Over these logs, for the organisation `platform` that runs the platform.
    pub fn new(account: Account, register: Register, key: &[u8; 32], platform: &str) -> Self {
        Self {
            account,
            register: Arc::new(register),
            subjects: SubjectKeys::new(key),
            platform: platform.into(),
        }
    }

    /// The two logs.
    pub fn logs(&self) -> &Account {
        &self.account
    }

    /// What each operation is for.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The OIN of who runs the platform.
    pub(crate) fn platform(&self) -> &str {
        &self.platform
    }

    /// The name of a person in the processing log of a controller.
    pub(crate) fn subject(&self, controller: &str, person: &str) -> String {
        self.subjects.of(controller, person)
    }

    /// The lines of one operation: one for itself, and under it one per data subject.
    pub(crate) fn processing(
        &self,
        done: &Processed<'_>,
        subjects: impl IntoIterator<Item = (String, Span)>,
    ) -> Vec<ProcessingLine> {
        let controller = match done.activity.controller {
            Controller::Acting => done.organisation,
            Controller::Platform => &self.platform,
        };
        let root = ProcessingLine {
            trace_id: done.trace.hex(),
            span_id: done.span.hex(),
            parent_span_id: done.trace.parent().map(|parent| parent.hex()),
            controller: controller.to_owned(),
            status: done.status,
            name: done.name.to_owned(),
            start_time: done.from.as_millisecond(),
            end_time: done.until.as_millisecond(),
            processing_activity_id: done.activity.uri.clone(),
            data_subject_id: None,
            data_subject_id_type: None,
            foreign_operation_processor: done.receiver.map(str::to_owned),
        };
        let mut lines = vec![root.clone()];
        lines.extend(subjects.into_iter().map(|(subject, span)| ProcessingLine {
            span_id: span.hex(),
            parent_span_id: Some(root.span_id.clone()),
            data_subject_id: Some(self.subjects.of(controller, &subject)),
            data_subject_id_type: Some(SUBJECT_ID_TYPE.to_owned()),
            ..root.clone()
        }));
        lines
    }

    /// Stores lines; returns when they are stored for good.
    ///
    /// # Errors
    /// [`AccountError`]: then what they account for must not be shown or sent.
    pub(crate) async fn write(&self, lines: Lines) -> Result<(), AccountError> {
        self.account.write(lines).await
    }

    /// Deletes lines past their term, at once and then every day until stopped.
    pub(crate) async fn expire(self, clock: Clock, stop: CancellationToken) {
        loop {
            let before = self.register.expired_before(clock.now());
            if let Err(error) = self.account.expire(before).await {
                tracing::error!(%error, "lines past their term are not deleted yet");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(DAY) => {}
            }
        }
    }
}
