//! The routes of passes: looking further into a case, in an emergency or for a while.

use super::super::body::About;
use super::super::openapi::Operation;
use super::super::page::List;
use super::super::passes;
use super::super::written::Kept;
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/passes")
            .get(
                passes::of_case,
                Operation::new("listPassesOfCase", "Who got a pass into a case")
                    .paged()
                    .answers::<List<passes::PassSeen>>(),
            )
            .post(
                passes::issue,
                Operation::new(
                    "issuePass",
                    "Take a pass in an emergency, or give a colleague one for a while",
                )
                .takes::<passes::Asked>()
                .also::<About>()
                .creates::<Kept>(),
            ),
        Route::at("/passes").get(
            passes::list,
            Operation::new(
                "listPasses",
                "The passes that people of your organisation got",
            )
            .paged()
            .answers::<List<passes::PassSeen>>(),
        ),
        Route::at("/passes/{id}").get(
            passes::read,
            Operation::new("readPass", "A pass").answers::<passes::PassSeen>(),
        ),
        Route::at("/passes/{id}/end").post(
            passes::end,
            Operation::new("endPass", "Give a pass back, or take it away")
                .takes_nothing()
                .answers::<Kept>(),
        ),
        Route::at("/passes/{id}/review").post(
            passes::review,
            Operation::new("reviewPass", "Say whether there was reason for a pass")
                .takes::<passes::Reviewed>()
                .also::<About>()
                .answers::<Kept>(),
        ),
    ]
}
