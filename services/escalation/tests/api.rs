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
#[path = "api/bella.rs"]
mod bella;
#[path = "api/citizens.rs"]
mod citizens;
#[path = "api/commands.rs"]
mod commands;
#[path = "api/consenting.rs"]
mod consenting;
#[path = "api/course.rs"]
mod course;
#[path = "api/description.rs"]
mod description;
#[path = "api/disclosing.rs"]
mod disclosing;
#[path = "api/doing.rs"]
mod doing;
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
#[path = "api/matrix.rs"]
mod matrix;
#[path = "api/pages.rs"]
mod pages;
#[path = "api/reading.rs"]
mod reading;
#[path = "api/refusals.rs"]
mod refusals;
#[path = "api/sweep.rs"]
mod sweep;

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
