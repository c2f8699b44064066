//! The screens. Each of them is a client of the API in this same process: it asks the very routes
//! that are open to everybody, with the reader's own token, so that what it shows was let through
//! by the gate and written in the access log, and what it does is the same command with the same
//! refusals. There is no other way from here to the data.
//!
//! One file per screen, as in crate `screens`, which has the pages and the words.

mod advice;
mod answer;
mod api;
mod args;
mod assets;
mod away;
mod board;
mod case;
mod climb;
mod cookies;
mod deeds;
mod desk;
mod fields;
mod inbox;
mod insights;
mod labels;
mod live;
mod login;
mod mine;
mod names;
mod offers;
mod open;
mod operation;
mod place;
mod privacy;
mod raise;
mod register;
mod sealed;
mod search;
mod settings;
mod sharing;
mod signal;
mod table;
mod visitor;
mod weigh;
mod work;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::api::Platform;

pub use args::ScreensArgs;
pub use settings::{Login, Provider, Screens, SettingsError};

/// What every screen works with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Web(Arc<Inner>);

struct Inner {
    platform: Platform,
    /// The routes of the API, with the layer that accounts for every answer.
    api: Router,
    screens: Screens,
    listening: live::Listening,
}

/// The screens, on these routes of the API.
pub(crate) fn routes(platform: Platform, api: Router, screens: Screens) -> Router {
    let web = Web(Arc::new(Inner {
        platform,
        api,
        screens,
        listening: live::Listening::default(),
    }));
    Router::new()
        .route("/", get(open::home))
        .route("/woorden", get(open::glossary))
        .route("/toegankelijkheid", get(open::accessibility))
        .route("/taal/{code}", get(open::language))
        .route("/aanmelden", get(login::begin))
        .route("/aanmelden/terug", get(login::end))
        .route("/afmelden", post(login::leave))
        .route("/live", get(live::listen))
        .route("/werk", get(work::show))
        .route("/zoeken", get(search::show).post(search::search))
        .route("/casussen/nieuw", get(raise::show).post(raise::send))
        .route("/casussen/{case}", get(case::show))
        .route("/casussen/{case}/hoger", get(climb::show).post(climb::ask))
        .route(
            "/casussen/{case}/wegen",
            get(weigh::show).post(weigh::record),
        )
        .route("/casussen/{case}/delen", get(sharing::show))
        .route("/casussen/{case}/doen/delen", post(sharing::check))
        .route("/casussen/{case}/doen/{deed}", post(case::act))
        .route("/mijn-zaak", get(mine::show).post(mine::enter))
        .route("/mijn-zaak/{case}", get(mine::one))
        .route("/mijn-zaak/{case}/doen/{deed}", post(mine::act))
        .route("/loket", get(desk::show))
        .route("/loket/{case}/doen/{deed}", post(desk::act))
        .route("/privacy", get(privacy::waits))
        .route("/privacy/gedeeld", get(privacy::shared))
        .route("/privacy/bewaren", get(privacy::kept))
        .route(
            "/privacy/bewaren/{case}/{erasure}",
            get(privacy::certificate),
        )
        .route("/privacy/logboek", get(privacy::log))
        .route("/privacy/logboek/doen/zoeken", post(privacy::search))
        .route("/privacy/inzage/{case}", get(privacy::report))
        .route("/privacy/doen/{deed}", post(privacy::act))
        .route("/privacy/bewaren/doen/{deed}", post(privacy::order))
        .route("/beheer", get(operation::show))
        .route("/beheer/doen/{deed}", post(operation::act))
        .route("/tafel", get(table::list))
        .route("/tafel/doen/{deed}", post(table::plan))
        .route("/tafel/{meeting}", get(table::show))
        .route("/tafel/{meeting}/stukken", get(table::pack))
        .route("/tafel/{meeting}/doen/{deed}", post(table::act))
        .route("/inzicht", get(insights::show))
        .route("/signalen", get(signal::list))
        .route("/signalen/nieuw", get(signal::new).post(signal::raise))
        .route("/signalen/{signal}", get(signal::show))
        .route("/signalen/{signal}/doen/{deed}", post(signal::act))
        .route("/bestuur", get(board::show))
        .route("/afwezig", get(away::show))
        .route("/afwezig/doen/{deed}", post(away::act))
        .route("/vragen", get(inbox::show))
        .route("/vragen/doen/{deed}", post(advice::act))
        .route("/vragen/{handoff}", post(inbox::answer))
        .route("/vragen/doen/geef-terug", post(inbox::give_back))
        .fallback(open::missing)
        .layer(middleware::from_fn_with_state(web.clone(), answer::frame))
        .route("/assets/{name}", get(assets::asset))
        .with_state(web)
}
