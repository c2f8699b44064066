//! The routes of whoever oversees an organisation's use of data.

use super::super::openapi::Operation;
use super::super::page::List;
use super::super::supervision;
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/disclosures").get(
            supervision::list_disclosures,
            Operation::new(
                "listDisclosures",
                "What your organisation shared, and on which ground",
            )
            .paged()
            .answers::<List<supervision::DisclosureSeen>>(),
        ),
        Route::at("/access-requests").get(
            supervision::list_requests,
            Operation::new(
                "listAccessRequests",
                "Which citizens asked to see what is kept, and by when",
            )
            .paged()
            .answers::<List<supervision::AskedSeen>>(),
        ),
        Route::at("/retention").get(
            supervision::retention,
            Operation::new(
                "listRetention",
                "What is still kept of cases that have ended, and until when",
            )
            .paged()
            .answers::<List<supervision::KeptSeen>>(),
        ),
        Route::at("/erasures").get(
            supervision::orders,
            Operation::new(
                "listAllErasures",
                "What of your organisation's cases was erased, and held up",
            )
            .paged()
            .answers::<List<supervision::OrderSeen>>(),
        ),
        Route::at("/processing-log").get(
            supervision::list_processings,
            Operation::new(
                "readProcessingLog",
                "What your organisation did with the data of one person of a case",
            )
            .paged()
            .needs("case", "The case.")
            .needs(
                "person",
                "The person, as the report or the platform names that person.",
            )
            .answers::<List<supervision::ProcessingSeen>>(),
        ),
    ]
}
