//! The routes of erasing, holding that up, and redacting before it.

use super::super::body::About;
use super::super::erasures;
use super::super::meetings;
use super::super::openapi::Operation;
use super::super::page::List;
use super::super::signals;
use super::super::written::{Kept, Written};
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/cases/{id}/erasures")
            .get(
                erasures::list,
                Operation::new("listErasures", "What of a case was erased, and held up")
                    .paged()
                    .answers::<List<erasures::ErasureSeen>>(),
            )
            .post(
                erasures::order,
                Operation::new("orderErasure", "Erase one person, or a case that has ended")
                    .takes::<erasures::Order>()
                    .creates::<Written>(),
            ),
        Route::at("/cases/{id}/erasures/{erasure}/certificate").get(
            erasures::certificate,
            Operation::new("readCertificate", "The certificate of an erasure")
                .answers::<erasures::Certificate>(),
        ),
        Route::at("/signals/{id}/erasures").post(
            signals::erase,
            Operation::new("eraseSignalTexts", "Erase what was written of a signal")
                .takes::<erasures::TextsOrder>()
                .answers::<Kept>(),
        ),
        Route::at("/meetings/{id}/erasures").post(
            meetings::erase,
            Operation::new(
                "eraseMeetingTexts",
                "Erase what was written of a meeting itself",
            )
            .takes::<erasures::TextsOrder>()
            .answers::<Kept>(),
        ),
        Route::at("/cases/{id}/redactions").post(
            erasures::redact,
            Operation::new(
                "redactText",
                "Write down how a text reads without some people, for when they are erased",
            )
            .takes::<erasures::Redaction>()
            .creates::<Written>(),
        ),
        Route::at("/cases/{id}/holds").post(
            erasures::hold,
            Operation::new("placeHold", "Let nothing of a case be erased until a day")
                .takes::<erasures::Hold>()
                .also::<About>()
                .creates::<Written>(),
        ),
        Route::at("/cases/{id}/holds/{hold}").delete(
            erasures::lift,
            Operation::new("liftHold", "End a hold before its time")
                .takes_nothing()
                .answers::<Written>(),
        ),
    ]
}
