//! What somebody can begin, asked of the gate of the reader's organisation and roles: a form is offered to
//! whoever may send it, and whoever may not is told who can. When it is sent, the API asks the gate
//! again, of the token.

use axum::response::Response;
use gate::{Action, CaseFacts, Gate, Role, SignalFacts};
use ladder::Tier;
use screens::{Frame, Here, page};

use super::answer::{self, Failure};
use super::visitor::{Session, Visitor};

/// Something that people begin in the name of the own organisation.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    /// Writing a case down that is not shared yet.
    Draft,
    /// Reporting a case.
    Report,
    /// Raising a signal.
    Signal,
    /// Giving advice that the organisation is asked for.
    Advice,
}

impl Offer {
    /// Those of these roles to which it is permitted at an organisation.
    fn roles(self, gate: &Gate, own: &str, among: &[Role]) -> Vec<Role> {
        let case = CaseFacts {
            owner: own.to_owned(),
            raiser: own.to_owned(),
            tier: Tier::Local.as_str().to_owned(),
            target: Some(own.to_owned()),
            ..CaseFacts::default()
        };
        let signal = SignalFacts {
            by: own.to_owned(),
            ..SignalFacts::default()
        };
        let may = |action, facts| gate.roles_that_may(own, among, action, facts);
        match self {
            Self::Draft => may(Action::KeepDraft, &case),
            Self::Report => may(Action::Report, &case),
            Self::Signal => may(Action::RaiseSignal, &signal as &dyn gate::Facts),
            Self::Advice => may(Action::GiveAdvice, &case),
        }
    }
}

impl Visitor {
    /// Whether the reader of a session may begin this.
    pub(super) fn is_offered(&self, session: &Session, offer: Offer) -> bool {
        let roles = session.roles.iter();
        let roles: Vec<Role> = roles.filter_map(|role| Role::from_word(role)).collect();
        let gate = &self.web().0.platform.ground.gate;
        let own = session.organisation.as_str();
        !offer.roles(gate, own, &roles).is_empty()
    }

    /// The page for whoever may not begin this: who can, and what the reader can do instead.
    ///
    /// # Errors
    /// [`Failure::LoggedOut`]; else as [`answer::page`].
    pub(super) fn not_offered(
        &self,
        here: Here,
        what: page::Begun,
        offer: Offer,
    ) -> Result<Response, Failure> {
        let gate = &self.web().0.platform.ground.gate;
        let own = self.session()?.organisation.as_str();
        let frame: Frame = self.frame(here);
        let roles = offer.roles(gate, own, Role::ALL);
        let can = roles.iter().map(|role| frame.code("role", role.as_str()));
        let can = can.collect();
        answer::refused(&page::Problem::not_yours(frame, what, can))
    }
}
