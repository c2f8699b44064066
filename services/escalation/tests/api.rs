//! The HTTP API, on real SQLite files, with tokens of a real issuer.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

#[path = "api/browser.rs"]
mod browser;
#[path = "api/issuer.rs"]
mod issuer;
#[path = "api/people.rs"]
mod people;
#[path = "api/story.rs"]
mod story;
#[path = "api/world.rs"]
mod world;

#[path = "api/accounting.rs"]
mod accounting;
#[path = "api/answers.rs"]
mod answers;
#[path = "api/beginning.rs"]
mod beginning;
#[path = "api/bella.rs"]
mod bella;
#[path = "api/citizens.rs"]
mod citizens;
#[path = "api/commands.rs"]
mod commands;
#[path = "api/consenting.rs"]
mod consenting;
#[path = "api/consulting.rs"]
mod consulting;
#[path = "api/course.rs"]
mod course;
#[path = "api/description.rs"]
mod description;
#[path = "api/disclosing.rs"]
mod disclosing;
#[path = "api/doing.rs"]
mod doing;
#[path = "api/drafting.rs"]
mod drafting;
#[path = "api/erasing.rs"]
mod erasing;
#[path = "api/errors.rs"]
mod errors;
#[path = "api/exchange.rs"]
mod exchange;
#[path = "api/exchange/feed.rs"]
mod exchange_feed;
#[path = "api/exchange/refused.rs"]
mod exchange_refused;
#[path = "api/exchange/webhook.rs"]
mod exchange_webhook;
#[path = "api/facts.rs"]
mod facts;
#[path = "api/house.rs"]
mod house;
#[path = "api/lists.rs"]
mod lists;
#[path = "api/live.rs"]
mod live;
#[path = "api/looking.rs"]
mod looking;
#[path = "api/mails.rs"]
mod mails;
#[path = "api/matrix.rs"]
mod matrix;
#[path = "api/offices.rs"]
mod offices;
#[path = "api/operation.rs"]
mod operation;
#[path = "api/pages.rs"]
mod pages;
#[path = "api/places.rs"]
mod places;
#[path = "api/reading.rs"]
mod reading;
#[path = "api/refusals.rs"]
mod refusals;
#[path = "api/roles.rs"]
mod roles;
#[path = "api/search.rs"]
mod search;
#[path = "api/settling.rs"]
mod settling;
#[path = "api/signalling.rs"]
mod signalling;
#[path = "api/suggestions.rs"]
mod suggestions;
#[path = "api/supervision.rs"]
mod supervision;
#[path = "api/sweep.rs"]
mod sweep;
#[path = "api/waiting.rs"]
mod waiting;

#[path = "api/protection/about.rs"]
mod about;
#[path = "api/protection/names.rs"]
mod names;
#[path = "api/protection/passes.rs"]
mod passes;
#[path = "api/protection/texts.rs"]
mod texts;
#[path = "api/protection/why.rs"]
mod why;

#[path = "api/tables/convening.rs"]
mod convening;
#[path = "api/tables/meetings.rs"]
mod meetings;
#[path = "api/tables/minutes.rs"]
mod minutes;
#[path = "api/tables/register.rs"]
mod register;
#[path = "api/tables/shortages.rs"]
mod shortages;
#[path = "api/tables/signals.rs"]
mod signals;
#[path = "api/tables/table.rs"]
mod table;

#[path = "api/weighing.rs"]
mod weighing;
