//! `docs/authorisation.md` holds the matrix as a table, and names every proof.

use std::{fs, path::Path};

use proofs::{Matrix, MatrixError, table};

const BEGIN: &str = "<!-- from deploy/matrix.toml -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn the_page_holds_the_matrix() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/authorisation.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (stored, after) = rest.split_once(END).unwrap();
    let found = format!("\n{}\n", table::markdown(&Matrix::embedded().unwrap()));
    if std::env::var_os("DOORBRAAK_REFRESH").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{found}{END}{after}")).unwrap();
        return;
    }
    assert!(
        stored == found,
        "docs/authorisation.md is stale. Look at the change, then refresh it with\n\
         DOORBRAAK_REFRESH=1 cargo nextest run -p proofs the_page"
    );
}

#[test]
fn a_matrix_that_leaves_a_cell_out_is_refused() {
    let text = committed().replacen("criminal = \"– r6\"\n", "", 1);
    let error = MatrixError::NoCell {
        row: "Raiser, at the local rungs".to_owned(),
        category: "criminal",
    };
    assert_eq!(Matrix::parse(&text), Err(error));
}

#[test]
fn a_matrix_with_a_word_that_nobody_knows_is_refused() {
    for (word, other, what) in [
        ("roles = [\"raiser\"]", "roles = [\"raisr\"]", "role"),
        ("purpose = \"help\"", "purpose = \"halp\"", "purpose"),
        (
            "standing = [\"raiser\"]",
            "standing = [\"rasier\"]",
            "standing",
        ),
        ("\"F own_law r1\"", "\"F own_low r1\"", "condition or rule"),
        ("\"M r3\"", "\"m r3\"", "cell"),
        ("identity = \"F r9\"", "identety = \"F r9\"", "category"),
    ] {
        let text = committed().replacen(word, other, 1);
        let error = Matrix::parse(&text).unwrap_err();
        assert!(
            matches!(&error, MatrixError::Unknown { what: found, .. } if *found == what),
            "{error}"
        );
    }
}

#[test]
fn a_condition_that_the_file_does_not_explain_is_refused() {
    let text = committed().replacen("own_part = ", "own_parts = ", 1);
    let error = Matrix::parse(&text).unwrap_err();
    assert!(matches!(
        error,
        MatrixError::Explained {
            table: "conditions",
            ..
        }
    ));
}

fn committed() -> &'static str {
    include_str!("../../../deploy/matrix.toml")
}
