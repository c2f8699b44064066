//! What people do for themselves: say that they are away, and that they are back.

use super::Choices::OfPage;
use super::Kind::{Day, List};
use super::{Part, Spec};

/// About the reader's own entry in the register.
pub(in crate::web) const OF_OWN: &[Spec] = &[
    Spec {
        name: "afwezig",
        path: "/v1/register/{over}/absence",
        says: &[],
        lead: false,
        parts: &[
            Part::must("van", "first-day", "/from", Day),
            Part::must("tot", "last-day", "/until", Day),
            Part::may("wie", "cover", "/cover", List(OfPage)).helped(),
        ],
    },
    Spec {
        name: "weer-terug",
        path: "/v1/register/{over}/absence",
        says: &[],
        lead: false,
        parts: &[],
    },
];
