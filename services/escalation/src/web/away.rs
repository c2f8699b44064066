//! Saying that one is away and who covers, and seeing which colleagues are.

use axum::extract::{Path, Query};
use axum::response::Response;
use screens::page::{self, Deed};
use screens::{Choice, Frame, Here, Input};

use super::answer::{self, Failure};
use super::deeds::{Coming, OF_OWN, named, onwards};
use super::fields::Filled;
use super::register::{Entry, Register};
use super::visitor::Visitor;

/// `GET /afwezig`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let mut page = read(&visitor).await?;
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn read(visitor: &Visitor) -> Result<page::Away, Failure> {
    let register = Register::own(visitor).await?;
    let frame = visitor.frame(Here::Elsewhere);
    let today = visitor.today();
    let mut own = Vec::new();
    for entry in register.items.iter().filter(|entry| entry.mine) {
        own.push(page::OwnEntry {
            function: entry.function.clone(),
            deputy: register.deputy(entry),
            away: register.absence(entry, today),
            deeds: deeds(visitor, &frame, (&register, entry))?,
        });
    }
    Ok(page::Away {
        done: None,
        refusal: None,
        absent: register.absent(today),
        own,
        frame,
    })
}

/// What the reader can say of their own entry, when the policies let them keep the register.
fn deeds(
    visitor: &Visitor,
    frame: &Frame,
    (register, entry): (&Register, &Entry),
) -> Result<Vec<Deed>, Failure> {
    if !register.may_keep {
        return Ok(Vec::new());
    }
    let over = Some(entry.contact.as_str());
    let deed = |name: &str| -> Result<Deed, Failure> {
        Ok(named(OF_OWN, name)?.deed(visitor, frame, ("/afwezig", over)))
    };
    let mut away = deed("afwezig")?;
    let others = register.items.iter().filter(|other| !other.mine);
    let others = others.map(|other| Choice {
        value: other.contact.clone(),
        label: other.called().to_owned(),
    });
    let others: Vec<Choice> = others.collect();
    for field in away.fields.iter_mut().filter(|field| field.name == "wie") {
        field.input = Input::List(others.clone());
    }
    let mut deeds = vec![away];
    if register.absence(entry, visitor.today()).is_some() {
        deeds.insert(0, deed("weer-terug")?);
    }
    Ok(deeds)
}

/// `POST /afwezig/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let spec = named(OF_OWN, &deed)?;
    let mistake = match spec.carry_out(&visitor, (spec.path, &filled)).await? {
        Ok(_) => return Ok(onwards("/afwezig", spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor).await?;
    for one in &mut page.own {
        spec.again(&mut one.deeds, (&page.frame, &filled), &mistake.fields);
    }
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
