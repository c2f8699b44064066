//! Weighing a case by a method, one part at a time.

use askama::Template;

use crate::{Field, Frame, Input};

/// A part that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLine {
    /// Its name.
    pub name: String,
    /// From 1 (poor) to 5 (good).
    pub score: Option<u8>,
    /// Whether the solution suffices in this view.
    pub sufficient: Option<bool>,
    /// A number of something.
    pub count: Option<u32>,
    /// What was found, when the reader may see it.
    pub text: Option<String>,
}

/// A weighing that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// The method's name.
    pub method: String,
    /// Whether the solution passes; nothing until every part is there.
    pub passed: Option<bool>,
    /// Why a heavy method came before a light one.
    pub reason: Option<String>,
    /// The parts that are there.
    pub parts: Vec<PartLine>,
    /// The parts that are missing, each with where it is filled in when that can be now.
    pub missing: Vec<(String, Option<String>)>,
}

/// A method that can be begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodLine {
    /// Its name.
    pub name: String,
    /// Where its first part is filled in.
    pub href: String,
    /// Whether it comes after a light one, or with a reason.
    pub heavy: bool,
}

/// The part that is filled in now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartForm {
    /// The method's name.
    pub method: String,
    /// The part's name.
    pub part: String,
    /// What goes along unseen.
    pub hidden: Vec<(&'static str, String)>,
    /// What is filled in.
    pub fields: Vec<Field>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "weigh.html")]
pub struct Weigh {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why it could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// The page of the case.
    pub case: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// What was weighed, the first begun first.
    pub weighings: Vec<Weighing>,
    /// With what can be begun, light first.
    pub methods: Vec<MethodLine>,
    /// The part that is filled in now; none when no method is chosen, or the reader may not.
    pub form: Option<PartForm>,
}

impl Weigh {
    fn fields(&self) -> &[Field] {
        self.form.as_ref().map_or(&[], |form| &form.fields)
    }
}
