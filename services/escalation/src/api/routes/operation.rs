//! The routes of whoever keeps the platform running.

use super::super::openapi::Operation;
use super::super::operation;
use super::super::page::List;
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/platform/health").get(
            operation::health,
            Operation::new(
                "readHealth",
                "What the platform can reach, and how far behind anything is",
            )
            .answers::<operation::HealthSeen>(),
        ),
        Route::at("/platform/configuration").get(
            operation::settings,
            Operation::new("readConfiguration", "The settings in force, no secrets")
                .answers::<operation::SettingsSeen>(),
        ),
        Route::at("/platform/undelivered").get(
            operation::undelivered,
            Operation::new(
                "listUndelivered",
                "The letters that organisations did not confirm yet",
            )
            .answers::<operation::UndeliveredSeen>(),
        ),
        Route::at("/platform/quarantine").get(
            operation::list_quarantine,
            Operation::new("listQuarantine", "The messages that could not be taken in")
                .paged()
                .answers::<List<operation::EntrySeen>>(),
        ),
        Route::at("/platform/quarantine/{entry}/replay").post(
            operation::replay,
            Operation::new(
                "replayQuarantined",
                "Have a message in quarantine taken in again",
            )
            .takes_nothing()
            .answers::<operation::Replayed>(),
        ),
    ]
}
