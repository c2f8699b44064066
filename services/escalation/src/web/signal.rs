//! Signals: raising one in a minute, what waits for whom, and one signal to its end.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use screens::page::{self, Deed};
use screens::{Choice, Frame, Here, Input};
use serde::Deserialize;

use super::Web;
use super::answer::{self, Failure};
use super::api::{List, id};
use super::deeds::{Coming, OF_SIGNAL, RAISE, named, onwards};
use super::fields::Filled;
use super::live;
use super::offers::Offer;
use super::visitor::Visitor;

/// How much of the list is shown.
pub(super) const MOST: usize = 100;
/// How many cases can be chosen from, the newest.
const CASES: usize = 200;
/// The steps towards a change, in their order.
const STEPS: [&str; 4] = ["effect_named", "tried_in_practice", "laid_down", "checked"];

/// A signal, as the API tells it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Seen {
    signal: String,
    kind: String,
    theme: String,
    rule: Option<String>,
    often: Option<String>,
    suggested: Option<String>,
    text: Option<String>,
    pub(super) state: String,
    raised_by: String,
    pub(super) assigned_to: Option<String>,
    addressee: Option<Addressee>,
    answer_by: Option<Timestamp>,
    overdue: i64,
    cases: Option<i64>,
    fewer_than: Option<u32>,
    #[serde(default)]
    own_cases: Vec<String>,
    history: Vec<Happened>,
    #[serde(default)]
    may_do: Vec<String>,
}

#[derive(Deserialize)]
struct Addressee {
    function: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Happened {
    kind: String,
    at: Timestamp,
    answer: Option<String>,
    step: Option<String>,
    text: Option<String>,
}

/// A case of which the reader can say that it takes over.
#[derive(Deserialize)]
struct Case {
    id: Option<String>,
    pseudonym: String,
    theme: Option<String>,
}

impl Seen {
    fn may(&self, action: &str) -> bool {
        self.may_do.iter().any(|may| may == action)
    }

    fn is(&self, state: &str) -> bool {
        self.state == state
    }

    /// The last answer that was given to it.
    fn answer(&self) -> Option<&str> {
        let mut latest = self.history.iter().rev();
        latest.find_map(|one| one.answer.as_deref())
    }

    /// How many steps were taken since a change was promised.
    fn taken(&self) -> usize {
        let latest = self.history.iter().rev();
        let since = latest.take_while(|one| one.answer.is_none());
        since.filter(|one| one.step.is_some()).count()
    }

    /// As it stands in a list.
    pub(super) fn item(&self, web: &Web, now: Timestamp) -> page::SignalItem {
        page::SignalItem {
            href: format!("/signalen/{}", self.signal),
            text: self.text.clone(),
            kind: self.kind.clone(),
            theme: self.theme.clone(),
            state: self.state.clone(),
            owner: self.assigned_to.as_deref().map(|owner| web.name_of(owner)),
            until: self.answer_by.map(|at| (at, web.left(now, at))),
            overdue: self.overdue,
        }
    }
}

/// `GET /signalen`.
pub(super) async fn list(visitor: Visitor) -> Result<Response, Failure> {
    let own = visitor.session()?.organisation.to_string();
    let head = visitor.head().await;
    let path = format!("/v1/signals?pageSize={MOST}");
    let signals: List<Seen> = visitor.list(&path).await?;
    let (web, now) = (visitor.web(), visitor.now());
    let mut page = page::Signals {
        frame: live::listening(visitor.frame(Here::Signals), head),
        ours: Vec::new(),
        raised: Vec::new(),
        to_place: Vec::new(),
        ended: Vec::new(),
        more: signals.next_cursor.is_some(),
    };
    for signal in signals.items {
        let list = match signal.assigned_to.as_deref() {
            _ if signal.is("closed") => &mut page.ended,
            Some(owner) if owner == own => &mut page.ours,
            _ if signal.raised_by == own => &mut page.raised,
            _ => &mut page.to_place,
        };
        list.push(signal.item(web, now));
    }
    answer::page(&page)
}

fn form(visitor: &Visitor) -> page::RaiseSignal {
    let frame = visitor.frame(Here::Signals);
    let mut deed = RAISE.deed(visitor, &frame, ("/signalen", None));
    deed.action = "/signalen/nieuw".to_owned();
    page::RaiseSignal {
        frame,
        refusal: None,
        deed,
    }
}

/// `GET /signalen/nieuw`.
pub(super) async fn new(visitor: Visitor) -> Result<Response, Failure> {
    if !visitor.is_offered(visitor.session()?, Offer::Signal) {
        return visitor.not_offered(Here::Signals, page::Begun::Signal, Offer::Signal);
    }
    answer::page(&form(&visitor))
}

/// `POST /signalen/nieuw`.
pub(super) async fn raise(visitor: Visitor, filled: Filled) -> Result<Response, Failure> {
    let mistake = match RAISE.carry_out(&visitor, (RAISE.path, &filled)).await? {
        Ok(written) => {
            let signal = written["id"].as_str().unwrap_or_default();
            return Ok(onwards(&format!("/signalen/{signal}"), RAISE.name));
        }
        Err(mistake) => mistake,
    };
    let mut page = form(&visitor);
    RAISE.fill(&mut page.deed, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}

/// `GET /signalen/{signal}`.
pub(super) async fn show(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = read(&visitor, &name).await?;
    page.frame.live = live::address(head, None);
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn read(visitor: &Visitor, name: &str) -> Result<page::Signal, Failure> {
    let name = id(name)?;
    let signal: Seen = visitor.read(&format!("/v1/signals/{name}")).await?;
    let (web, now) = (visitor.web(), visitor.now());
    let frame = visitor.frame(Here::Signals);
    let deeds = deeds(visitor, &frame, &signal).await?;
    let promised = signal.answer() == Some("will_change");
    let taken = signal.taken();
    let steps = STEPS.iter().enumerate().filter(|_| promised);
    let steps = steps.map(|(index, step)| page::CycleStep {
        step: (*step).to_owned(),
        done: index < taken,
    });
    Ok(page::Signal {
        done: None,
        refusal: None,
        item: signal.item(web, now),
        steps: steps.collect(),
        rule: signal.rule.as_deref().map(|rule| web.rule(rule)),
        often: signal.often,
        raised_by: web.name_of(&signal.raised_by),
        suggested: signal
            .suggested
            .filter(|_| signal.state == "unassigned")
            .map(|who| web.name_of(&who)),
        addressee: signal.addressee.map(|one| one.name.unwrap_or(one.function)),
        cases: signal.cases.filter(|cases| *cases > 0),
        fewer_than: signal.fewer_than,
        own_cases: signal.own_cases,
        history: signal
            .history
            .into_iter()
            .map(|one| page::SignalMoment {
                kind: one.kind,
                at: one.at,
                answer: one.answer,
                step: one.step,
                text: one.text,
            })
            .collect(),
        deeds,
        frame,
    })
}

/// What the reader is offered: what the API says that the reader may, as far as the signal has come.
async fn deeds(visitor: &Visitor, frame: &Frame, signal: &Seen) -> Result<Vec<Deed>, Failure> {
    let address = format!("/signalen/{}", signal.signal);
    let deed = |name: &str, over: Option<&str>| -> Result<Deed, Failure> {
        Ok(named(OF_SIGNAL, name)?.deed(visitor, frame, (&address, over)))
    };
    let mut deeds = Vec::new();
    if signal.may("AssignSignal") && signal.is("unassigned") {
        let mut assign = deed("toewijzen", None)?;
        for field in &mut assign.fields {
            field.value = signal.suggested.clone().unwrap_or_default();
        }
        deeds.push(assign);
    }
    if signal.may("AnswerSignal") && (signal.is("assigned") || signal.is("answered")) {
        let next = STEPS.get(signal.taken()).copied();
        match (signal.answer(), next) {
            (Some("will_change"), Some(next)) => deeds.push(deed("stap", Some(next))?),
            (Some("needs_other_owner") | None, _) => {}
            (Some(_), _) => deeds.push(deed("afronden", None)?),
        }
        deeds.push(deed("antwoorden", None)?);
    }
    if signal.may("RaiseSignal") && signal.kind == "unease" && !signal.is("closed") {
        let path = format!("/v1/cases?order=newest&pageSize={CASES}");
        let own: List<Case> = visitor.list(&path).await?;
        let choices: Vec<Choice> = own
            .items
            .into_iter()
            .map(|case| Choice {
                label: match &case.theme {
                    Some(theme) => format!("{} ({})", case.pseudonym, frame.code("theme", theme)),
                    None => case.pseudonym.clone(),
                },
                value: case.id.unwrap_or(case.pseudonym),
            })
            .collect();
        let mut becomes = deed("casus-maken", None)?;
        for field in &mut becomes.fields {
            field.input = Input::List(choices.clone());
        }
        deeds.push(becomes);
    }
    Ok(deeds)
}

/// `POST /signalen/{signal}/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path((name, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    let spec = named(OF_SIGNAL, &deed)?;
    let path = format!("/v1/signals/{name}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards(&format!("/signalen/{name}"), spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor, name).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
