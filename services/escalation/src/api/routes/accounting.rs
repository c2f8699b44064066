//! Who saw what, and what each operation is for.

use super::super::page::List;
use super::super::{access, activities, why};
use super::{Operation, Route};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/access-requests").post(
            access::record,
            Operation::new(
                "recordAccessRequest",
                "Record that the citizen asks to see what is kept, or ask it as that citizen",
            )
            .takes::<access::RequestMade>()
            .creates::<access::RequestSeen>(),
        ),
        Route::at("/cases/{id}/access-report").get(
            access::report,
            Operation::new(
                "readAccessReport",
                "What is kept about the citizen, where it went, and who looked",
            )
            .answers::<access::AccessReport>(),
        ),
        Route::at("/cases/{id}/why").get(
            why::explain,
            Operation::new(
                "explainSight",
                "Why you see this of a case, and why not that",
            )
            .text("category", "About this category of data only.")
            .text("source", "About what this organisation knows.")
            .text(
                "law",
                "About what is known under this law, for income and debts.",
            )
            .answers::<why::Explanation>(),
        ),
        Route::at("/cases/{id}/looks").get(
            access::looks,
            Operation::new("listLooks", "Who looked at your own case")
                .paged()
                .answers::<List<access::LookSeen>>(),
        ),
        Route::at("/access-log").get(
            access::read,
            Operation::new("readAccessLog", "Who of your organisation looked at what")
                .paged()
                .text("case", "About this case only.")
                .text("organisation", "By users of this organisation only.")
                .text(
                    "personRef",
                    "By this user only, as the organisation names its users.",
                )
                .text("from", "From this moment on.")
                .text("to", "Until just before this moment.")
                .answers::<List<access::AccessSeen>>(),
        ),
        Route::at("/processing-activities").get(
            activities::list,
            Operation::new(
                "listProcessingActivities",
                "The register of processing activities",
            )
            .open()
            .answers::<activities::Activities>(),
        ),
    ]
}
