//! Who sees what of a case and why, and the guided check whether something may be shared.

use axum::extract::Path;
use axum::response::Response;
use screens::{Both, Here, Language, page};
use serde::Deserialize;
use serde_json::Value;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::id;
use super::case::lines;
use super::deeds::CHECK;
use super::fields::Filled;
use super::visitor::Visitor;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    pseudonym: String,
    own_reference: Option<String>,
}

#[derive(Deserialize)]
struct Explanation {
    items: Vec<Explained>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    category: String,
    shown: String,
    permitted_by: Vec<Policy>,
    withheld: Option<Withheld>,
}

#[derive(Deserialize)]
struct Policy {
    basis: Option<String>,
    words: Option<Both>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Withheld {
    words: Option<Both>,
    forbidden_by: Vec<Policy>,
}

#[derive(Deserialize)]
struct Checked {
    permitted: bool,
    paused: bool,
    bases: Vec<Fits>,
    missing: Vec<Missing>,
    smallest: Vec<String>,
    warnings: Vec<Warned>,
}

#[derive(Deserialize)]
struct Fits {
    title: Both,
    article: String,
}

#[derive(Deserialize)]
struct Missing {
    category: String,
    text: Both,
}

#[derive(Deserialize)]
struct Warned {
    text: Both,
}

/// `GET /casussen/{case}/delen`.
pub(super) async fn show(visitor: Visitor, Path(name): Path<String>) -> Result<Response, Failure> {
    answer::page(&read(&visitor, &name).await?)
}

async fn read(visitor: &Visitor, name: &str) -> Result<page::Sharing, Failure> {
    let name = id(name)?;
    let case = format!("/v1/cases/{name}");
    let (why, grounds) = (
        format!("/v1/cases/{name}/why"),
        format!("/v1/cases/{name}/legal-bases?pageSize=100"),
    );
    let (case, why, grounds) = try_join!(
        visitor.read::<Case>(&case),
        visitor.read::<Explanation>(&why),
        visitor.list::<lines::Ground>(&grounds),
    )?;
    let frame = visitor.frame(Here::Elsewhere);
    let address = format!("/casussen/{name}");
    let mut check = CHECK.deed(visitor, &frame, (&address, None));
    check.open = true;
    check.send = check.title.clone();
    let language = frame.language;
    let sights = why.items.into_iter().map(|one| reasoned(one, language));
    Ok(page::Sharing {
        sights: sights.collect(),
        shares: grounds
            .items
            .into_iter()
            .map(|one| lines::share(visitor.web(), one))
            .collect(),
        deeds: vec![check],
        number: case.own_reference.unwrap_or(case.pseudonym),
        case: address,
        refusal: None,
        answered: None,
        frame,
    })
}

fn reasoned(one: Explained, language: Language) -> page::Reasoned {
    let because = one.permitted_by.into_iter().filter_map(|policy| {
        let text = policy.words?.get(language).to_owned();
        Some((text, policy.basis))
    });
    let mut reasons: Vec<(String, Option<String>)> = Vec::new();
    for reason in because {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    page::Reasoned {
        because: reasons,
        withheld: one.withheld.and_then(|it| withheld(it, language)),
        category: one.category,
        shown: one.shown,
    }
}

/// The prohibition, where there is one; else that nothing permits more.
fn withheld(one: Withheld, language: Language) -> Option<String> {
    let forbidden = one.forbidden_by.into_iter().find_map(|policy| policy.words);
    let words = forbidden.or(one.words)?;
    Some(words.get(language).to_owned())
}

/// `POST /casussen/{case}/doen/delen`, which changes nothing.
pub(super) async fn check(
    visitor: Visitor,
    Path(name): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let path = format!("/v1/cases/{}/{}", id(&name)?, CHECK.path);
    let done = CHECK.carry_out(&visitor, (&path, &filled)).await?;
    let mut page = read(&visitor, &name).await?;
    match done {
        Ok(written) => {
            CHECK.again(&mut page.deeds, (&page.frame, &filled), &Vec::new());
            page.answered = Some(answered(written, page.frame.language)?);
            answer::page(&page)
        }
        Err(mistake) => {
            CHECK.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
            page.refusal = mistake.says(&page.frame);
            answer::wrong(&page)
        }
    }
}

fn answered(written: Value, language: Language) -> Result<page::Answered, Failure> {
    let checked: Checked = serde_json::from_value(written).map_err(|_| {
        tracing::error!("a page does not understand the answer to a sharing check");
        Failure::OURS
    })?;
    let text = |both: &Both| both.get(language).to_owned();
    let bases = checked.bases.into_iter();
    let missing = checked.missing.into_iter();
    Ok(page::Answered {
        permitted: checked.permitted,
        paused: checked.paused,
        bases: bases.map(|one| (text(&one.title), one.article)).collect(),
        missing: missing.map(|one| (one.category, text(&one.text))).collect(),
        smallest: checked.smallest,
        warnings: checked.warnings.iter().map(|one| text(&one.text)).collect(),
    })
}
