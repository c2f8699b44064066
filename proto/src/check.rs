//! The one decoder of JSON values that tells everything that is wrong at once.
//!
//! A person or a party correcting an input should not need one round per mistake, so a value is
//! first held against the JSON Schema of its type and only then read into the type.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_path_to_error::{Path, Segment};

use crate::bsn::Bsn;

/// One thing that is wrong with an input. Never repeats the value: it may be personal.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct InvalidParam {
    /// Where, as a JSON Pointer; empty for the whole value.
    pub name: String,
    /// What is wrong, in English, for the developer at the other end.
    pub reason: String,
}

impl InvalidParam {
    /// One thing that is wrong, and where.
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            reason: reason.into(),
        }
    }
}

/// Reads a value into a type, by the type's JSON Schema.
///
/// # Errors
/// Everything that is wrong with the value, in the order of the JSON Pointers; of more than 32
/// mistakes the first 32 and how many more there are.
pub fn check<T>(value: &Value) -> Result<T, Vec<InvalidParam>>
where
    T: DeserializeOwned + JsonSchema + 'static,
{
    let mut wrong = Vec::new();
    for error in validator::<T>()?.iter_errors(value) {
        describe(&error, &mut wrong);
    }
    if !wrong.is_empty() {
        return Err(first(wrong));
    }
    // A schema lets pass what a type cannot hold: `1e300` is a whole number to it. serde's own words
    // may repeat the value, so only the place is told.
    serde_path_to_error::deserialize(value).map_err(|error| {
        vec![InvalidParam::new(
            pointer(error.path()),
            "does not have the documented shape",
        )]
    })
}

/// The most mistakes that are told at once. What is wrong goes back to the sender in an event, which
/// has an end: twenty thousand mistakes would not fit.
const MOST: usize = 32;

/// What is wrong in the order of the places, the first [`MOST`] of it.
pub(crate) fn first(mut wrong: Vec<InvalidParam>) -> Vec<InvalidParam> {
    wrong.sort();
    wrong.dedup();
    let more = wrong.len().saturating_sub(MOST);
    if more > 0 {
        wrong.truncate(MOST);
        wrong.push(InvalidParam::new(
            "",
            format!("{more} more mistakes are not told"),
        ));
    }
    wrong
}

/// A place as JSON Pointer.
fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escape(key)),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

/// The JSON Schema (2020-12) of a type, without references to elsewhere.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>();
    Value::from(schema)
}

/// The `anyOf` of a type that needs at least one of several optional texts; `null` is absent.
pub(crate) fn one_of_fields(names: &[&str]) -> Value {
    names
        .iter()
        .map(|name| json!({ "required": [name], "properties": { *name: { "type": "string" } } }))
        .collect()
}

/// Compiling a schema costs far more than using it, and there are a few dozen in all.
static VALIDATORS: LazyLock<Mutex<HashMap<TypeId, Arc<Validator>>>> = LazyLock::new(Mutex::default);

fn validator<T: JsonSchema + 'static>() -> Result<Arc<Validator>, Vec<InvalidParam>> {
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = known.get(&TypeId::of::<T>()) {
        return Ok(Arc::clone(validator));
    }
    let compiled = jsonschema::options()
        .should_validate_formats(true)
        .with_format("bsn", Bsn::is_valid)
        .build(&schema_of::<T>())
        .map_err(|_| vec![InvalidParam::new("", "the schema of this type is broken")])?;
    let compiled = Arc::new(compiled);
    known.insert(TypeId::of::<T>(), Arc::clone(&compiled));
    Ok(compiled)
}

fn describe(error: &ValidationError<'_>, wrong: &mut Vec<InvalidParam>) {
    let place = error.instance_path().to_string();
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            wrong.push(InvalidParam::new(
                format!("{place}/{}", escape(property)),
                "is required",
            ));
        }
        ValidationErrorKind::AnyOf { context } => {
            let reason = alternatives(&place, context);
            wrong.push(InvalidParam::new(place, reason));
        }
        ValidationErrorKind::Type { kind } => {
            wrong.push(InvalidParam::new(place, type_reason(kind)));
        }
        ValidationErrorKind::Enum { options } => {
            wrong.push(InvalidParam::new(place, format!("is none of {options}")));
        }
        ValidationErrorKind::OneOfNotValid { context } => {
            wrong.push(InvalidParam::new(place, choices(context)));
        }
        ValidationErrorKind::Format { format } => {
            wrong.push(InvalidParam::new(place, format!("is no valid {format}")));
        }
        ValidationErrorKind::Pattern { pattern } => {
            wrong.push(InvalidParam::new(
                place,
                format!("does not match {pattern}"),
            ));
        }
        ValidationErrorKind::MinLength { limit } => {
            wrong.push(InvalidParam::new(
                place,
                format!("is shorter than {limit} characters"),
            ));
        }
        ValidationErrorKind::MaxLength { limit } => {
            wrong.push(InvalidParam::new(
                place,
                format!("is longer than {limit} characters"),
            ));
        }
        _ => wrong.push(InvalidParam::new(place, error.masked().to_string())),
    }
}

fn type_reason(kind: &jsonschema::error::TypeKind) -> String {
    use jsonschema::error::TypeKind;
    match kind {
        TypeKind::Single(expected) => format!("is not of type {expected}"),
        TypeKind::Multiple(expected) => {
            let names: Vec<String> = expected.iter().map(|name| name.to_string()).collect();
            format!("is not of type {}", names.join(" or "))
        }
    }
}

/// Why none of several alternatives holds: for [`one_of_fields`] their names, for an optional
/// field the reason of the alternative that is not "absent".
fn alternatives(place: &str, context: &[Vec<ValidationError<'static>>]) -> String {
    let needed: Option<Vec<String>> = context
        .iter()
        .map(|branch| {
            let error = branch.first()?;
            if let ValidationErrorKind::Required { property } = error.kind() {
                return property.as_str().map(str::to_owned);
            }
            let below = error.instance_path().to_string();
            below
                .strip_prefix(place)?
                .strip_prefix('/')
                .map(str::to_owned)
        })
        .collect();
    if let Some(names) = needed {
        return format!("needs {}", names.join(" or "));
    }
    let mut reasons = Vec::new();
    for error in context.iter().flatten() {
        let null_only = matches!(
            error.kind(),
            ValidationErrorKind::Type { kind: jsonschema::error::TypeKind::Single(single) }
                if single.to_string() == "null"
        );
        if !null_only {
            describe(error, &mut reasons);
        }
    }
    let reasons: Vec<String> = reasons.into_iter().map(|param| param.reason).collect();
    reasons.join("; ")
}

/// A documented enum is a `oneOf` of constants: tell which ones there are.
fn choices(context: &[Vec<ValidationError<'static>>]) -> String {
    let mut options = Vec::new();
    for error in context.iter().flatten() {
        match error.kind() {
            ValidationErrorKind::Constant { expected_value } => {
                options.push(expected_value.to_string());
            }
            ValidationErrorKind::Enum {
                options: documented,
            } => options.extend(
                documented
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(Value::to_string),
            ),
            ValidationErrorKind::Type { kind } => return type_reason(kind),
            _ => return "has none of the documented shapes".to_owned(),
        }
    }
    format!("is none of [{}]", options.join(","))
}

/// One part of a JSON Pointer (RFC 6901).
fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    struct Household {
        #[schemars(range(max = 20))]
        members: u8,
        #[serde(rename = "a/b~c")]
        odd: Option<String>,
    }

    #[test]
    fn a_number_out_of_range_is_told_without_the_number() {
        assert_eq!(
            check::<Household>(&json!({ "members": 99_999 })),
            Err(vec![InvalidParam::new(
                "/members",
                "value is greater than the maximum of 20"
            )])
        );
    }

    #[test]
    fn the_place_of_a_mistake_is_a_json_pointer() {
        assert_eq!(
            check::<Household>(&json!({ "members": 2, "a/b~c": 3 })),
            Err(vec![InvalidParam::new(
                "/a~1b~0c",
                "is not of type null or string"
            )])
        );
        assert_eq!(
            check::<Household>(&json!({ "members": 2, "a/b~c": null })),
            Ok(Household {
                members: 2,
                odd: None
            })
        );
    }
}
