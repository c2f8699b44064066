//! Advice without personal data.

use jiff::Timestamp;

use crate::recorded::payloads;
use crate::{ConsultationId, Organisation, Sealed};

payloads! {
    /// Advice was asked.
    AdviceAsked {
        /// Which question.
        consultation: ConsultationId,
        /// Who asks.
        by: Organisation,
        /// Who is asked.
        of: Organisation,
        /// The question; it names nobody.
        question: Sealed,
        /// Until when it is answered.
        answer_by: Timestamp,
    }
    /// Advice was given.
    AdviceGiven {
        /// Which question.
        consultation: ConsultationId,
        /// Who answered.
        by: Organisation,
        /// The advice.
        answer: Sealed,
    }
    /// The term to answer ended in silence.
    AdviceExpired {
        /// Which question.
        consultation: ConsultationId,
    }
}
