//! Fields of a form: a label that says whether it must be filled in, what helps, and what is wrong,
//! between label and field (NL Design System's guidelines for forms).

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Line,
    /// So many lines.
    Lines(u8),
    /// One of these, from a list that folds out.
    List(Vec<Choice>),
    /// One of these, all in sight.
    Radios(Vec<Choice>),
    /// Any of these, all in sight; what was chosen stands in the value with commas between.
    Checks(Vec<Choice>),
    /// A day.
    Day,
    /// A day and a time, on the clocks of the Netherlands.
    Moment,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id, unique on the page.
    pub id: String,
    /// Its name in what is sent.
    pub name: &'static str,
    /// What is asked.
    pub label: String,
    /// What helps to answer it.
    pub help: Option<String>,
    /// What is wrong with what was filled in.
    pub error: Option<String>,
    /// What was filled in.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it is filled in.
    pub input: Input,
}

impl Field {
    /// The ids of what describes it, for assistive technology.
    pub(crate) fn described_by(&self) -> String {
        let help = self.help.iter().map(|_| format!("{}-hulp", self.id));
        let error = self.error.iter().map(|_| format!("{}-fout", self.id));
        help.chain(error).collect::<Vec<_>>().join(" ")
    }

    /// Where a link from the summary of what is wrong leads: the field, or its first choice.
    pub(crate) fn target(&self) -> String {
        match &self.input {
            Input::Radios(_) | Input::Checks(_) => format!("{}-1", self.id),
            Input::Line | Input::Lines(_) | Input::List(_) | Input::Day | Input::Moment => {
                self.id.clone()
            }
        }
    }

    /// Whether this choice is made.
    pub(crate) fn has(&self, choice: &Choice) -> bool {
        self.value.split(',').any(|value| value == choice.value)
    }

    /// What a field of one line is to a browser.
    pub(crate) fn kind(&self) -> &'static str {
        match self.input {
            Input::Day => "date",
            Input::Moment => "datetime-local",
            Input::Line
            | Input::Lines(_)
            | Input::List(_)
            | Input::Radios(_)
            | Input::Checks(_) => "text",
        }
    }
}

/// Whether something is wrong in any of these.
pub(crate) fn any_wrong(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.error.is_some())
}
