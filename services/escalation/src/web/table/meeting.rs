//! One meeting: its agenda, who is there, and what is said per case, each as far as the reader may
//! see it. Printed it is the reader's pack.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use screens::page::{self, Deed};
use screens::{Frame, Here, Input};
use serde::Deserialize;

use super::super::answer::{self, Failure};
use super::super::api::id;
use super::super::deeds::{Coming, OF_TABLE, named, onwards};
use super::super::fields::Filled;
use super::super::live;
use super::super::register::Register;
use super::super::visitor::Visitor;
use super::{Item, waiting};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    #[serde(flatten)]
    item: Item,
    quorum: i64,
    invited: Vec<InvitedSeen>,
    agenda: Vec<CaseSeen>,
    may_do: BTreeSet<String>,
}

#[derive(Deserialize)]
struct InvitedSeen {
    organisation: String,
    present: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CaseSeen {
    pseudonym: String,
    case: Option<String>,
    theme: Option<String>,
    urgent: bool,
    recused: bool,
    #[serde(default)]
    recusals: Vec<String>,
    collision: Option<String>,
    requests: Vec<RequestSeen>,
    conclusion: Option<String>,
    conclusion_text: Option<String>,
    obstacles: Option<Vec<ObstacleSeen>>,
    obstacle_spoken: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestSeen {
    request: String,
    of: String,
    law_or_theme: String,
    status: String,
    asked: Option<String>,
    text: Option<String>,
    due: Option<Date>,
}

#[derive(Deserialize)]
struct ObstacleSeen {
    text: String,
    target: String,
    owner: String,
    signal: Option<String>,
}

/// A meeting for its reader.
struct About<'a> {
    visitor: &'a Visitor,
    frame: &'a Frame,
    address: String,
    state: String,
    own: String,
    /// Whose table meets.
    body: String,
    may_do: BTreeSet<String>,
    /// The own register, when a mandate is asked for.
    register: Register,
}

/// `GET /tafel/{meeting}`.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Path(meeting): Path<String>,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = read(&visitor, &meeting).await?;
    page.frame.live = live::address(head, None);
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn read(visitor: &Visitor, name: &str) -> Result<page::Meeting, Failure> {
    let name = id(name)?;
    let seen: Seen = visitor.read(&format!("/v1/meetings/{name}")).await?;
    let frame = visitor.frame(Here::Table);
    let own = visitor.session()?.organisation.to_string();
    let mut requests = seen.agenda.iter().flat_map(|case| &case.requests);
    let register = match requests.any(|one| one.of == own && one.status == "waiting") {
        true => Register::own(visitor).await?,
        false => Register::default(),
    };
    let about = About {
        visitor,
        frame: &frame,
        address: format!("/tafel/{name}"),
        state: seen.item.state.clone(),
        own,
        body: seen.item.body.clone(),
        register,
        may_do: seen.may_do,
    };
    let web = visitor.web();
    let mut waits = Vec::new();
    if about.may("PlanMeeting") && about.is("planned") {
        let on: BTreeSet<&str> = seen
            .agenda
            .iter()
            .map(|one| one.pseudonym.as_str())
            .collect();
        let all = waiting(visitor, &seen.item.rung).await?;
        for one in all.into_iter().flatten() {
            if !on.contains(one.pseudonym.as_str()) {
                let deed = about.deed("agenderen", Some(&one.pseudonym));
                waits.extend(deed.map(|deed| (one.line(), deed)));
            }
        }
    }
    let deeds = about.of_meeting(&seen.invited);
    let agenda = seen.agenda.into_iter();
    let agenda = agenda.map(|case| about.case(case)).collect();
    let (rung, state, at) = (
        web.rung(&seen.item.rung),
        seen.item.state,
        seen.item.planned_at,
    );
    let invited = seen.invited.into_iter().map(|one| page::Invited {
        name: web.name_of(&one.organisation),
        present: one.present,
    });
    let invited = invited.collect();
    drop(about);
    Ok(page::Meeting {
        pack: format!("/tafel/{name}/stukken"),
        done: None,
        refusal: None,
        quorum: seen.quorum,
        rung,
        state,
        at,
        invited,
        agenda,
        waits,
        deeds,
        frame,
    })
}

impl About<'_> {
    fn may(&self, action: &str) -> bool {
        self.may_do.contains(action)
    }

    fn is(&self, state: &str) -> bool {
        self.state == state
    }

    fn deed(&self, name: &str, over: Option<&str>) -> Option<Deed> {
        let spec = named(OF_TABLE, name).ok()?;
        Some(spec.deed(self.visitor, self.frame, (&self.address, over)))
    }

    fn of_meeting(&self, invited: &[InvitedSeen]) -> Vec<Deed> {
        let mut deeds = Vec::new();
        if self.may("PlanMeeting") && self.is("planned") {
            deeds.extend(self.deed("uitnodigen", None));
            deeds.extend(self.deed("verzetten", None));
            deeds.extend(self.deed("afzeggen", None));
        }
        if self.may("HoldMeeting") && self.is("planned") {
            let opening = self.deed("openen", None);
            deeds.extend(opening.map(|deed| only(deed, invited)));
        }
        if self.may("HoldMeeting") && self.is("open") {
            deeds.extend(self.deed("notulen", None));
        }
        deeds
    }

    fn case(&self, case: CaseSeen) -> page::OnAgenda {
        let web = self.visitor.web();
        let over = Some(case.pseudonym.as_str());
        let mut deeds = Vec::new();
        let mut add = |wanted: bool, name: &str| {
            if wanted {
                deeds.extend(self.deed(name, over));
            }
        };
        let plans = self.may("PlanMeeting") && self.is("planned");
        add(plans, "van-agenda");
        let holds = self.may("HoldMeeting") && self.is("open");
        let undecided = holds && case.conclusion.is_none();
        // Who takes no part says nothing of the case itself; the minutes wait for nobody for ever.
        let speaks = undecided && !case.recused;
        add(speaks, "botsing");
        add(speaks, "tafel-vraagt");
        add(speaks, "tafel-besluit");
        add(undecided, "aanhouden");
        let decided = case.conclusion.as_deref() == Some("decided");
        let unspoken = holds && decided && case.obstacle_spoken == Some(false);
        add(unspoken, "obstakel");
        add(unspoken, "geen-obstakel");
        let begun = self.is("planned") || self.is("open");
        let recuses = self.may("DeclareRecusal") && !case.recused && begun;
        add(recuses && case.conclusion.is_none(), "verschonen");
        let answers = self.may("AnswerAtTable") && self.is("open");
        let asked = case.requests.into_iter().map(|one| {
            let ours = answers && one.of == self.own && one.status == "waiting";
            let over = Some(one.request.as_str());
            let deeds = ["tafel-ja", "tafel-nee"].into_iter().filter(|_| ours);
            let deeds = deeds.filter_map(|name| self.deed(name, over));
            let mut deeds: Vec<Deed> = deeds.collect();
            let about = (one.law_or_theme.as_str(), "deed.mandate-table-none");
            self.register
                .offer_mandates((self.visitor, self.frame), about, &mut deeds);
            page::AskedThere {
                deeds,
                of: web.name_of(&one.of),
                status: one.status,
                asked: one.asked,
                text: one.text,
                due: one.due,
            }
        });
        let became = self.is("adopted") && case.case.is_some();
        page::OnAgenda {
            led: self.led(holds, &case.case, case.recused),
            became,
            recusals: case.recusals.iter().map(|who| web.name_of(who)).collect(),
            asked: asked.collect(),
            href: case.case.map(|case| format!("/casussen/{case}")),
            number: case.pseudonym,
            theme: case.theme,
            urgent: case.urgent,
            recused: case.recused,
            collision: case.collision,
            conclusion: case.conclusion,
            conclusion_text: case.conclusion_text,
            obstacles: case
                .obstacles
                .into_iter()
                .flatten()
                .map(|one| page::ObstacleLine {
                    text: one.text,
                    target: one.target,
                    owner: web.name_of(&one.owner),
                    signal: one.signal.map(|signal| format!("/signalen/{signal}")),
                })
                .collect(),
            deeds,
        }
    }
}

impl About<'_> {
    /// Who can lead the case, for a reader who holds the meeting and does not see that case.
    fn led(&self, holds: bool, case: &Option<String>, recused: bool) -> Option<String> {
        if !holds || case.is_some() {
            return None;
        }
        let other = self.body != self.own;
        Some(match (recused, other) {
            (_, true) => {
                let body = self.visitor.web().name_of(&self.body);
                self.frame.t1("table.led-by", "who", body)
            }
            (true, false) => self.frame.t("table.led-by-another").to_owned(),
            (false, false) => self.frame.t("table.led-by-who-sees").to_owned(),
        })
    }
}

/// Only who is invited can be there.
fn only(mut deed: Deed, invited: &[InvitedSeen]) -> Deed {
    for field in &mut deed.fields {
        if let Input::Checks(choices) = &mut field.input {
            choices.retain(|choice| invited.iter().any(|one| one.organisation == choice.value));
        }
    }
    deed
}

/// `POST /tafel/{meeting}/doen/{deed}`.
pub(in crate::web) async fn act(
    visitor: Visitor,
    Path((meeting, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    let meeting = id(&meeting)?;
    let spec = named(OF_TABLE, &deed)?;
    if spec.name == "plannen" {
        return Err(Failure::MISSING);
    }
    let path = format!("/v1/meetings/{meeting}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards(&format!("/tafel/{meeting}"), spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor, meeting).await?;
    let fields = &mistake.fields;
    spec.again(&mut page.deeds, (&page.frame, &filled), fields);
    for case in &mut page.agenda {
        spec.again(&mut case.deeds, (&page.frame, &filled), fields);
        for asked in &mut case.asked {
            spec.again(&mut asked.deeds, (&page.frame, &filled), fields);
        }
    }
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
