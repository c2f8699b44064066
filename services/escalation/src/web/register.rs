//! The register of the reader's own organisation: who is away and who answers instead, and which
//! mandates are in the reader's hands.

use jiff::civil::Date;
use screens::page::{Absent, Deed};
use screens::{Choice, Frame, Input};
use serde::Deserialize;

use super::answer::Failure;
use super::visitor::Visitor;

/// The register, as the API tells it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Register {
    pub(super) items: Vec<Entry>,
    #[serde(default)]
    pub(super) may_keep: bool,
}

/// Somebody of the organisation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) contact: String,
    pub(super) mine: bool,
    pub(super) function: String,
    name: Option<String>,
    mandates: Vec<Mandate>,
    deputy: Option<String>,
    absent_from: Option<Date>,
    absent_until: Option<Date>,
    absent_cover: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mandate {
    id: String,
    scope: Vec<String>,
    amount_cents: Option<i64>,
    until: Option<Date>,
}

impl Entry {
    /// What colleagues call them.
    pub(super) fn called(&self) -> &str {
        self.name.as_ref().unwrap_or(&self.function)
    }

    /// Whether they are away on a day.
    fn is_away(&self, on: Date) -> bool {
        let from = self.absent_from.is_some_and(|from| from <= on);
        from && self.absent_until.is_some_and(|until| on <= until)
    }

    fn takes_over(&self) -> Option<&str> {
        self.absent_cover.as_deref().or(self.deputy.as_deref())
    }
}

impl Register {
    /// That of the reader's organisation; an empty one for whoever may not read it.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub(super) async fn own(visitor: &Visitor) -> Result<Self, Failure> {
        let own = &visitor.session()?.organisation;
        let path = format!("/v1/register?organisation={own}&pageSize=100");
        match visitor.read(&path).await {
            Err(Failure::Status(status)) if matches!(status.as_u16(), 403 | 404) => {
                Ok(Self::default())
            }
            other => other,
        }
    }

    fn entry(&self, contact: &str) -> Option<&Entry> {
        self.items.iter().find(|entry| entry.contact == contact)
    }

    /// What colleagues call whoever usually takes over.
    pub(super) fn deputy(&self, of: &Entry) -> Option<String> {
        let deputy = self.entry(of.deputy.as_deref()?)?;
        Some(deputy.called().to_owned())
    }

    /// When somebody is away, when that is not over.
    pub(super) fn absence(&self, of: &Entry, today: Date) -> Option<Absent> {
        let (from, until) = (of.absent_from?, of.absent_until?);
        let cover = of.takes_over().and_then(|cover| self.entry(cover));
        (today <= until).then(|| Absent {
            who: of.called().to_owned(),
            from,
            until,
            mine: cover.is_some_and(|cover| cover.mine),
            cover: cover.map(|cover| cover.called().to_owned()),
        })
    }

    /// Colleagues who are away or will be, the first to leave first.
    pub(super) fn absent(&self, today: Date) -> Vec<Absent> {
        let others = self.items.iter().filter(|entry| !entry.mine);
        let mut absent: Vec<Absent> = others
            .filter_map(|entry| self.absence(entry, today))
            .collect();
        absent.sort_by(|one, other| (one.from, &one.who).cmp(&(other.from, &other.who)));
        absent
    }

    /// The mandates in the reader's hands that are about a law or theme and have not ended: their
    /// own, and those of whoever is away today and whom they cover.
    fn mandates(&self, (visitor, frame): (&Visitor, &Frame), subject: &str) -> Vec<Choice> {
        let today = visitor.today();
        let covers = |entry: &Entry| {
            let cover = entry.takes_over().and_then(|cover| self.entry(cover));
            entry.is_away(today) && cover.is_some_and(|cover| cover.mine)
        };
        let held = self.items.iter();
        let held = held.filter(|entry| entry.mine || covers(entry));
        held.flat_map(|entry| &entry.mandates)
            .filter(|mandate| mandate.is_about(subject, today))
            .map(|mandate| Choice {
                value: mandate.id.clone(),
                label: mandate.in_words(visitor, frame),
            })
            .collect()
    }

    /// Lets the reader choose a mandate instead of typing one, wherever a deed asks for it and the
    /// register holds one about that law or theme; `none` says what to do when it holds none.
    pub(super) fn offer_mandates(
        &self,
        for_whom: (&Visitor, &Frame),
        (subject, none): (&str, &str),
        deeds: &mut [Deed],
    ) {
        let mandates = self.mandates(for_whom, subject);
        let frame = for_whom.1;
        for field in deeds.iter_mut().flat_map(|deed| &mut deed.fields) {
            if field.name != MANDATE {
                continue;
            }
            if mandates.is_empty() {
                field.help = Some(frame.t(none).to_owned());
            } else {
                field.help = None;
                field.input = Input::List(mandates.clone());
            }
        }
    }
}

/// The name of a field that asks for a mandate.
const MANDATE: &str = "mandaat";

/// Whether any of these asks for a mandate: only then is the register read for it.
pub(super) fn asks_mandate(deeds: &[Deed]) -> bool {
    let mut fields = deeds.iter().flat_map(|deed| &deed.fields);
    fields.any(|field| field.name == MANDATE)
}

impl Mandate {
    /// Whether it is about a law or theme, and still holds.
    fn is_about(&self, subject: &str, today: Date) -> bool {
        let ended = self.until.is_some_and(|until| until < today);
        !ended && (self.scope.is_empty() || self.scope.iter().any(|word| word == subject))
    }

    /// Its id, what it is about, how far it goes and until when.
    fn in_words(&self, visitor: &Visitor, frame: &Frame) -> String {
        let laws = &visitor.web().0.platform.catalogues.rules;
        let about = self.scope.iter().map(|word| {
            let law = laws.statutes().find(|law| law.id == *word);
            law.map_or_else(|| frame.code("theme", word), |law| law.name.clone())
        });
        let mut words = vec![about.collect::<Vec<_>>().join(", ")];
        words.extend(self.amount_cents.map(|cents| {
            let amount = format!("{}", cents / 100);
            frame.t1("deed.mandate-amount", "amount", amount)
        }));
        words.extend(
            self.until
                .map(|until| frame.t1("deed.mandate-until", "day", frame.date(&until))),
        );
        words.retain(|word| !word.is_empty());
        format!("{}: {}", self.id, words.join(", "))
    }
}
