//! The routes with which anybody verifies the log.

use super::super::openapi::Operation;
use super::super::transparency;
use super::Route;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::at("/transparency/checkpoint").get(
            transparency::checkpoint,
            Operation::new("readCheckpoint", "What was signed last of the log")
                .open()
                .answers::<transparency::CheckpointSeen>(),
        ),
        Route::at("/transparency/status").get(
            transparency::status,
            Operation::new(
                "readLogStatus",
                "How the log stands, and whether it is still what was signed",
            )
            .open()
            .answers::<transparency::StatusSeen>(),
        ),
        Route::at("/transparency/consistency").get(
            transparency::consistency,
            Operation::new(
                "proveConsistency",
                "Proof that an earlier log is the beginning of a later one",
            )
            .open()
            .text("from", "How many events the earlier one has; 0 without it.")
            .text(
                "to",
                "How many events the later one has; without it, those signed last.",
            )
            .answers::<transparency::ConsistencySeen>(),
        ),
        Route::at("/transparency/inclusion").get(
            transparency::inclusion,
            Operation::new("proveInclusion", "Proof that an event stands in the log")
                .open()
                .needs(
                    "position",
                    "The event's position, as `input.stored` tells it.",
                )
                .text(
                    "size",
                    "In a log of how many events; without it, those signed last.",
                )
                .answers::<transparency::InclusionSeen>(),
        ),
        Route::at("/transparency/leaves").get(
            transparency::leaves,
            Operation::new(
                "listLeaves",
                "The hash of every event, to make the root of the log from",
            )
            .open()
            .text("after", "The position after which to begin; 0 without it.")
            .answers::<transparency::Leaves>(),
        ),
    ]
}
