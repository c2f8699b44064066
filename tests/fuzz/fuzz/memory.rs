//! What a reading takes of memory at most.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes beside what grows with the input: tables that are made once.
const ALWAYS: usize = 4 << 20;
/// Bytes for each byte of input: JSON as a tree, with the names of its places, several times over.
const PER_BYTE: usize = 1_000;

/// Runs a reading and refuses one that took more than its input explains.
///
/// # Panics
/// When it did.
pub(crate) fn bounded<T>(input: &[u8], read: impl FnOnce() -> T) -> T {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let came = read();
    let took = ALLOCATOR.peak_usage().saturating_sub(before);
    let allowed = ALWAYS + PER_BYTE * input.len();
    assert!(
        took <= allowed,
        "{} bytes of input took {took} bytes, {allowed} are allowed",
        input.len()
    );
    came
}

#[test]
fn what_takes_too_much_is_found() {
    let taken =
        std::panic::catch_unwind(|| bounded(b"small", || vec![1_u8; ALWAYS + 100_000].len()));
    assert!(taken.is_err());
    assert_eq!(bounded(b"small", || vec![1_u8; 1_000].len()), 1_000);
}
