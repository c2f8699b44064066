//! The house keeps its shape: which crate may import which, and what never enters the rules.

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Every edge between crates of the workspace, dev-dependencies aside.
const EDGES: &[(&str, &[&str])] = &[
    ("proto", &[]),
    ("ladder", &[]),
    ("transparency", &[]),
    ("journal", &["transparency"]),
    ("account", &["journal"]),
    ("token", &[]),
    ("gate", &["token"]),
    ("bus", &["proto"]),
    ("chassis", &["proto", "token"]),
    (
        "escalation",
        &[
            "account",
            "bus",
            "chassis",
            "gate",
            "journal",
            "ladder",
            "proto",
            "screens",
            "token",
            "transparency",
        ],
    ),
    // Pages and words alone: no data, no clock, no server.
    ("screens", &[]),
    (
        "gateway",
        &[
            "bus",
            "chassis",
            "journal",
            "proto",
            "token",
            "transparency",
        ],
    ),
    ("municipality", &["gateway", "journal", "proto"]),
    ("svb", &["gateway", "journal", "proto"]),
    ("tax-office", &["gateway", "journal", "proto"]),
    ("care-provider", &["gateway", "journal", "proto"]),
    // Input that nobody would write, for what reads from outside.
    ("fuzz", &["proto", "token"]),
    // The matrix, for tests only: nothing that is shipped imports it.
    ("proofs", &["gate"]),
];

/// What the pure rules never see.
const NEVER_IN_LADDER: &[&str] = &[
    "tokio", "sqlx", "axum", "rand", "proto", "reqwest", "tracing",
];

fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    metadata
        .packages
        .iter()
        .map(|package| {
            let imports = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), imports)
        })
        .collect()
}

/// What differs from the allowed edges; empty when nothing does.
fn strays(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let ours: BTreeSet<&str> = edges.keys().map(String::as_str).collect();
    let mut strays = Vec::new();
    for (name, allowed) in EDGES {
        for import in edges.get(*name).into_iter().flatten() {
            if ours.contains(import.as_str()) && !allowed.contains(&import.as_str()) {
                strays.push(format!("{name} imports {import}"));
            }
        }
    }
    for (name, imports) in edges {
        let listed = EDGES.iter().any(|(known, _)| known == name);
        if !listed && !matches!(name.as_str(), "demo" | "scenarios") {
            strays.push(format!("{name} has no place in the house"));
        }
        if imports.contains("cedar-policy") && name != "gate" {
            strays.push(format!("{name} imports cedar-policy"));
        }
        if imports.contains("cedar-policy-symcc") {
            strays.push(format!("{name} ships cedar-policy-symcc"));
        }
    }
    let ladder = edges.get("ladder").into_iter().flatten();
    for import in ladder.filter(|import| NEVER_IN_LADDER.contains(&import.as_str())) {
        strays.push(format!("ladder imports {import}"));
    }
    strays
}

#[test]
fn every_import_is_one_that_the_architecture_allows() {
    assert_eq!(strays(&edges()), Vec::<String>::new());
}

#[test]
fn a_party_that_reaches_into_the_escalation_service_is_noticed() {
    let mut edges = edges();
    edges
        .get_mut("svb")
        .unwrap()
        .insert("escalation".to_owned());
    edges
        .get_mut("escalation")
        .unwrap()
        .insert("svb".to_owned());
    edges.get_mut("ladder").unwrap().insert("tokio".to_owned());
    edges
        .get_mut("gateway")
        .unwrap()
        .insert("cedar-policy".to_owned());
    edges
        .get_mut("gate")
        .unwrap()
        .insert("cedar-policy-symcc".to_owned());
    assert_eq!(
        strays(&edges),
        [
            "escalation imports svb",
            "svb imports escalation",
            "gate ships cedar-policy-symcc",
            "gateway imports cedar-policy",
            "ladder imports tokio"
        ]
    );
}
