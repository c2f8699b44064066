//! The methods for weighing, light first: no choice between them, but an order (domain, row H5).

use axum::Json;
use ladder::{Method, Part};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::caller::Caller;

/// A part of a method.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct PartSeen {
    /// Its word.
    part: &'static str,
    /// Its Dutch name.
    name: &'static str,
    /// Its English name.
    name_en: &'static str,
    /// What it asks beside a text: `score` (1 to 5), `sufficient` or `count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    asks: Option<&'static str>,
}

/// A method for weighing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct MethodSeen {
    /// Its word.
    method: &'static str,
    /// Its Dutch name.
    name: &'static str,
    /// Its English name.
    name_en: &'static str,
    /// Whether it comes after a light one, or with a reason.
    heavy: bool,
    /// Whether each part comes after the one before it.
    in_order: bool,
    /// Its parts, in their order.
    parts: Vec<PartSeen>,
}

/// The methods.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct Methods {
    /// Light ones first.
    items: Vec<MethodSeen>,
}

/// `GET /v1/methods`.
pub(in crate::api) async fn methods(_: Caller) -> Json<Methods> {
    let mut all = Method::ALL.to_vec();
    // Stable: what is equally heavy stays in the order of the list.
    all.sort_by_key(|method| method.is_heavy());
    Json(Methods {
        items: all.into_iter().map(seen).collect(),
    })
}

fn seen(method: Method) -> MethodSeen {
    let (name, name_en) = named(method);
    MethodSeen {
        method: method.as_str(),
        name,
        name_en,
        heavy: method.is_heavy(),
        in_order: method.is_in_order(),
        parts: method
            .parts()
            .iter()
            .map(|part| of(method, *part))
            .collect(),
    }
}

fn of(method: Method, part: Part) -> PartSeen {
    let (name, name_en) = part_named(part);
    PartSeen {
        part: part.as_str(),
        name,
        name_en,
        asks: match (method, part) {
            (Method::ValueTriangle, _) => Some("score"),
            (Method::PerspectiveCircle, _) => Some("sufficient"),
            (Method::BreakthroughPlan, Part::Helpers) => Some("count"),
            (Method::ReversedTest | Method::BreakthroughPlan, _) => None,
        },
    }
}

fn named(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::ReversedTest => ("Omgekeerde toets", "Reversed test"),
        Method::ValueTriangle => ("Waardendriehoek", "Value triangle"),
        Method::PerspectiveCircle => ("Perspectiefcirkel", "Perspective circle"),
        Method::BreakthroughPlan => ("Doorbraakplan", "Breakthrough plan"),
    }
}

fn part_named(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Effect => (
            "Het effect dat de inwoner wil",
            "The effect that the citizen wants",
        ),
        Part::Intent => (
            "Past dit bij wat de wetten bedoelen?",
            "Does it fit what the laws are for?",
        ),
        Part::Ethics => (
            "De gevolgen nu en later, voor gezin en geld",
            "The effects now and later, for family and money",
        ),
        Part::Law => ("De voorwaarden van de wet", "The conditions of the law"),
        Part::Legitimacy => ("Legitimiteit", "Legitimacy"),
        Part::Involvement => ("Betrokkenheid", "Involvement"),
        Part::Return => ("Rendement", "Return"),
        Part::LegalView => ("Juridische blik", "Legal view"),
        Part::FinancialView => ("Financiële blik", "Financial view"),
        Part::SocialView => ("Sociale blik", "Social view"),
        Part::Helpers => (
            "Hoeveel hulpverleners er zijn",
            "How many helpers there are",
        ),
        Part::YearlyCost => ("Wat het nu per jaar kost", "What it costs a year as it is"),
        Part::Goal => (
            "Waar het huishouden over een jaar wil zijn",
            "Where the household wants to be in a year",
        ),
        Part::Needs => ("Wat daarvoor nodig is", "What that needs"),
        Part::OwnPart => (
            "Wat het huishouden zelf doet",
            "What the household does itself",
        ),
        Part::LawPerNeed => ("De wet per behoefte", "The law for each need"),
        Part::CostAndBenefit => ("Kosten en opbrengst", "Costs and benefits"),
    }
}
