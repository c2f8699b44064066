//! What waits for a privacy officer: passes to review, requests for access, and whether the log is
//! intact.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, Here, page};
use serde::Deserialize;
use tokio::try_join;
use transparency::{Hash, Inclusion, Leaf};

use super::super::answer::{self, Failure};
use super::super::api::List;
use super::super::deeds::{OF_OFFICE, PROOF, named, onwards};
use super::super::fields::Filled;
use super::super::visitor::Visitor;
use super::{Coming, carry_out};

/// Where the page is.
const PLACE: &str = "/privacy";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pass {
    pass: String,
    kind: String,
    case: String,
    person: String,
    state: String,
    categories: Vec<String>,
    reason: String,
    issued_at: Timestamp,
    until: Timestamp,
    review_by: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    case: String,
    requested_at: Timestamp,
    due: Timestamp,
    recorded_by: String,
    overdue: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    events: i64,
    in_tree: i64,
    signed: Option<Signed>,
}

#[derive(Deserialize)]
struct Signed {
    size: i64,
    root: String,
    at: Timestamp,
    intact: bool,
}

#[derive(Deserialize)]
struct Proof {
    position: i64,
    size: u64,
    row: Option<String>,
    cause: Option<String>,
    proof: Vec<String>,
}

/// `GET /privacy`.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let (mut page, _) = read(&visitor).await?;
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

/// The page, and the root that was signed last.
async fn read(visitor: &Visitor) -> Result<(page::Privacy, Option<String>), Failure> {
    let (requests, passes, status) = try_join!(
        // Whoever oversees nothing gets no page.
        visitor.read::<List<Asked>>("/v1/access-requests?pageSize=200"),
        visitor.whole::<Pass>("/v1/passes"),
        visitor.read::<Status>("/v1/transparency/status"),
    )?;
    let web = visitor.web();
    let frame = visitor.frame(Here::Privacy);
    let waiting = passes.into_iter();
    let waiting = waiting.filter(|pass| pass.review_by.is_some() || pass.state == "open");
    let mut passes = Vec::new();
    for pass in waiting {
        passes.push(line(visitor, &frame, pass)?);
    }
    passes.sort_by_key(|pass| (pass.review_by.is_none(), pass.review_by, pass.until));
    let more = requests.next_cursor.is_some();
    let requests = requests.items.into_iter().map(|one| page::AskedToSee {
        href: format!("/privacy/inzage/{}", one.case),
        number: one.case,
        at: one.requested_at,
        due: one.due,
        by: web.name_of(&one.recorded_by),
        overdue: one.overdue,
    });
    let (signed, root) = match status.signed {
        Some(signed) => (
            Some((signed.size, signed.at, signed.intact)),
            Some(signed.root),
        ),
        None => (None, None),
    };
    let page = page::Privacy {
        done: None,
        refusal: None,
        passes,
        requests: requests.collect(),
        more,
        verified: page::Verified {
            events: status.events,
            in_tree: status.in_tree,
            signed: signed.map(|(size, at, _)| (size, at)),
            intact: signed.map(|(_, _, intact)| intact),
            proved: None,
        },
        deeds: vec![named(OF_OFFICE, "inzage-vastleggen")?.deed(visitor, &frame, (PLACE, None))],
        proof: vec![PROOF.deed(visitor, &frame, (PLACE, None))],
        frame,
    };
    Ok((page, root))
}

fn line(visitor: &Visitor, frame: &Frame, pass: Pass) -> Result<page::PassLine, Failure> {
    let over = (PLACE, Some(pass.pass.as_str()));
    let mut deeds = Vec::new();
    if pass.review_by.is_some() {
        deeds.push(named(OF_OFFICE, "beoordelen")?.deed(visitor, frame, over));
    }
    if pass.state == "open" {
        deeds.push(named(OF_OFFICE, "pas-intrekken")?.deed(visitor, frame, over));
    }
    Ok(page::PassLine {
        kind: pass.kind,
        href: format!("/casussen/{}", pass.case),
        number: pass.case,
        person: pass.person,
        categories: pass.categories,
        reason: pass.reason,
        at: pass.issued_at,
        until: pass.until,
        review_by: pass.review_by,
        id: pass.pass,
        deeds,
    })
}

/// `POST /privacy/doen/{deed}`.
pub(in crate::web) async fn act(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    if deed == PROOF.name {
        return prove(&visitor, &filled).await;
    }
    let spec = named(OF_OFFICE, &deed)?;
    let mistake = match carry_out(&visitor, spec, &filled).await? {
        Ok(_) => return Ok(onwards(PLACE, spec.name)),
        Err(mistake) => mistake,
    };
    let (mut page, _) = read(&visitor).await?;
    let refusal = mistake.says(&page.frame);
    let about = (&page.frame, &filled);
    spec.again(&mut page.deeds, about, &mistake.fields);
    for pass in &mut page.passes {
        spec.again(&mut pass.deeds, about, &mistake.fields);
    }
    page.refusal = refusal;
    answer::wrong(&page)
}

/// Fetches the proof that anybody can fetch, and verifies it against what was signed.
async fn prove(visitor: &Visitor, filled: &Filled) -> Result<Response, Failure> {
    let (mut page, root) = read(visitor).await?;
    let Ok(place) = filled.get("plaats").parse::<u32>() else {
        let wrong = vec![("plaats", "deed.unfit")];
        PROOF.again(&mut page.proof, (&page.frame, filled), &wrong);
        return answer::wrong(&page);
    };
    let path = format!("/v1/transparency/inclusion?position={place}");
    let proof: Option<Proof> = match visitor.read(&path).await {
        Ok(proof) => Some(proof),
        Err(Failure::Status(status)) if status.is_client_error() => None,
        Err(failure) => return Err(failure),
    };
    let proved = proof.zip(root).is_some_and(|(proof, root)| {
        let stands = stands(&proof, &root);
        stands == Some(true)
    });
    PROOF.again(&mut page.proof, (&page.frame, filled), &Vec::new());
    page.verified.proved = Some((place.to_string(), proved));
    answer::page(&page)
}

/// Whether the proof leads from the event to the root that was signed; none when it cannot be read.
fn stands(proof: &Proof, root: &str) -> Option<bool> {
    let leaf = Leaf {
        position: proof.position,
        row: Hash::parse(proof.row.as_deref()?).ok()?,
        cause: Hash::parse(proof.cause.as_deref()?).ok()?,
    };
    let hashes = proof.proof.iter().map(|hash| Hash::parse(hash));
    let hashes = hashes.collect::<Result<Vec<_>, _>>().ok()?;
    let index = u64::try_from(proof.position).ok()?.checked_sub(1)?;
    let root = Hash::parse(root).ok()?;
    let verified = Inclusion(hashes).verify(&leaf.hash(), index, proof.size, &root);
    Some(verified.is_ok())
}
