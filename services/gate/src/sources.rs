use std::{collections::BTreeMap, fs, io, path::Path, str::FromStr};

use cedar_policy::{PolicyId, PolicySet, Schema, ValidationMode, Validator};

use crate::{Purpose, Role};

/// The files that a gate is made of, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// `schema.cedarschema`.
    pub schema: String,
    /// The policy files: name and text.
    pub policies: Vec<(String, String)>,
    /// `purposes.json`: per role the purposes that it reads for, the usual one first.
    pub purposes: String,
}

/// Why a gate cannot be made; names the file or the policy.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be read.
    #[error("cannot read {file}: {source}")]
    Read {
        /// The file.
        file: String,
        /// Why not.
        source: io::Error,
    },
    /// The schema is not right.
    #[error("schema.cedarschema: {0}")]
    Schema(String),
    /// A policy file is not Cedar.
    #[error("{file}: {reason}")]
    Parse {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A policy has no `@id`, so nobody could say why it decided.
    #[error("{file}: a policy has no @id: {policy}")]
    NoId {
        /// The file.
        file: String,
        /// The policy's text.
        policy: String,
    },
    /// Two policies have one id.
    #[error("the policy {0} stands twice")]
    Twice(String),
    /// A policy does not fit the schema: a misspelt role, an attribute that is not there.
    #[error("the policy {policy} does not fit the schema: {reason}")]
    Invalid {
        /// The policy's id.
        policy: String,
        /// What is wrong.
        reason: String,
    },
    /// `purposes.json` names an unknown role or purpose, or is no JSON of the expected form.
    #[error("purposes.json: {0}")]
    Purposes(String),
}

impl Sources {
    /// The files of `deploy/policies` as they were when the program was built.
    pub fn embedded() -> Self {
        macro_rules! file {
            ($name:literal) => {
                include_str!(concat!("../../../deploy/policies/", $name))
            };
        }
        let policies = [
            ("accounting.cedar", file!("accounting.cedar")),
            ("commands.cedar", file!("commands.cedar")),
            ("course.cedar", file!("course.cedar")),
            ("erasure.cedar", file!("erasure.cedar")),
            ("existence.cedar", file!("existence.cedar")),
            ("objections.cedar", file!("objections.cedar")),
            ("passes.cedar", file!("passes.cedar")),
            ("reading-bodies.cedar", file!("reading-bodies.cedar")),
            ("reading-household.cedar", file!("reading-household.cedar")),
            ("reading-receivers.cedar", file!("reading-receivers.cedar")),
            ("registers.cedar", file!("registers.cedar")),
            ("signals.cedar", file!("signals.cedar")),
            ("silence.cedar", file!("silence.cedar")),
            ("tables.cedar", file!("tables.cedar")),
        ];
        Self {
            schema: file!("schema.cedarschema").to_owned(),
            policies: policies
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into(),
            purposes: file!("purposes.json").to_owned(),
        }
    }

    /// The files of a directory: the schema, the purposes, and every `*.cedar`.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn read(directory: &Path) -> Result<Self, LoadError> {
        let at = |path: &Path| {
            let file = path.display().to_string();
            move |source| LoadError::Read { file, source }
        };
        let text = |path: &Path| fs::read_to_string(path).map_err(at(path));
        let mut policies = Vec::new();
        for entry in fs::read_dir(directory).map_err(at(directory))? {
            let path = entry.map_err(at(directory))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "cedar")
            {
                let name = path.file_name().unwrap_or_default();
                policies.push((name.to_string_lossy().into_owned(), text(&path)?));
            }
        }
        policies.sort();
        Ok(Self {
            schema: text(&directory.join("schema.cedarschema"))?,
            policies,
            purposes: text(&directory.join("purposes.json"))?,
        })
    }

    /// The schema, and the policies under their own ids, checked against it in strict mode.
    pub(crate) fn compile(&self) -> Result<(Schema, PolicySet), LoadError> {
        let (schema, _) = Schema::from_cedarschema_str(&self.schema)
            .map_err(|error| LoadError::Schema(error.to_string()))?;
        let mut policies = PolicySet::new();
        for (file, text) in &self.policies {
            let parsed = PolicySet::from_str(text).map_err(|error| LoadError::Parse {
                file: file.clone(),
                reason: error.to_string(),
            })?;
            for policy in parsed.policies() {
                let id = policy.annotation("id").ok_or_else(|| LoadError::NoId {
                    file: file.clone(),
                    policy: policy.to_string(),
                })?;
                policies
                    .add(policy.new_id(PolicyId::new(id)))
                    .map_err(|_| LoadError::Twice(id.to_owned()))?;
            }
        }
        let checked = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if let Some(error) = checked.validation_errors().next() {
            return Err(LoadError::Invalid {
                policy: error.policy_id().to_string(),
                reason: error.to_string(),
            });
        }
        Ok((schema, policies))
    }

    pub(crate) fn parse_purposes(&self) -> Result<BTreeMap<Role, Vec<Purpose>>, LoadError> {
        let words: BTreeMap<String, Vec<String>> = serde_json::from_str(&self.purposes)
            .map_err(|error| LoadError::Purposes(error.to_string()))?;
        let unknown = |word: &str| LoadError::Purposes(format!("unknown word {word:?}"));
        words
            .iter()
            .map(|(role, purposes)| {
                let purposes: Result<_, _> = purposes
                    .iter()
                    .map(|word| Purpose::from_word(word).ok_or_else(|| unknown(word)))
                    .collect();
                Ok((
                    Role::from_word(role).ok_or_else(|| unknown(role))?,
                    purposes?,
                ))
            })
            .collect()
    }
}
