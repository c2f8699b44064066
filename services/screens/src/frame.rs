//! What every page has around it: language, reader, menu, and words for the templates.

use std::fmt::Display;

use jiff::{Timestamp, civil::Date};

use crate::{Language, Left, assets, dates, words};

/// Whoever reads, when somebody is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their name, as the identity provider gives it.
    pub name: String,
    /// Their organisation's name.
    pub organisation: String,
    /// Whether they can raise a case.
    pub raises: bool,
    /// Whether they answer for their organisation to what others ask.
    pub answers: bool,
    /// Whether they give advice to others for their organisation.
    pub advises: bool,
    /// Whether they answer requests for admission.
    pub admits: bool,
    /// Whether they come to a table.
    pub meets: bool,
    /// Whether they keep the platform running.
    pub operates: bool,
    /// Whether they oversee what their organisation does with data.
    pub oversees: bool,
    /// Whether they learn from all cases together.
    pub learns: bool,
    /// Whether they raise signals, and see what comes of them.
    pub signals: bool,
    /// Whether they answer for what their organisation promises.
    pub governs: bool,
    /// Whether they are a citizen, who sees the own case and nothing else.
    pub citizen: bool,
}

/// Where in the menu a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Here {
    /// My work.
    Work,
    /// Raise a case.
    Raise,
    /// Search.
    Search,
    /// Questions put to the own organisation.
    Inbox,
    /// Requests for admission.
    Desk,
    /// The tables.
    Table,
    /// What a privacy officer oversees.
    Privacy,
    /// Running the platform.
    Operation,
    /// What all cases together tell.
    Insights,
    /// Signals.
    Signals,
    /// What an administrator answers for.
    Board,
    /// The citizen's own case.
    Mine,
    /// Not in the menu.
    #[default]
    Elsewhere,
}

/// What every page has around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The reader's language.
    pub language: Language,
    /// What time it is.
    pub now: Timestamp,
    /// The page's own address, to come back to after choosing a language; empty when what it shows is
    /// shown once.
    pub address: String,
    /// Who reads.
    pub user: Option<User>,
    /// Where in the menu it stands.
    pub here: Here,
    /// The token of the forms on this page: bound to the session, and good for one command.
    pub token: String,
    /// Whether an organisation mounted a theme of its own.
    pub themed: bool,
    /// Whether it has our own style alone, as when npm is not there.
    pub plain: bool,
    /// Where the page hears that something changed in what it shows; none for a page that needs not.
    pub live: Option<String>,
}

/// An entry of the menu.
pub(crate) struct Entry {
    pub(crate) href: &'static str,
    pub(crate) name: &'static str,
    pub(crate) here: bool,
}

impl Frame {
    /// The text of a key in the reader's language. A key that is not there shows itself, and
    /// fails the tests.
    pub fn t(&self, key: &str) -> &'static str {
        words::find(self.language, key).unwrap_or("⟦?⟧")
    }

    /// The text of a key that may not be there.
    pub fn known(&self, key: &str) -> Option<&'static str> {
        words::find(self.language, key)
    }

    /// The same with a value in the place called `{name}`.
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        words::fill(self.t(key), &[(name, &value.to_string())])
    }

    /// The same with two values.
    pub fn t2(&self, key: &str, one: (&str, &str), two: (&str, &str)) -> String {
        words::fill(self.t(key), &[one, two])
    }

    /// What a code of a list is called; the code itself, readable, when it is not known here: a
    /// theme is the municipality's to add.
    pub fn code(&self, list: &str, code: &str) -> String {
        let known = words::find(self.language, &format!("codes.{list}.{code}"));
        known.map_or_else(|| code.replace(['_', '-'], " "), str::to_owned)
    }

    /// What happened, by the kind of event.
    pub fn happening(&self, kind: &str) -> &'static str {
        let key = format!("happening.{}", kind.replace('.', "-"));
        words::find(self.language, &key).unwrap_or(self.t("happening.other"))
    }

    /// Why something cannot be done, by the code of the refusal.
    pub fn refusal(&self, code: &str) -> &'static str {
        let key = format!("refusal.{}", code.replace('_', "-"));
        words::find(self.language, &key).unwrap_or(self.t("refusal.other"))
    }

    /// A day.
    pub fn day(&self, at: &Timestamp) -> String {
        dates::day(self.language, *at, self.now)
    }

    /// A date.
    pub fn date(&self, date: &Date) -> String {
        dates::date(self.language, *date, self.now)
    }

    /// A moment.
    pub fn moment(&self, at: &Timestamp) -> String {
        dates::moment(self.language, *at, self.now)
    }

    /// From one moment to another, on the same day or not.
    pub fn stretch(&self, from: &Timestamp, until: &Timestamp) -> String {
        dates::stretch(self.language, (*from, *until), self.now)
    }

    /// A moment with its day of the week.
    pub fn weekday(&self, at: &Timestamp) -> String {
        dates::weekday_moment(self.language, *at, self.now)
    }

    /// How long is left.
    pub fn left(&self, left: &Left) -> String {
        match left {
            Left::Days(1) => self.t("layout.left-one").to_owned(),
            Left::Days(days) => self.t1("layout.left-days", "n", days),
            Left::Today => self.t("layout.left-today").to_owned(),
            Left::Over => self.t("layout.left-over").to_owned(),
        }
    }

    pub(crate) fn menu(&self) -> Vec<Entry> {
        let Some(user) = &self.user else {
            return Vec::new();
        };
        let entry = |key: &str, href, here| Entry {
            href,
            name: self.t(key),
            here: self.here == here,
        };
        if user.citizen {
            return vec![entry("layout.menu-mine", "/mijn-zaak", Here::Mine)];
        }
        let mut menu = vec![entry("layout.menu-work", "/werk", Here::Work)];
        if user.answers || user.advises {
            menu.push(entry("layout.menu-inbox", "/vragen", Here::Inbox));
        }
        if user.admits {
            menu.push(entry("layout.menu-desk", "/loket", Here::Desk));
        }
        if user.meets {
            menu.push(entry("layout.menu-table", "/tafel", Here::Table));
        }
        if user.oversees {
            menu.push(entry("layout.menu-privacy", "/privacy", Here::Privacy));
        }
        if user.operates {
            menu.push(entry("layout.menu-operation", "/beheer", Here::Operation));
        }
        if user.learns {
            menu.push(entry("layout.menu-insights", "/inzicht", Here::Insights));
        }
        if user.governs {
            menu.push(entry("layout.menu-board", "/bestuur", Here::Board));
        }
        if user.signals {
            menu.push(entry("layout.menu-signals", "/signalen", Here::Signals));
        }
        if user.raises {
            menu.push(entry("layout.menu-raise", "/casussen/nieuw", Here::Raise));
        }
        menu.push(entry("layout.menu-search", "/zoeken", Here::Search));
        menu
    }

    pub(crate) fn style(&self) -> &'static str {
        match self.plain {
            true => assets::PLAIN_STYLE,
            false => assets::STYLE,
        }
    }

    pub(crate) fn icon(&self) -> &'static str {
        assets::ICON
    }

    /// Where the page hears what changes, when it has a script that can.
    pub(crate) fn hears(&self) -> Option<&str> {
        self.script().and(self.live.as_deref())
    }

    pub(crate) fn script(&self) -> Option<&'static str> {
        assets::SCRIPT.filter(|_| !self.plain)
    }

    /// The address that shows this page in the other language.
    pub(crate) fn other_language(&self) -> String {
        let code = self.language.other().code();
        format!("/taal/{code}?naar={}", in_query(&self.address))
    }

    /// What stands at the foot of every printed page: that it is confidential, for whom it was made
    /// and when. Nothing on pages for everybody.
    pub(crate) fn stamp(&self) -> Option<String> {
        let user = self.user.as_ref()?;
        let whom = format!("{}, {}", user.name, user.organisation);
        let when = self.moment(&self.now);
        Some(self.t2("layout.stamp", ("who", &whom), ("when", &when)))
    }

    /// Whether the page can be asked for again: what is shown once is not lost by choosing a language.
    pub(crate) fn lasts(&self) -> bool {
        !self.address.is_empty()
    }
}

/// An address as a value in the query of another (RFC 3986, section 3.4).
pub fn in_query(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => written.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => written.push(char::from(byte)),
            byte => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}
