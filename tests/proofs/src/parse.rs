//! Reads the file; what it does not know, it refuses.

use std::collections::{BTreeMap, BTreeSet};

use gate::{Category, Purpose, Role, Strength};
use serde::Deserialize;

use crate::{
    Cell, Condition, Draft, Given, Level, Matrix, MatrixError, Objection, Row, Rule, Silence,
    Spared, Standing, Who,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    levels: BTreeMap<String, String>,
    standing: BTreeMap<String, String>,
    conditions: BTreeMap<String, String>,
    rules: BTreeMap<String, RuleText>,
    limit: Limits,
    row: Vec<RowText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    text: String,
    basis: String,
    #[serde(default)]
    jurist: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    draft: DraftText,
    silence: SilenceText,
    objection: ObjectionText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftText {
    writers: Vec<String>,
    standing: String,
    jurist: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SilenceText {
    cells: BTreeMap<String, String>,
    spared: Vec<SparedText>,
    jurist: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ObjectionText {
    conditions: Vec<String>,
    spared: Vec<SparedText>,
    jurist: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SparedText {
    standing: String,
    roles: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowText {
    name: String,
    source: String,
    roles: Vec<String>,
    levels: Words,
    purpose: String,
    standing: Vec<String>,
    #[serde(default)]
    asked_to_admit: bool,
    #[serde(default)]
    own_regions: bool,
    theme: Option<String>,
    #[serde(default)]
    jurist: Vec<String>,
    cells: BTreeMap<String, String>,
}

/// Some words, or `"all"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    All(String),
    Some(Vec<String>),
}

impl Words {
    /// `None`: all.
    fn some(&self, place: &str) -> Result<Option<&[String]>, MatrixError> {
        match self {
            Self::All(word) if word == "all" => Ok(None),
            Self::All(word) => Err(unknown(place, "list", word)),
            Self::Some(words) => Ok(Some(words)),
        }
    }
}

impl Matrix {
    /// The committed `deploy/matrix.toml`.
    ///
    /// # Errors
    /// When the file is not right; the error names the row.
    pub fn embedded() -> Result<Self, MatrixError> {
        Self::parse(include_str!("../../../deploy/matrix.toml"))
    }

    /// A matrix from its text.
    ///
    /// # Errors
    /// When it is no TOML of this form, holds a word that is not known, or leaves a cell out.
    pub fn parse(text: &str) -> Result<Self, MatrixError> {
        let file: File =
            toml::from_str(text).map_err(|error| MatrixError::Form(error.to_string()))?;
        let mut rules: Vec<(String, Rule)> = file
            .rules
            .into_iter()
            .map(
                |(
                    id,
                    RuleText {
                        text,
                        basis,
                        jurist,
                    },
                )| {
                    (
                        id,
                        Rule {
                            text,
                            basis,
                            jurist,
                        },
                    )
                },
            )
            .collect();
        rules.sort_by_key(|(id, _)| (id.len(), id.clone()));
        let mut matrix = Self {
            levels: explained("levels", file.levels, Level::ALL, Level::as_str)?,
            standing: explained("standing", file.standing, Standing::ALL, Standing::as_str)?,
            conditions: explained(
                "conditions",
                file.conditions,
                Condition::ALL,
                Condition::as_str,
            )?,
            rules,
            draft: draft(&file.limit.draft)?,
            silence: silence(&file.limit.silence)?,
            objection: objection(&file.limit.objection)?,
            rows: Vec::new(),
        };
        for row in file.row {
            matrix.rows.push(matrix.row(row)?);
        }
        Ok(matrix)
    }

    /// This matrix with another cell.
    ///
    /// # Errors
    /// When there is no such row or category, or the cell is none.
    pub fn with_cell(mut self, row: &str, category: &str, cell: &str) -> Result<Self, MatrixError> {
        let cell = self.cell(row, cell)?;
        let category = known(row, "category", category, Category::from_word)?;
        let found = self.rows.iter_mut().find(|one| one.name == row);
        let found = found.ok_or_else(|| unknown("the matrix", "row", row))?;
        found.cells.insert(category, cell);
        Ok(self)
    }

    /// The row of that name.
    pub fn row_named(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    fn row(&self, text: RowText) -> Result<Row, MatrixError> {
        let name = text.name;
        let mut cells = BTreeMap::new();
        for (word, cell) in &text.cells {
            let category = known(&name, "category", word, Category::from_word)?;
            cells.insert(category, self.cell(&name, cell)?);
        }
        if let Some(missing) = Category::ALL.iter().find(|one| !cells.contains_key(one)) {
            return Err(MatrixError::NoCell {
                row: name,
                category: missing.as_str(),
            });
        }
        let levels: BTreeSet<Level> = match text.levels.some(&name)? {
            None => Level::ALL.iter().copied().collect(),
            Some(words) => words
                .iter()
                .map(|word| known(&name, "level", word, Level::from_word))
                .collect::<Result<_, _>>()?,
        };
        let purpose = match text.purpose.as_str() {
            "any" => None,
            word => Some(known(&name, "purpose", word, Purpose::from_word)?),
        };
        Ok(Row {
            source: text.source,
            roles: roles(&name, &text.roles)?,
            levels,
            purpose,
            standing: text
                .standing
                .iter()
                .map(|word| standing(&name, word))
                .collect::<Result<_, _>>()?,
            asked_to_admit: text.asked_to_admit,
            own_regions: text.own_regions,
            theme: text.theme,
            jurist: text.jurist,
            cells,
            name,
        })
    }

    /// A cell such as `F own_law r1`, `– r4` or `P; F recorded_ground`.
    fn cell(&self, place: &str, text: &str) -> Result<Cell, MatrixError> {
        let mut cell = Cell::default();
        for part in text.split(';') {
            let mut words = part.split_whitespace();
            let letter = words.next().unwrap_or_default();
            let strength = strength(place, letter)?;
            let mut condition = None;
            for word in words {
                if self.rules.iter().any(|(id, _)| id == word) {
                    cell.rules.push(word.to_owned());
                } else {
                    let found = known(place, "condition or rule", word, Condition::from_word)?;
                    condition = Some(found);
                }
            }
            if strength > Strength::None {
                cell.given.push(Given {
                    strength,
                    condition,
                });
            }
        }
        Ok(cell)
    }
}

fn draft(text: &DraftText) -> Result<Draft, MatrixError> {
    let place = "limit.draft";
    Ok(Draft {
        spared: Spared {
            standing: standing(place, &text.standing)?,
            roles: Who::Some(roles(place, &text.writers)?),
        },
        jurist: text.jurist,
    })
}

fn silence(text: &SilenceText) -> Result<Silence, MatrixError> {
    let place = "limit.silence";
    let mut cells = BTreeMap::new();
    for (word, letter) in &text.cells {
        let category = known(place, "category", word, Category::from_word)?;
        cells.insert(category, strength(place, letter)?);
    }
    Ok(Silence {
        spared: spared(place, &text.spared)?,
        cells,
        jurist: text.jurist,
    })
}

fn objection(text: &ObjectionText) -> Result<Objection, MatrixError> {
    let place = "limit.objection";
    let condition = |word: &String| known(place, "condition", word, Condition::from_word);
    Ok(Objection {
        spared: spared(place, &text.spared)?,
        conditions: text
            .conditions
            .iter()
            .map(condition)
            .collect::<Result<_, _>>()?,
        jurist: text.jurist,
    })
}

fn spared(place: &str, texts: &[SparedText]) -> Result<Vec<Spared>, MatrixError> {
    let one = |text: &SparedText| {
        Ok(Spared {
            standing: standing(place, &text.standing)?,
            roles: match text.roles.some(place)? {
                None => Who::All,
                Some(words) => Who::Some(roles(place, words)?),
            },
        })
    };
    texts.iter().map(one).collect()
}

fn strength(place: &str, letter: &str) -> Result<Strength, MatrixError> {
    match letter {
        "F" => Ok(Strength::Full),
        "M" => Ok(Strength::Masked),
        "P" => Ok(Strength::Pseudonym),
        "–" => Ok(Strength::None),
        _ => Err(unknown(place, "cell", letter)),
    }
}

fn roles(place: &str, words: &[String]) -> Result<Vec<Role>, MatrixError> {
    let role = |word: &String| known(place, "role", word, Role::from_word);
    words.iter().map(role).collect()
}

fn standing(place: &str, word: &str) -> Result<Standing, MatrixError> {
    known(place, "standing", word, Standing::from_word)
}

fn known<T>(
    place: &str,
    what: &'static str,
    word: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Result<T, MatrixError> {
    find(word).ok_or_else(|| unknown(place, what, word))
}

fn unknown(place: &str, what: &'static str, word: &str) -> MatrixError {
    MatrixError::Unknown {
        place: place.to_owned(),
        what,
        word: word.to_owned(),
    }
}

/// The explanations of a table, which must explain exactly what there is.
fn explained<T: Copy + Ord>(
    table: &'static str,
    mut found: BTreeMap<String, String>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<BTreeMap<T, String>, MatrixError> {
    let other = |found: Vec<String>| MatrixError::Explained {
        table,
        found,
        known: all.iter().map(|one| word(*one).to_owned()).collect(),
    };
    let names: Vec<String> = found.keys().cloned().collect();
    let mut texts = BTreeMap::new();
    for one in all {
        let text = found
            .remove(word(*one))
            .ok_or_else(|| other(names.clone()))?;
        texts.insert(*one, text);
    }
    if found.is_empty() {
        Ok(texts)
    } else {
        Err(other(names))
    }
}
