//! The door over HTTP for organisations' own systems.

use proto::{BATCH_CONTENT_TYPE, CONTENT_TYPE};

use super::Route;
use crate::api::exchange;
use crate::api::openapi::Operation;

/// In which forms an event is taken: structured, the data of a binary one, several structured ones.
const FORMS: [&str; 3] = [CONTENT_TYPE, "application/json", BATCH_CONTENT_TYPE];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/exchange/events")
            .get(
                exchange::fetch,
                Operation::new("fetchEvents", "The letters that wait for your organisation")
                    .text(
                        "after",
                        "The Next-Cursor of the answer before; without it, what is not confirmed.",
                    )
                    .text("limit", "How many letters at most: 1 to 100.")
                    .text("wait", "How many seconds to wait for a letter: 0 to 25.")
                    .gives(BATCH_CONTENT_TYPE),
            )
            .post(
                exchange::hand_in,
                Operation::new(
                    "sendEvents",
                    "Send an event, or a batch of them, as on the bus",
                )
                .takes_forms(&FORMS)
                .without_content(202),
            )
            .delete(
                exchange::confirm,
                Operation::new("confirmEvents", "Your organisation has these letters")
                    .needs(
                        "until",
                        "The Next-Cursor of the last answer that is safe with you.",
                    )
                    .takes_nothing()
                    .without_content(204),
            ),
    ]
}
