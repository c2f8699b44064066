//! Trace context as the W3C writes it: which operation of another process ours is a part of.

use std::fmt::Write as _;

/// The id of one line in a trace: 8 bytes, not all zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span([u8; 8]);

/// A trace, and the caller's place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    id: [u8; 16],
    parent: Option<Span>,
}

impl Span {
    /// A span from these bytes; random, or the same for the same cause.
    #[must_use]
    pub const fn new(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// Its hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

impl Trace {
    /// A trace that begins here.
    #[must_use]
    pub const fn new(id: [u8; 16]) -> Self {
        Self { id, parent: None }
    }

    /// The trace of the header `traceparent`; `None` when that is not of the form of W3C Trace
    /// Context. Its flags are not looked at: what is not sampled is logged all the same.
    #[must_use]
    pub fn from_traceparent(header: &str) -> Option<Self> {
        let mut parts = header.split('-');
        let version = bytes::<1>(parts.next()?)?;
        let id = bytes::<16>(parts.next()?)?;
        let parent = bytes::<8>(parts.next()?)?;
        bytes::<1>(parts.next()?)?;
        let longer = parts.next().is_some();
        let known = match version {
            [0xff] => false,
            [0] => !longer,
            _ => true,
        };
        (known && id != [0; 16] && parent != [0; 8]).then_some(Self {
            id,
            parent: Some(Span(parent)),
        })
    }

    /// Its hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.id)
    }

    /// The caller's span, when there is one.
    #[must_use]
    pub const fn parent(&self) -> Option<Span> {
        self.parent
    }
}

/// Lower case, as the standard asks.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    let lower = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
    if digits.len() != 2 * N || !digits.iter().all(lower) {
        return None;
    }
    let mut bytes = [0; N];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00f067aa0ba902b7";

    #[test]
    fn a_trace_goes_on_where_the_caller_is_sampled_or_not() {
        for flags in ["00", "01"] {
            let trace = Trace::from_traceparent(&format!("00-{ID}-{PARENT}-{flags}")).unwrap();
            assert_eq!(trace.hex(), ID);
            assert_eq!(trace.parent().unwrap().hex(), PARENT);
        }
        assert_eq!(Trace::new([1; 16]).parent(), None);
    }

    #[test]
    fn what_is_not_of_the_form_begins_no_trace() {
        let zero = "0".repeat(32);
        for header in [
            String::new(),
            format!("00-{ID}-{PARENT}"),
            format!("ff-{ID}-{PARENT}-00"),
            format!("00-{zero}-{PARENT}-00"),
            format!("00-{ID}-{}-00", "0".repeat(16)),
            format!("00-{}-{PARENT}-00", ID.to_uppercase()),
            format!("00-{ID}-{PARENT}-00-more"),
            format!("00-{}-{PARENT}-00", &ID[1..]),
            format!("00-{}é-{PARENT}-00", &ID[2..]),
        ] {
            assert_eq!(Trace::from_traceparent(&header), None, "{header}");
        }
        assert!(Trace::from_traceparent(&format!("01-{ID}-{PARENT}-00-more")).is_some());
    }
}
