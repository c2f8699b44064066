//! What is proved about: the schema, the policies and the matrix, as they are or made wrong.

use std::{fs, path::Path, str::FromStr};

use cedar_policy::{ActionConstraint, EntityUid, PolicySet, Schema};
use gate::Sources;
use proofs::{Matrix, reference};

/// The three, as texts where they are made wrong.
pub(crate) struct World {
    pub(crate) schema: Schema,
    pub(crate) policies: String,
    pub(crate) matrix: Matrix,
}

impl World {
    /// As committed: what the services are built with.
    pub(crate) fn committed() -> Self {
        let sources = Sources::embedded();
        let (schema, _) = Schema::from_cedarschema_str(&sources.schema).unwrap();
        let texts: Vec<String> = sources.policies.into_iter().map(|(_, text)| text).collect();
        Self {
            schema,
            policies: texts.join("\n"),
            matrix: Matrix::embedded().unwrap(),
        }
    }

    /// With the policies of a file of `wrong/` beside the committed ones, and without those that
    /// it takes away in lines such as `// Without: the-policys-id`.
    pub(crate) fn wrong(file: &str) -> Self {
        let mut world = Self::committed();
        let text = wrong(file);
        for id in text
            .lines()
            .filter_map(|line| line.strip_prefix("// Without: "))
        {
            let start = world.policies.find(&format!("@id(\"{id}\")")).unwrap();
            let end = start + world.policies[start..].find("\n};").unwrap() + 3;
            world.policies.replace_range(start..end, "");
        }
        world.policies.push_str(&text);
        world
    }

    /// With the cell of a file of `wrong/`: row, category and cell, one a line.
    pub(crate) fn wrong_cell(file: &str) -> Self {
        let world = Self::committed();
        let text = wrong(file);
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut line = || lines.next().unwrap();
        let (row, category, cell) = (line(), line(), line());
        Self {
            matrix: world.matrix.with_cell(row, category, cell).unwrap(),
            ..world
        }
    }

    /// The policies that the matrix amounts to.
    pub(crate) fn reference(&self) -> String {
        reference::policies(&self.matrix)
    }
}

fn wrong(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("wrong");
    fs::read_to_string(folder.join(file)).unwrap()
}

/// The policies of a text that speak of an action.
pub(crate) fn about(text: &str, action: &EntityUid) -> PolicySet {
    let all = PolicySet::from_str(text).unwrap();
    let about = all
        .policies()
        .filter(|policy| match policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(one) => one == *action,
            ActionConstraint::In(some) => some.contains(action),
        });
    PolicySet::from_policies(about.cloned()).unwrap()
}
