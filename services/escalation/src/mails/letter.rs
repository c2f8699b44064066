//! What stands in a mail: Dutch, then English, for a register does not say what people read.

use super::Occasion;

/// What a mail is called and says.
pub(super) struct Letter {
    pub(super) subject: &'static str,
    pub(super) text: String,
}

/// The mail for an occasion, with where to log in.
pub(super) fn of(occasion: Occasion, public_url: &str) -> Letter {
    let (subject, dutch, english) = match occasion {
        Occasion::Question => (
            "Doorbraak: een vraag voor uw organisatie / a question for your organisation",
            "Er is een vraag voor uw organisatie.",
            "There is a question for your organisation.",
        ),
        Occasion::Term => (
            "Doorbraak: een termijn loopt morgen af / a term ends tomorrow",
            "Binnen een dag loopt een termijn van uw organisatie af.",
            "A term of your organisation ends within a day.",
        ),
        Occasion::Answer => (
            "Doorbraak: er is een antwoord / an answer came",
            "Er is een antwoord op een vraag van uw organisatie.",
            "An answer came to a question of your organisation.",
        ),
    };
    Letter {
        subject,
        text: format!(
            "{dutch}\nMeld u aan om te zien wat er van u verwacht wordt:\n{public_url}/werk\n\
             Uit voorzichtigheid staat er in deze mail niets over de casus.\n\n--\n\n\
             {english}\nLog in to see what is expected of you:\n{public_url}/werk\n\
             To be careful this mail says nothing about the case.\n"
        ),
    }
}
