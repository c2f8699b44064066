//! What a reader made of bytes, with what holds for every reading.

use proto::{DecodeError, Envelope, FromParty, ToParty};
use serde_json::Value;

/// What came of it, as a code: `accepted`, or the reason of the refusal.
pub type Reading = &'static str;

/// Taken in.
pub const ACCEPTED: Reading = "accepted";

/// What a reader may never do.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// What was accepted reads differently once it is written again.
    WrittenOtherwise,
    /// A refusal repeats what was sent.
    Repeats,
    /// A refusal is longer than fits in an answer.
    TooLong,
    /// The schema let data pass that the type does not take, so the refusal cannot say where.
    GapInSchema,
    /// Both modes read the same event differently.
    ModesDiffer,
}

/// Reads an event in structured mode: its envelope, and its data in the direction that it has.
///
/// # Errors
/// [`Broken`].
pub fn structured(body: &[u8], marker: &str) -> Result<Reading, Broken> {
    let envelope = match Envelope::decode_structured(body) {
        Ok(envelope) => envelope,
        Err(error) => return refused(error.code(), &error, marker),
    };
    written_again(&envelope)?;
    data(&envelope, marker)
}

/// Reads an event in binary mode, as far as the bytes can be told apart into headers and a body:
/// lines before the first empty line are headers.
///
/// # Errors
/// [`Broken`].
pub fn binary(bytes: &[u8], marker: &str) -> Result<Reading, Broken> {
    let (head, body) = split_at_empty_line(bytes);
    let head = String::from_utf8_lossy(head);
    let headers: Vec<(String, String)> = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    match Envelope::decode(&headers, body) {
        Ok(envelope) => {
            written_again(&envelope)?;
            data(&envelope, marker)
        }
        Err(error) => refused(error.code(), &error, marker),
    }
}

/// An event in binary mode as the bytes that [`binary`] reads; nothing for what has no such form.
pub fn as_binary(structured: &[u8]) -> Option<Vec<u8>> {
    let (headers, body) = Envelope::decode_structured(structured)
        .ok()?
        .encode_binary()
        .ok()?;
    let mut all = Vec::new();
    for (name, value) in headers {
        all.extend(format!("{name}: {value}\n").into_bytes());
    }
    all.push(b'\n');
    all.extend(body);
    Some(all)
}

fn data(envelope: &Envelope, marker: &str) -> Result<Reading, Broken> {
    let (event, version) = (envelope.type_.event.as_str(), envelope.type_.version);
    let sent = FromParty::decode(event, version, &envelope.data).map(|event| event.data());
    let told = ToParty::decode(event, version, &envelope.data).map(|event| event.data());
    for reading in [&sent, &told] {
        if let Err(error) = reading {
            refused(error.code(), &(error, format!("{error}")), marker)?;
            without_gap(error)?;
        }
    }
    match (sent, told) {
        (Ok(data), _) => same(
            &data,
            FromParty::decode(event, version, &data).map(|e| e.data()),
        ),
        (_, Ok(data)) => same(
            &data,
            ToParty::decode(event, version, &data).map(|e| e.data()),
        ),
        (Err(DecodeError::UnknownType), Err(error)) | (Err(error), Err(_)) => Ok(error.code()),
    }
}

fn without_gap(error: &DecodeError) -> Result<(), Broken> {
    match error {
        DecodeError::Invalid(wrong)
            if wrong
                .iter()
                .any(|param| param.name.is_empty() && param.reason.contains("shape")) =>
        {
            Err(Broken::GapInSchema)
        }
        _ => Ok(()),
    }
}

fn same<E>(data: &Value, again: Result<Value, E>) -> Result<Reading, Broken> {
    match again {
        Ok(again) if again == *data => Ok(ACCEPTED),
        _ => Err(Broken::WrittenOtherwise),
    }
}

/// What was read can be written and reads as the same event, in both modes.
fn written_again(envelope: &Envelope) -> Result<(), Broken> {
    // What measures more than is allowed once it is written with its defaults is refused there.
    let (Ok(written), Ok((headers, body))) = (envelope.encode(), envelope.encode_binary()) else {
        return Ok(());
    };
    match Envelope::decode_structured(&written) {
        Ok(again) if again == *envelope => {}
        _ => return Err(Broken::WrittenOtherwise),
    }
    match Envelope::decode_binary(&headers, &body) {
        Ok(again) if again == *envelope => Ok(()),
        // Percent-encoding may make it too long.
        Err(proto::EnvelopeError::TooLarge { .. }) => Ok(()),
        _ => Err(Broken::ModesDiffer),
    }
}

/// The most that a refusal says, in bytes: it goes back in an event of 64 KiB, as fields and as text.
const LONGEST: usize = 24 * 1024;

/// A refusal says what is wrong, and never what it was, and not without end.
///
/// # Errors
/// [`Broken::Repeats`].
pub fn refused(
    code: Reading,
    said: &impl std::fmt::Debug,
    marker: &str,
) -> Result<Reading, Broken> {
    let said = format!("{said:?}");
    if said.contains(marker) {
        return Err(Broken::Repeats);
    }
    if said.len() > LONGEST {
        return Err(Broken::TooLong);
    }
    Ok(code)
}

fn split_at_empty_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.windows(2).position(|pair| pair == b"\n\n") {
        Some(at) => (&bytes[..at], &bytes[at + 2..]),
        None => (bytes, &[]),
    }
}
