//! The description of the API: made from the table of routes and the types of bodies and answers,
//! so that it cannot say anything else than what is there.

mod document;

use std::sync::LazyLock;

use axum::Json;
use axum::http::HeaderName;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::glossary::FOR_ALL;
use super::routes;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| document::document(&routes::all()));

/// `GET /v1/openapi.json`: an open document.
pub(super) async fn openapi() -> ([(HeaderName, &'static str); 1], Json<&'static Value>) {
    (FOR_ALL, Json(&DOCUMENT))
}

/// What the description says about one method at one address.
pub(super) struct Operation {
    id: &'static str,
    summary: &'static str,
    paged: bool,
    open: bool,
    query: Option<(&'static str, &'static [&'static str])>,
    texts: Vec<(&'static str, &'static str)>,
    needed: Vec<(&'static str, &'static str)>,
    bodies: Vec<Value>,
    forms: &'static [&'static str],
    gives: Option<&'static str>,
    command: bool,
    status: u16,
    answer: Option<Value>,
}

impl Operation {
    /// An operation by its stable id.
    pub(super) fn new(id: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            summary,
            paged: false,
            open: false,
            query: None,
            texts: Vec::new(),
            needed: Vec::new(),
            bodies: Vec::new(),
            forms: &[],
            gives: None,
            command: false,
            status: 200,
            answer: None,
        }
    }

    /// Its stable id.
    pub(super) fn id(&self) -> &'static str {
        self.id
    }

    /// Its answer comes in pages.
    pub(super) fn paged(mut self) -> Self {
        self.paged = true;
        self
    }

    /// It takes this parameter, one of these words.
    pub(super) fn query(mut self, name: &'static str, words: &'static [&'static str]) -> Self {
        self.query = Some((name, words));
        self
    }

    /// It takes this parameter, any text; `about` says what it does.
    pub(super) fn text(mut self, name: &'static str, about: &'static str) -> Self {
        self.texts.push((name, about));
        self
    }

    /// It needs this parameter, any text; `about` says what it is.
    pub(super) fn needs(mut self, name: &'static str, about: &'static str) -> Self {
        self.needed.push((name, about));
        self
    }

    /// It changes something and takes no body: its address says it all.
    pub(super) fn takes_nothing(mut self) -> Self {
        self.command = true;
        self
    }

    /// Whether it changes something.
    fn writes(&self) -> bool {
        self.command || !self.bodies.is_empty() || !self.forms.is_empty()
    }

    /// It takes this body.
    pub(super) fn takes<T: JsonSchema>(mut self) -> Self {
        self.bodies.push(schema_of::<T>(true));
        self
    }

    /// It takes the data of this event, without who acted (the token says so) and without what
    /// stands in the address.
    pub(super) fn takes_event<T: JsonSchema>(mut self, in_address: &[&str]) -> Self {
        let mut schema = schema_of::<T>(true);
        for name in in_address.iter().chain(&["actedBy"]) {
            drop_property(&mut schema, name);
        }
        self.bodies.push(schema);
        self
    }

    /// It takes the data of this event under this word in `answer`.
    pub(super) fn takes_answer<T: JsonSchema>(
        self,
        word: &'static str,
        in_address: &[&str],
    ) -> Self {
        let mut taking = self.takes_event::<T>(in_address);
        if let Some(schema) = taking.bodies.last_mut() {
            schema["properties"]["answer"] =
                serde_json::json!({ "type": "string", "enum": [word] });
            if let Some(required) = schema["required"].as_array_mut() {
                required.push("answer".into());
            }
        }
        taking
    }

    /// The last body takes these fields as well.
    pub(super) fn also<T: JsonSchema>(mut self) -> Self {
        let mut more = schema_of::<T>(true);
        if let (Some(body), Some(more)) =
            (self.bodies.last_mut(), more["properties"].as_object_mut())
        {
            for (name, schema) in std::mem::take(more) {
                body["properties"][name] = schema;
            }
        }
        self
    }

    /// This field of the last body may be left out.
    pub(super) fn optional(mut self, name: &str) -> Self {
        if let Some(schema) = self.bodies.last_mut() {
            drop_required(schema, name);
        }
        self
    }

    /// 200 with this answer.
    pub(super) fn answers<T: JsonSchema>(mut self) -> Self {
        self.answer = Some(schema_of::<T>(false));
        self
    }

    /// 201 with this answer.
    pub(super) fn creates<T: JsonSchema>(mut self) -> Self {
        self.status = 201;
        self.answers::<T>()
    }

    /// It takes events in these forms (content types); what stands in them is the contract's.
    pub(super) fn takes_forms(mut self, forms: &'static [&'static str]) -> Self {
        self.forms = forms;
        self
    }

    /// 200 with events in this form.
    pub(super) fn gives(mut self, form: &'static str) -> Self {
        self.gives = Some(form);
        self
    }

    /// This status, without anything more to tell.
    pub(super) fn without_content(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// It needs no login.
    pub(super) fn open(mut self) -> Self {
        self.open = true;
        self
    }
}

/// The schema of a type in the dialect of OpenAPI 3.0, without references to elsewhere.
fn schema_of<T: JsonSchema>(input: bool) -> Value {
    let settings = SchemaSettings::openapi3().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let settings = if input {
        settings.for_deserialize()
    } else {
        settings.for_serialize()
    };
    let schema: Schema = settings.into_generator().into_root_schema_for::<T>();
    let mut schema = Value::from(schema);
    drop_conditions(&mut schema);
    schema
}

/// OpenAPI 3.0 has no conditions; what they ask is told by the problem that breaks them.
fn drop_conditions(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for word in ["if", "then", "else", "$schema"] {
                object.remove(word);
            }
            object.values_mut().for_each(drop_conditions);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_conditions),
        _ => {}
    }
}

fn drop_property(schema: &mut Value, name: &str) {
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.remove(name);
    }
    drop_required(schema, name);
}

fn drop_required(schema: &mut Value, name: &str) {
    if let Some(required) = schema["required"].as_array_mut() {
        required.retain(|required| required != name);
    }
}
