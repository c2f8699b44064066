//! The test vectors of the Certificate Transparency reference implementation: eight leaves, the root
//! of every size, and the proofs that it publishes.

use transparency::{Cause, Hash, Leaf, Row, leaf_hash, sha256};

const LEAVES: [&[u8]; 8] = [
    b"",
    &[0x00],
    &[0x10],
    &[0x20, 0x21],
    &[0x30, 0x31],
    &[0x40, 0x41, 0x42, 0x43],
    &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    &[
        0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
        0x6f,
    ],
];

const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hex(hash: &Hash) -> String {
    hash.as_bytes().iter().map(|b| format!("{b:02x}")).collect()
}

fn leaves(count: usize) -> Vec<Hash> {
    LEAVES[..count].iter().map(|leaf| leaf_hash(leaf)).collect()
}

#[test]
fn every_root_is_the_published_one() {
    for (count, root) in (1..).zip(ROOTS) {
        assert_eq!(hex(&super::grown(&leaves(count)).root().unwrap()), root);
    }
}

#[test]
fn every_inclusion_proof_is_the_published_one() {
    let published: [(usize, usize, &[&str]); 5] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            3,
            &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
        ),
        (
            1,
            5,
            &[
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (index, size, expected) in published {
        let proof = super::inclusion(&leaves(size), index);
        assert_eq!(proof.0.iter().map(hex).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn every_consistency_proof_is_the_published_one() {
    let published: [(usize, usize, &[&str]); 4] = [
        (1, 1, &[]),
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (from, to, expected) in published {
        let proof = super::consistency(&leaves(to), from);
        assert_eq!(proof.0.iter().map(hex).collect::<Vec<_>>(), expected);
    }
}

/// The form of a leaf is a promise: checkpoints that parties keep hold for ever.
#[test]
fn a_leaf_is_hashed_as_documented() {
    let field = |bytes: &[u8]| [&(bytes.len() as u64).to_be_bytes(), bytes].concat();
    let number = |number: i64| field(&number.to_be_bytes());
    let row = Row {
        position: 7,
        stream: "case/c",
        version: 2,
        id: "e",
        kind: "draft-saved",
        kind_version: 1,
        at: "2026-03-02T09:00:00Z",
        actor: "{}",
        data: "{\"a\":1}",
    };
    let written = [
        field(b"doorbraak-log-row-v1"),
        number(7),
        field(b"case/c"),
        number(2),
        field(b"e"),
        field(b"draft-saved"),
        number(1),
        field(b"2026-03-02T09:00:00Z"),
        field(b"{}"),
        field(sha256(b"{\"a\":1}").as_bytes()),
    ];
    assert_eq!(row.hash(), sha256(&written.concat()));

    let cause = Cause {
        sender: "00000099000000002000",
        message: "urn:x 1",
        digest: Some("d"),
    };
    let written = [
        field(b"doorbraak-log-cause-v1"),
        field(b"00000099000000002000"),
        field(b"urn:x 1"),
        field(b"d"),
    ];
    assert_eq!(cause.hash(), sha256(&written.concat()));

    let leaf = Leaf {
        position: 7,
        row: row.hash(),
        cause: cause.hash(),
    };
    let written = [
        field(b"doorbraak-log-leaf-v1"),
        number(7),
        field(row.hash().as_bytes()),
        field(cause.hash().as_bytes()),
    ];
    assert_eq!(leaf.hash(), leaf_hash(&written.concat()));
    let silent = Cause {
        digest: None,
        ..cause
    };
    let empty = Cause {
        digest: Some(""),
        ..cause
    };
    assert_ne!(silent.hash(), empty.hash());
}
