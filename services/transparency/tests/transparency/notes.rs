//! Signed notes and checkpoints.

use transparency::note::{KeyError, NoteError, Signer, Verifier};
use transparency::{Checkpoint, CheckpointError, Hash, origin_of};

/// The example in the documentation of the reference implementation of signed notes.
const SECRET: [u8; 32] = [
    0x81, 0x0a, 0x14, 0x02, 0xd5, 0x14, 0x6c, 0x8d, 0x84, 0xf2, 0x44, 0x33, 0x30, 0xf5, 0x40, 0x80,
    0xeb, 0xf9, 0x8e, 0xe1, 0x7d, 0x9c, 0x74, 0xf6, 0x25, 0x2f, 0xc5, 0xd5, 0xc7, 0x28, 0x31, 0x73,
];
const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const SIGNATURE: &str = "\u{2014} PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn peter() -> Signer {
    Signer::new("PeterNeumann", &SECRET).unwrap()
}

#[test]
fn the_published_note_is_signed_and_opened_byte_for_byte() {
    let note = peter().sign(TEXT).unwrap();
    assert_eq!(note, format!("{TEXT}\n{SIGNATURE}"));
    let verifier = peter().verifier().unwrap();
    assert_eq!(verifier.vkey(), VKEY);
    assert_eq!(verifier.open(&note), Ok(TEXT));
    let again = Verifier::parse("PeterNeumann", &verifier.public_key()).unwrap();
    assert_eq!(again, verifier);
}

#[test]
fn a_note_with_anything_changed_is_refused() {
    let note = peter().sign(TEXT).unwrap();
    let verifier = peter().verifier().unwrap();
    let changed = [
        (note.replace("don't", "do not"), NoteError::Signature),
        (note.replace("x08go/ZJ", "x08go/ZK"), NoteError::Signature),
        (note.replace("x08go", "y08go"), NoteError::Unsigned),
        (note.replace("PeterNeumann", "Peter"), NoteError::Unsigned),
        (note.replace("\n\n", "\n"), NoteError::Form),
        (note.trim_end().to_owned(), NoteError::Form),
        (note.replace('\u{2014}', "-"), NoteError::Form),
        (note.replace("think", "th\tink"), NoteError::Form),
        (String::new(), NoteError::Form),
    ];
    for (note, expected) in changed {
        assert_eq!(verifier.open(&note), Err(expected), "{note}");
    }
}

#[test]
fn a_signature_of_somebody_else_is_left_alone() {
    let note = peter().sign(TEXT).unwrap();
    let other = Signer::new("EnochRoot", &[7; 32]).unwrap();
    let theirs = other.sign(TEXT).unwrap();
    let line = theirs.rsplit_once("\n\n").unwrap().1;
    let both = format!("{note}{line}");
    assert_eq!(peter().verifier().unwrap().open(&both), Ok(TEXT));
    assert_eq!(other.verifier().unwrap().open(&both), Ok(TEXT));
}

#[test]
fn a_name_that_cannot_stand_in_a_note_is_no_name() {
    for name in ["", "a b", "a+b", "a\nb"] {
        assert_eq!(Signer::new(name, &SECRET).err(), Some(KeyError::Name));
    }
    assert_eq!(Verifier::parse("a", "AAAA"), Err(KeyError::Key));
}

#[test]
fn a_checkpoint_is_origin_size_and_root() {
    let origin = origin_of("00000099000000009000");
    let checkpoint = Checkpoint {
        origin: origin.clone(),
        size: 42,
        root: Hash::from_bytes([0; 32]),
    };
    let signer = Signer::new(&origin, &SECRET).unwrap();
    let verifier = signer.verifier().unwrap();
    let text = "urn:nld:oin:00000099000000009000:log\n42\n\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    let note = checkpoint.sign(&signer).unwrap();
    let opened = Checkpoint::open(&note, &origin, &verifier);
    assert_eq!(opened, Ok(checkpoint.clone()));
    assert_eq!(checkpoint.text(), text);
    assert!(note.starts_with(&format!("{text}\n\u{2014} {origin} ")));

    let open = |text: &str| {
        let note = signer.sign(text).unwrap();
        Checkpoint::open(&note, &origin, &verifier)
    };
    let root = checkpoint.root;
    let extended = format!("{}more\n", checkpoint.text());
    assert_eq!(open(&extended), Ok(checkpoint));
    for size in ["042", "+42", "-1", "", "many", "18446744073709551616"] {
        let text = format!("{origin}\n{size}\n{root}\n");
        assert_eq!(open(&text), Err(CheckpointError::Form), "{size}");
    }
    let other = format!("{}\n42\n{root}\n", origin_of("00000099000000002000"));
    assert_eq!(open(&other), Err(CheckpointError::Origin));
    assert_eq!(
        open(&format!("{origin}\n42\nAAAA\n")),
        Err(CheckpointError::Form)
    );
}
