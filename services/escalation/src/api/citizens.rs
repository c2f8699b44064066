//! Who looks at the own case: the owner says which login belongs to which person of the case. From
//! then on that citizen reads what the matrix gives, of that person and of nobody else.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::{Command, LinkCitizen, LinkId, UnlinkCitizen, event};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight::Sight;
use super::written::{Written, not_allowed};
use super::{Platform, body, parties, sight, written};
use crate::citizen_codes::CitizenCodes;

/// A login and whose it is.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Linking {
    /// Whom of the case it is about, as the report or the platform names that person.
    person_key: String,
    /// The citizen's own opaque name, as in the citizen's token: that person's, or the name of who
    /// represents that person.
    #[schemars(length(min = 1, max = 128))]
    citizen: String,
    /// The organisation in the citizen's token; the caller's own when left out.
    #[serde(default)]
    organisation: Option<Oin>,
}

/// `POST /v1/cases/{id}/citizens`.
pub(super) async fn link(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = may_link(&platform, &caller, &name).await?;
    let linking: Linking = body::read(request).await?;
    let mut wrong = Vec::new();
    if linking.citizen.is_empty() || linking.citizen.len() > 128 {
        let reason = "is no name of 1 to 128 characters";
        wrong.push(InvalidParam::new("/citizen", reason));
    }
    let organisation = linking.organisation.unwrap_or_else(|| caller.oin.clone());
    parties::check_known(&platform, "/organisation", &organisation, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let account = (organisation.as_str(), linking.citizen.as_str());
    let person = sight.person(&platform, linking.person_key).await?;
    let written = record(&platform, &caller, &sight, person, account).await?;
    Ok(written.created("/citizens"))
}

/// The case, for whoever says who looks at it.
async fn may_link(platform: &Platform, caller: &Caller, name: &str) -> Result<Sight, Problem> {
    let action = Action::LinkCitizen;
    let sight = sight::act(platform, caller, name, action, None).await?;
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, action, &sight.facts)
        .map_err(|_| not_allowed())?;
    Ok(sight)
}

async fn record(
    platform: &Platform,
    caller: &Caller,
    sight: &Sight,
    person: String,
    (organisation, citizen): (&str, &str),
) -> Result<Written, Problem> {
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::LinkCitizen(LinkCitizen {
        link: LinkId::parse(&id).map_err(|_| Problem::internal())?,
        person,
        citizen: ground
            .pseudonyms
            .citizen(organisation, citizen)
            .map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
    });
    written::carry_out(platform, caller, &sight.id, command).await
}

/// Why it ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/citizens/{link}/end`: the next look is refused.
pub(super) async fn unlink(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, link)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::UnlinkCitizen;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let (ending, about) = body::told::<Ending>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::UnlinkCitizen(UnlinkCitizen {
        link: LinkId::parse(&link).map_err(|_| Problem::not_found("There is no such link."))?,
        reason: sealer.text(&ending.reason).map_err(unavailable)?,
        by: parties::organisation(&caller.oin)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// That somebody looks, or looked, at the own case. Whose login it is, is not kept in words.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LinkSeen {
    /// Its id.
    link: String,
    /// Whom of the case it is about.
    person_key: String,
    /// Since when.
    since: String,
    /// The OIN of who recorded it.
    by: String,
    /// When it was ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<String>,
}

/// `GET /v1/cases/{id}/citizens`: for who sees the whole course; a citizen sees the own links.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<LinkSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listCitizens");
    let whole = reader.strength(Category::Process) == Strength::Full;
    let mut links: Vec<(i64, LinkSeen)> = Vec::new();
    for row in records(&platform, sight.id.as_str(), "citizens").await? {
        let (position, at) = (row.position, row.at.clone());
        if row.kind == "citizen.unlinked" {
            let ended: event::CitizenUnlinked = content(row)?;
            let link = links
                .iter_mut()
                .find(|(_, link)| link.link == ended.link.as_str());
            if let Some((_, link)) = link {
                link.ended_at = Some(at);
            }
            continue;
        }
        let linked: event::CitizenLinked = content(row)?;
        let seen = LinkSeen {
            link: linked.link.to_string(),
            person_key: linked.person,
            since: at,
            by: linked.by.to_string(),
            ended_at: None,
        };
        links.push((position, seen));
    }
    links.retain(|(_, link)| {
        whole && reader.strength_of(Category::Identity, &link.person_key) > Strength::None
    });
    let (links, next_cursor) = page.cut(links, |(position, _)| *position)?;
    let persons = sight.persons()?;
    reader.about(Some(&sight.row.raiser), []);
    let mut items = Vec::new();
    for (_, link) in links {
        let person_key = reader.called(&persons, &link.person_key).await?;
        items.push(LinkSeen { person_key, ..link });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// Whom a code is for.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CodeAsked {
    /// The person of the case, as the report or the platform names that person.
    person_key: String,
}

/// A code to hand over. It is shown once, and kept by its digest only.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeGiven {
    /// The code.
    code: String,
    /// Until when it can be used.
    until: String,
}

/// `POST /v1/cases/{id}/citizen-codes`: where the development token issuer is, and nowhere else. In
/// production an identity provider says who somebody is: see [`link`].
pub(super) async fn hand_over(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = may_link(&platform, &caller, &name).await?;
    if !platform.dev {
        let detail = "Here an identity provider says who somebody is. Link the citizen's login.";
        return Err(Problem::not_found(detail));
    }
    let asked: CodeAsked = body::read(request).await?;
    let codes = CitizenCodes::new(&platform.ground);
    // Under the caller's own key, so that a repetition gives the same code and the same login.
    let cause = caller.cause(&platform);
    let code = codes.code(&format!("{}/{}/{}", sight.id, cause.sender, cause.message));
    let organisation = caller.oin.as_str();
    let account = (organisation, code.citizen.as_str());
    let person = sight.person(&platform, asked.person_key).await?;
    record(&platform, &caller, &sight, person, account).await?;
    let until = codes.keep(organisation, &code).await.map_err(unavailable)?;
    let given = CodeGiven {
        code: code.code,
        until: until.to_string(),
    };
    Ok((StatusCode::CREATED, Json(given)).into_response())
}
