//! Who looks at the own case.

use super::super::body::About;
use super::super::citizens;
use super::super::openapi::Operation;
use super::super::page::List;
use super::super::written::Written;
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/citizens")
            .get(
                citizens::list,
                Operation::new("listCitizens", "Who of a case looks at the own case")
                    .paged()
                    .answers::<List<citizens::LinkSeen>>(),
            )
            .post(
                citizens::link,
                Operation::new(
                    "linkCitizen",
                    "Let somebody whom the case is about look at the own case",
                )
                .takes::<citizens::Linking>()
                .creates::<Written>(),
            ),
        Route::at("/cases/{id}/citizens/{link}/end").post(
            citizens::unlink,
            Operation::new("unlinkCitizen", "End that somebody looks at the own case")
                .takes::<citizens::Ending>()
                .also::<About>()
                .answers::<Written>(),
        ),
        Route::at("/cases/{id}/citizen-codes").post(
            citizens::hand_over,
            Operation::new(
                "giveCitizenCode",
                "In development: a code with which somebody comes in to the own case, once",
            )
            .takes::<citizens::CodeAsked>()
            .creates::<citizens::CodeGiven>(),
        ),
    ]
}
