//! Several events in one body, taken apart byte for byte: the digest in the log is that of what
//! its sender wrote.

use serde::de::IgnoredAny;

/// Where the array breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoArray;

/// The elements of a JSON array, each as it stands there.
///
/// # Errors
/// [`NoArray`] when it is none, or holds something beside objects.
pub(super) fn elements(body: &[u8]) -> Result<Vec<&[u8]>, NoArray> {
    let mut rest = expect(body, b'[')?;
    let mut elements = Vec::new();
    if let Ok(end) = expect(rest, b']') {
        return at_end(end, elements);
    }
    loop {
        rest = expect(rest, b'{').map(|_| rest.trim_ascii_start())?;
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        if !matches!(values.next(), Some(Ok(_))) {
            return Err(NoArray);
        }
        let (element, after) = rest.split_at(values.byte_offset());
        elements.push(element);
        match expect(after, b',') {
            Ok(more) => rest = more,
            Err(NoArray) => return at_end(expect(after, b']')?, elements),
        }
    }
}

fn expect(text: &[u8], byte: u8) -> Result<&[u8], NoArray> {
    match text.trim_ascii_start().split_first() {
        Some((first, rest)) if *first == byte => Ok(rest),
        Some(_) | None => Err(NoArray),
    }
}

fn at_end<'a>(rest: &[u8], elements: Vec<&'a [u8]>) -> Result<Vec<&'a [u8]>, NoArray> {
    match rest.trim_ascii() {
        [] => Ok(elements),
        _ => Err(NoArray),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_taken_apart_as_it_was_written() {
        let body = b" [ {\"a\" : [1, \"]},\"] } ,{}\n] ";
        assert_eq!(
            elements(body).unwrap(),
            [&b"{\"a\" : [1, \"]},\"] }"[..], b"{}"]
        );
        assert_eq!(elements(b"[]").unwrap(), Vec::<&[u8]>::new());
    }

    #[test]
    fn what_is_no_array_of_objects_is_refused_whole() {
        let broken = [
            "", "{}", "[", "[{}", "[{},]", "[{} {}]", "[1]", "[{}] x", "[,{}]", "[{\"a\"]",
            "[null]",
        ];
        for body in broken {
            assert_eq!(elements(body.as_bytes()), Err(NoArray), "{body}");
        }
    }
}
