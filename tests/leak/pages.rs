//! The pages made of the API, as everybody of the stories gets them in their browser: each of them
//! logged in, in both languages, and also where what they typed is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demo::play::Doors;
use reqwest::StatusCode;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::askers::{self, Asker};
use crate::browser::{Browser, Shown};
use crate::law::Rule;
use crate::plant::Marker;
use crate::search::{Found, Looked};
use crate::sweep::{AT_ONCE, Ids};
use crate::telling::Telling;
use crate::world::{Kept, World};

/// Both languages of the pages.
pub(crate) const LANGUAGES: &[&str] = &["nl", "en"];

/// What the API answers is the same in either: half-way a story one of them is enough.
pub(crate) const DUTCH: &[&str] = &["nl"];

/// Pages that everybody asks for; the last two are not there.
const PAGES: [&str; 15] = [
    "/",
    "/werk",
    "/vragen",
    "/casussen/nieuw",
    "/mijn-zaak",
    "/loket",
    "/tafel",
    "/signalen",
    "/signalen/nieuw",
    "/bestuur",
    "/afwezig",
    "/woorden",
    "/toegankelijkheid",
    "/casussen/nergens",
    "/nergens",
];

/// How many pages that others lead to are looked at beside those that everybody asks for.
const FOLLOWED: usize = 6;

/// Whose browsers send what cannot be taken.
const TYPISTS: [&str; 5] = ["noor", "petra", "sem", "dirk", "olga"];

/// A page that showed something.
pub(crate) struct PageSeen {
    /// Who asked.
    pub(crate) asker: Asker,
    /// For what, and in which language.
    pub(crate) what: String,
    /// What stood in it.
    pub(crate) found: Found,
}

impl World<'_> {
    /// What everybody with a part in the story sees in a browser at this time, in the end everybody
    /// of all stories; gives every page that shows something.
    pub(crate) async fn pages(
        &mut self,
        kind: &'static str,
        telling: &Telling,
        kept: Kept,
        languages: &'static [&'static str],
    ) -> Vec<PageSeen> {
        let standing = self.standing(telling).await;
        let ids = self.ids(&standing, telling);
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let mut tasks = JoinSet::new();
        // Strangers to the story look once: in the end.
        let all = kept == Kept::AllForEachRole && self.postgres.is_none();
        let part = |asker: &Asker| all || self.planted.has_part(&asker.reader.party, &self.oracle);
        let people = askers::people(&self.processes, &self.oracle);
        for asker in people.into_iter().filter(part) {
            let (room, searcher) = (room.clone(), self.searcher.clone());
            let mut visit = Visit::new(&self.doors, &asker.name, &ids);
            tasks.spawn(async move {
                let _room = room.acquire().await.expect("nobody closes it");
                let mut looked = Looked::default();
                let mut seen = Vec::new();
                for (what, shown) in visit.everything(languages).await {
                    let bytes = shown.bytes();
                    looked.places += 1;
                    looked.bytes += bytes.len() as u64;
                    let found = searcher.in_bytes(&bytes);
                    if !found.is_empty() {
                        let asker = asker.clone();
                        seen.push(PageSeen { asker, what, found });
                    }
                }
                (seen, looked)
            });
        }
        let mut all = Vec::new();
        while let Some(done) = tasks.join_next().await {
            let (seen, looked) = done.expect("a browser does not panic");
            self.finds.add(kind, looked);
            all.extend(seen);
        }
        let (oracle, markers) = (&self.oracle, &self.planted.markers);
        for page in &all {
            let may = |marker: &Marker| match kept {
                Kept::Nothing => marker.rule == Rule::NamesNobody,
                Kept::All | Kept::AllForEachRole => {
                    oracle.may_see(&page.asker.reader, marker, &standing)
                }
            };
            let place = format!("{} {}", page.asker.name, page.what);
            self.finds.judge(kind, &place, &page.found, markers, may);
        }
        all
    }

    /// Types personal data where it cannot be taken. What somebody typed may come back to them with
    /// the same answer; the logs and the traces are searched for it afterwards.
    pub(crate) async fn typed(&mut self, telling: &Telling) {
        const KIND: &str = "pages with wrong input";
        // It does not depend on the database: one story types on SQLite for both.
        if self.postgres.is_some() {
            return;
        }
        let standing = self.standing(telling).await;
        let mut kinds = BTreeMap::new();
        for (index, marker) in self.planted.markers.iter().enumerate() {
            // One of each field: a name, a number, a date, words.
            kinds.entry(&marker.field).or_insert(index);
        }
        let chosen: BTreeSet<usize> = kinds.into_values().collect();
        let texts = chosen
            .iter()
            .map(|index| &self.planted.markers[*index].text);
        let texts: Vec<String> = texts.cloned().collect();
        let people = askers::people(&self.processes, &self.oracle);
        let mut looked = Looked::default();
        for who in TYPISTS {
            let asker = people.iter().find(|asker| asker.name == who);
            let asker = asker.expect("they take part");
            let mut browser = Browser::new(&self.doors);
            browser.login(who).await;
            for (what, shown) in wrong(&mut browser, &texts).await {
                let status = shown.status;
                assert!(!status.is_server_error(), "{who} {what}: {status}");
                let bytes = shown.bytes();
                looked.places += 1;
                looked.bytes += bytes.len() as u64;
                let found = self.searcher.in_bytes(&bytes);
                let markers = &self.planted.markers;
                let may = |marker: &Marker| {
                    texts.contains(&marker.text)
                        || self.oracle.may_see(&asker.reader, marker, &standing)
                };
                let place = format!("{who} {what}");
                self.finds.judge(KIND, &place, &found, markers, may);
            }
        }
        self.finds.add(KIND, looked);
        let back = self.finds.allowed_fields(KIND);
        assert!(back.len() > 3, "what was typed came back nowhere: {back:?}");
    }
}

/// One person's way through the pages.
struct Visit {
    browser: Browser,
    who: String,
    addresses: Vec<String>,
}

impl Visit {
    fn new(doors: &Doors, who: &str, ids: &Ids) -> Self {
        let mut addresses: Vec<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
        addresses.extend(ids.cases.iter().map(|case| format!("/casussen/{case}")));
        addresses.extend(
            ids.drafts
                .iter()
                .map(|draft| format!("/casussen/nieuw?concept={draft}")),
        );
        Self {
            browser: Browser::new(doors),
            who: who.to_owned(),
            addresses,
        }
    }

    /// Every page, and what is shown before and after logging in.
    async fn everything(&mut self, languages: &[&str]) -> Vec<(String, Shown)> {
        let mut pages = vec![("/".to_owned(), self.browser.get("/").await)];
        self.browser.login(&self.who).await;
        for language in languages {
            let chosen = format!("/taal/{language}?naar=/werk");
            let sent = self.browser.get(&chosen).await;
            pages.push((chosen, sent));
            let mut open: Vec<String> = self.addresses.iter().rev().cloned().collect();
            let mut known: BTreeSet<String> = self.addresses.iter().cloned().collect();
            while let Some(address) = open.pop() {
                let shown = self.browser.get(&address).await;
                let status = shown.status;
                let who = &self.who;
                assert!(!status.is_server_error(), "{who} at {address}: {status}");
                assert_ne!(status, StatusCode::UNAUTHORIZED, "{who} at {address}");
                let here = format!("<html lang=\"{language}\"");
                let page = status.is_redirection() || shown.text().contains(&here);
                assert!(page, "{who} at {address}: not in {language}");
                for link in shown.between("href=\"/", "\"") {
                    let link = format!("/{link}");
                    let followed = ["/casussen/", "/tafel/", "/signalen/"];
                    if !followed.iter().any(|place| link.starts_with(place)) {
                        continue;
                    }
                    let room = known.len() < self.addresses.len() + FOLLOWED;
                    if room && known.insert(link.clone()) {
                        open.push(link);
                    }
                }
                pages.push((format!("{address} ({language})"), shown));
            }
        }
        let mut tokens = pages.iter().map(|(_, shown)| shown.token());
        let token = tokens.rfind(|token| !token.is_empty());
        let token = token.expect("a page has a form");
        let left = self.browser.send("/afmelden", &[("token", &token)]).await;
        assert_eq!(left.location(), "/", "{}", self.who);
        pages.push(("/afmelden".to_owned(), left));
        pages
    }
}

/// Everything that can be typed wrongly, with these texts in it.
async fn wrong(browser: &mut Browser, texts: &[String]) -> Vec<(String, Shown)> {
    let all = texts.join(" ");
    let mut answers = Vec::new();
    let token = browser.get("/casussen/nieuw").await.token();
    // Longer than a text, and than a reference, may be, so that nothing of this is taken.
    let long = format!("{all} {}", "x".repeat(10_001));
    let reference = format!("{all} {}", "x".repeat(200));
    for (what, theme, age, words) in [
        ("without an age", "housing", "", all.as_str()),
        ("of no theme", &texts[0], "18-20", &all),
        ("of no age", "housing", &all, &all),
        ("too long", "housing", "18-20", &long),
    ] {
        let fields = [
            ("token", token.as_str()),
            ("doe", "inbrengen"),
            ("verhaal", words),
            ("wens", words),
            ("onderwerp", theme),
            ("leeftijd", age),
            ("naam", words),
            ("woorden", words),
            ("geprobeerd", words),
            ("kenmerk", &reference),
        ];
        let shown = browser.send("/casussen/nieuw", &fields).await;
        assert!(shown.status.is_client_error(), "{what}: {}", shown.status);
        answers.push((format!("a case {what}"), shown));
    }
    let forged = [("token", all.as_str()), ("doe", &all), ("verhaal", &all)];
    let shown = browser.send("/casussen/nieuw", &forged).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    answers.push(("a forged form".to_owned(), shown));
    let mut at: BTreeSet<String> = browser
        .get("/vragen")
        .await
        .between("action=\"", "\"")
        .into_iter()
        .filter(|action| action.starts_with("/vragen/"))
        .collect();
    at.insert(format!("/vragen/{}", texts[0]));
    for address in at {
        let fields = [
            ("token", token.as_str()),
            ("antwoord", "declined"),
            ("alternatief", &all),
            ("tekst", &all),
        ];
        let shown = browser.send(&address, &fields).await;
        answers.push((address, shown));
    }
    // In addresses words, a number and a date: the first of each.
    let mut looks = BTreeSet::new();
    for text in texts {
        let look = (text.parse::<u64>().is_ok(), text.contains('-'));
        if !looks.insert(look) {
            continue;
        }
        for before in [
            "/",
            "/casussen/",
            "/casussen/nieuw?concept=",
            "/vragen?gedaan=",
            "/werk?",
            "/taal/",
            "/taal/nl?naar=/",
            "/assets/",
        ] {
            let address = format!("{before}{text}");
            let shown = browser.get(&address).await;
            answers.push((address, shown));
        }
    }
    // A code that the provider never gave: what it is goes to the provider and nowhere else.
    let begun = browser.get("/aanmelden?naar=/werk").await.location();
    let state = begun.split("state=").nth(1).unwrap_or_default();
    let state = state.split('&').next().unwrap_or_default();
    let back = format!("/aanmelden/terug?code={}&state={state}", texts[0]);
    let shown = browser.get(&back).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "log in again");
    answers.push(("a login with no code".to_owned(), shown));
    answers
}
