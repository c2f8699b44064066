//! What the catalogue of legal bases holds, and what it says to whoever edits it: file, line,
//! fault and remedy.

use ladder::catalogue::{BasisStatus, DataCategory, LegalBasisCatalogue, SharingPurpose};

const SHIPPED: &str = include_str!("../../../../deploy/legal-bases.toml");

/// Line 1 is `[[purpose]]`; the bases begin in lines 5 and 18.
const FILE: &str = r#"[[purpose]]
id = "help"
title = { nl = "Helpen", en = "Helping" }
needs = ["identity"]
[[basis]]
id = "task"
title = { nl = "Taak", en = "Task" }
law = "Wet"
article = "art. 1"
ground = ["6.1.e", "9.2.h"]
kind = "task"
status = "in_force"
from = { kinds = ["municipality"] }
to = { }
categories = ["identity", "health"]
purposes = ["help"]
source = "gelezen"
[[basis]]
id = "consent"
title = { nl = "Toestemming", en = "Consent" }
law = "AVG"
article = "art. 6"
ground = ["6.1.a"]
kind = "consent"
status = "in_force"
from = { }
to = { }
categories = ["care"]
purposes = ["help"]
source = "gelezen"
"#;

fn said(from: &str, to: &str) -> String {
    let text = FILE.replacen(from, to, 1);
    assert_ne!(text, FILE, "the change changes something");
    let error = LegalBasisCatalogue::from_toml(&text, "deploy/legal-bases.toml").unwrap_err();
    error.to_string()
}

#[test]
fn the_file_that_the_tests_spoil_is_fit_for_use() {
    let catalogue = LegalBasisCatalogue::from_toml(FILE, "x").unwrap();
    assert_eq!(
        (catalogue.bases().len(), catalogue.purposes().len()),
        (2, 1)
    );
}

#[test]
fn what_is_missing_is_named_with_its_line_and_the_remedy() {
    let cases = [
        (
            "title = { nl = \"Taak\", en = \"Task\" }\n",
            "deploy/legal-bases.toml, line 6: basis task has no title; write title = \
             { nl = \"…\", en = \"…\" }: what it is called in both languages",
        ),
        (
            "article = \"art. 6\"\n",
            "deploy/legal-bases.toml, line 19: basis consent has no article; write article = \
             \"…\": the article of that law",
        ),
        (
            "source = \"gelezen\"\n",
            "deploy/legal-bases.toml, line 6: basis task has no source; write source = \"…\": \
             where this was read",
        ),
        (
            "from = { kinds = [\"municipality\"] }\n",
            "deploy/legal-bases.toml, line 6: basis task has no from; write from = { kinds = \
             [\"municipality\"], laws = [\"youth_act\"] }, or from = { } for everybody",
        ),
        (
            "categories = [\"care\"]\n",
            "deploy/legal-bases.toml, line 19: basis consent opens no category; write categories \
             = [\"…\"]: columns of the matrix",
        ),
        (
            "purposes = [\"help\"]\n",
            "deploy/legal-bases.toml, line 6: basis task has no purposes; write purposes = \
             [\"…\"]: what it is for",
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(said(line, ""), expected);
    }
}

#[test]
fn a_word_that_is_in_no_list_is_shown_with_its_line() {
    let error = said("kind = \"task\"", "kind = \"tsak\"");
    assert!(
        error.starts_with(
            "deploy/legal-bases.toml, line 11: unknown variant `tsak`, expected one of `task`"
        ),
        "{error}"
    );
    assert_eq!(
        said("id = \"help\"", "id = \"hlep\""),
        "deploy/legal-bases.toml, line 2: purpose hlep is no purpose of sharing; write one of \
         routing, help, own_law, care, funding, unblock, partnership, commit, protect"
    );
}

#[test]
fn an_id_that_stands_twice_is_shown_with_both_lines() {
    assert_eq!(
        said("id = \"consent\"", "id = \"task\""),
        "deploy/legal-bases.toml, line 19: basis task stands twice, first in line 6; give one of \
         them another id, or take it out"
    );
}

#[test]
fn a_basis_that_contradicts_the_law_is_refused() {
    let cases = [
        (
            "categories = [\"care\"]",
            "categories = [\"care\", \"bsn\"]",
            "line 19: basis consent opens bsn on consent, which consent never opens; take that \
             category out, or name the law that opens it",
        ),
        (
            "categories = [\"care\"]",
            "categories = [\"tax\"]",
            "line 19: basis consent opens tax on consent, which consent never opens; take that \
             category out, or name the law that opens it",
        ),
        (
            "kind = \"consent\"",
            "kind = \"task\"",
            "line 19: basis consent is consent by its kind or by its ground, and not by both; \
             write kind = \"consent\" with ground 6.1.a or 9.2.a, or neither",
        ),
        (
            "ground = [\"6.1.e\", \"9.2.h\"]",
            "ground = [\"6.1.e\"]",
            "line 6: basis task opens health without a ground of AVG 9; add 9.2.a, 9.2.c, 9.2.g \
             or 9.2.h to ground, or take health out",
        ),
        (
            "ground = [\"6.1.e\", \"9.2.h\"]",
            "ground = [\"9.2.h\"]",
            "line 6: basis task has no ground of AVG 6; write ground = [\"6.1.e\"], or the letter \
             that fits",
        ),
        (
            "[\"identity\", \"health\"]",
            "[\"criminal\"]",
            "line 6: basis task opens criminal without AVG 10; add 10 to ground, or take criminal \
             out",
        ),
        (
            "from = { kinds = [\"municipality\"] }\nto = { }\ncategories = [\"identity\", \"health\"]",
            "from = { }\nto = { }\ncategories = [\"tax\"]",
            "line 6: basis task opens tax for everybody who shares; name in from who is bound by \
             AWR 67 and has the exception",
        ),
        (
            "categories = [\"care\"]",
            "categories = [\"care\"]\nown_law = [\"finance\"]",
            "line 19: basis consent has own_law for finance, which it does not open; name it in \
             categories as well, or take it out of own_law",
        ),
        (
            "purposes = [\"help\"]",
            "purposes = [\"care\"]",
            "line 6: basis task is for care, a purpose that has no entry here; add that \
             [[purpose]] with what it needs, or name another",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(
            said(from, to),
            format!("deploy/legal-bases.toml, {expected}")
        );
    }
}

#[test]
fn the_catalogue_that_is_shipped_has_every_id_in_use_and_keeps_what_it_promises() {
    let catalogue = LegalBasisCatalogue::from_toml(SHIPPED, "legal-bases.toml").unwrap();
    for id in [
        "municipality_own_task",
        "wmo_5_2_1",
        "youth_act_cooperation",
        "participation_act_64",
        "svb_own_task",
        "akw_14",
        "awr_67_3",
        "care_need_present",
        "care_consent",
        "care_statutory_duty",
        "care_conflict_of_duties",
        "care_reporting_right",
        "explicit_consent",
        "national_desk_consent",
        "national_table_consent",
    ] {
        assert!(
            catalogue.get(id).is_some_and(|basis| basis.in_force()),
            "{id}"
        );
    }
    assert_eq!(catalogue.get("wams").unwrap().status, BasisStatus::Bill);
    // Every purpose has an entry, and every basis stands for what was read somewhere.
    for purpose in SharingPurpose::ALL {
        assert!(
            !catalogue.needs(*purpose).is_empty(),
            "{}",
            purpose.as_str()
        );
    }
    let tax: Vec<&str> = catalogue
        .bases()
        .iter()
        .filter(|basis| basis.categories.contains(&DataCategory::Tax))
        .map(|basis| basis.id.as_str())
        .collect();
    assert_eq!(tax, ["awr_67_2", "awr_67_3"]);
}
