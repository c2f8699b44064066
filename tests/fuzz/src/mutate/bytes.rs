use rand::{Rng, RngExt as _};

/// Bytes that JSON, percent-encoding, UTF-8 or base64 treat in a way of their own.
const TELLING: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"\0",
    b"%",
    b"%00",
    b"%C3%28",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"{",
    b"[",
    b"}",
    b"]",
    b",",
    b":",
    b"-0",
    b"1e999",
    b"18446744073709551616",
    b"null",
    b".",
    b"=",
];

/// One change that knows nothing of what the bytes mean.
pub(super) fn changed(
    mut all: Vec<u8>,
    others: &[(String, Vec<u8>)],
    rng: &mut impl Rng,
) -> Vec<u8> {
    let at = rng.random_range(0..=all.len());
    match rng.random_range(0..7) {
        0 if at < all.len() => all[at] ^= 1 << rng.random_range(0..8),
        1 => all.truncate(at),
        2 => insert(&mut all, at, TELLING[rng.random_range(0..TELLING.len())], 1),
        3 => {
            let end = rng.random_range(at..=all.len());
            all.drain(at..end);
        }
        4 => {
            let end = rng.random_range(at..=all.len().min(at + 64));
            let again = all[at..end].to_vec();
            insert(&mut all, at, &again, rng.random_range(1..=32));
        }
        // Deep, or long, beyond every limit.
        5 => {
            let what = TELLING[rng.random_range(0..TELLING.len())];
            insert(&mut all, at, what, 1 << rng.random_range(4..=15));
        }
        _ => {
            if let Some((_, other)) = others.get(rng.random_range(0..others.len().max(1))) {
                let from = rng.random_range(0..=other.len());
                all.truncate(at);
                all.extend_from_slice(&other[from..]);
            }
        }
    }
    all
}

fn insert(all: &mut Vec<u8>, at: usize, what: &[u8], times: usize) {
    let tail = all.split_off(at);
    all.extend(what.repeat(times));
    all.extend(tail);
}
