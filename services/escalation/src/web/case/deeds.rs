//! What the reader is offered to do: what the API says that the reader may, as far as the case has
//! come to it. The rules decide when it is done; here nobody is sent to a door that is shut.

use screens::Frame;
use screens::page::Deed;

use super::super::deeds::{OF_CASE, named};
use super::super::visitor::Visitor;
use super::{Escalation, Everything, evidence};

/// A case, and what was said in it.
pub(super) struct About<'a> {
    pub(super) name: &'a str,
    pub(super) own: &'a str,
    pub(super) all: &'a Everything,
}

impl About<'_> {
    pub(super) fn may(&self, action: &str) -> bool {
        self.all.case.may_do.contains(action)
    }

    fn is(&self, states: &[&str]) -> bool {
        let state = self.all.case.state.as_deref().unwrap_or_default();
        states.contains(&state)
    }

    /// Whether it has ended.
    fn is_over(&self) -> bool {
        self.is(&["closed", "withdrawn", ""])
    }

    /// Whether somebody works on it: nothing is asked higher up, and nothing is decided.
    pub(super) fn is_worked_on(&self) -> bool {
        self.is(&["active", "consulting", "blocked", "admitted", "returned"])
    }

    fn was_decided(&self) -> bool {
        self.is(&["decided", "executing", "aftercare"])
    }

    /// The request that waits for the reader's organisation to admit the case.
    fn waiting(&self) -> Option<&Escalation> {
        self.all.escalations.iter().find(|one| {
            matches!(
                one.status.as_str(),
                "requested" | "acknowledged" | "expired"
            ) && one.admitting.as_deref() == Some(self.own)
        })
    }

    fn was_told(&self, whom: &str) -> bool {
        self.all
            .feedback
            .iter()
            .any(|told| told.to.as_deref() == Some(whom))
    }

    /// The proposal to take the case back that waits for the reader's organisation.
    fn offered_back(&self) -> Option<&str> {
        let last = self.all.descents.last()?;
        let ours = last.receiver.as_deref() == Some(self.own);
        let waits = last.kind == "deescalation.proposed" && ours;
        last.proposal.as_deref().filter(|_| waits)
    }

    /// Where to ask for a higher rung, when the reader may; none says that a block comes first.
    pub(super) fn climb(&self) -> Option<Option<String>> {
        let may = self.may("RequestEscalation") && self.is_worked_on();
        let blocked = !self.all.blocks.is_empty();
        may.then(|| blocked.then(|| format!("/casussen/{}/hoger", self.name)))
    }

    /// Where the case is weighed, when the reader may.
    pub(super) fn weigh(&self) -> Option<String> {
        let may = self.may("RecordAssessment") && self.is_worked_on();
        may.then(|| format!("/casussen/{}/wegen", self.name))
    }

    /// Everything, in the order in which a case comes to it; what waits for the reader first.
    pub(super) fn offered(&self, visitor: &Visitor, frame: &Frame) -> Vec<Deed> {
        let address = format!("/casussen/{}", self.name);
        let mut deeds = self.answers(visitor, frame, &address);
        let mut add = |wanted: bool, name: &str, over: Option<&str>| {
            if wanted && let Ok(spec) = named(OF_CASE, name) {
                deeds.push(spec.deed(visitor, frame, (&address, over)));
            }
        };
        if let Some(request) = self.waiting() {
            let over = Some(request.escalation.as_str());
            let triage = self.may("Triage");
            add(triage, "toelaten", over);
            add(triage, "teruggeven", over);
            add(triage, "weigeren", over);
            let unseen = !request.acknowledged && request.status == "requested";
            add(self.may("AcknowledgeEscalation") && unseen, "gezien", over);
        }
        if let Some(proposal) = self.offered_back() {
            add(self.may("AnswerDeEscalation"), "terugnemen", Some(proposal));
        }
        let own = self.all.commitments.iter().filter(|one| one.of == self.own);
        for commitment in own {
            let over = Some(commitment.request.as_str());
            let asked = self.may("AnswerCommitment") && commitment.status == "requested";
            add(asked, "toezeggen", over);
            add(asked, "niet-toezeggen", over);
            let made = self.may("FulfilCommitment") && commitment.status == "made";
            add(made && self.was_decided(), "gedaan", over);
        }
        let claimed = self.all.case.urgency.as_deref() == Some("claimed");
        add(self.may("ConfirmUrgency") && claimed, "spoed", None);
        let asked = self
            .all
            .commitments
            .iter()
            .any(|one| one.status == "requested");
        let promised = self.all.commitments.iter().any(|one| one.status == "made");
        let at_table = self.is(&["admitted", "blocked", "decision_proposed"]);
        let decides = self.may("TakeDecision") && !asked && (promised || self.is_worked_on());
        add(
            decides && (at_table || self.is(&["active"])) && !self.all.blocks.is_empty(),
            "besluit",
            None,
        );
        let told = self.was_decided();
        let raiser = self.may("SendFeedback") && told && !self.was_told("raiser");
        add(raiser, "terugkoppelen", None);
        let citizen = self.may("InformCitizen") && told && !self.was_told("citizen");
        add(citizen, "inwoner-vertellen", None);
        add(
            self.may("OfferHandoff") && self.is_worked_on(),
            "vraag",
            None,
        );
        add(
            self.may("RecordBlock") && self.is_worked_on(),
            "blokkade",
            None,
        );
        let bridges = self.is_worked_on() || self.is(&["escalation_requested", "executing"]);
        add(self.may("StartMeasure") && bridges, "overbruggen", None);
        let asked_how = self.is_worked_on() || self.is(&["aftercare"]);
        add(self.may("RecordPerspective") && asked_how, "beleving", None);
        let codes = visitor.web().0.screens.citizens.is_some();
        if let Some(person) = self.all.case.persons.first() {
            let links = self.may("LinkCitizen") && codes;
            add(links, "toegang", Some(&person.person_key));
        }
        let last = self.all.escalations.last().map(|one| one.status.as_str());
        let turned_down = matches!(last, Some("returned" | "refused"));
        add(
            self.may("Insist") && turned_down && self.is_worked_on(),
            "aandringen",
            None,
        );
        let asks = self.may("RequestCommitment") && self.is(&["admitted", "blocked"]);
        add(asks, "toezegging-vragen", None);
        let down = self.may("ProposeDeEscalation") && self.offered_back().is_none();
        let open = self
            .all
            .descents
            .last()
            .is_some_and(|one| one.kind == "deescalation.proposed");
        add(down && !open && (told || at_table), "afschalen", None);
        add(
            self.may("Close") && self.is(&["aftercare"]),
            "sluiten",
            None,
        );
        deeds
    }

    /// What was asked or proposed, or came to its end, and waits for an answer of the reader's
    /// organisation.
    fn answers(&self, visitor: &Visitor, frame: &Frame, address: &str) -> Vec<Deed> {
        let mut deeds = Vec::new();
        let mut add = |wanted: bool, name: &str, (over, who): (&str, Option<String>)| {
            if wanted && let Ok(spec) = named(OF_CASE, name) {
                let mut deed = spec.deed(visitor, frame, (address, Some(over)));
                // There can be more than one of these: of whom it is tells them apart.
                if let Some(who) = who {
                    deed.title = format!("{}: {who}", deed.title);
                }
                deeds.push(deed);
            }
        };
        let under_way = !self.is_over();
        for handoff in self.all.handoffs.iter().filter(|one| one.from == self.own) {
            let about = || {
                let to = visitor.web().name_of(&handoff.to);
                (handoff.handoff.as_str(), Some(to))
            };
            let waits = handoff.status == "countered" && handoff.follow_up_by.is_some();
            let answers = self.may("AnswerCounter") && under_way && waits;
            add(answers, "tegenvoorstel-ja", about());
            add(answers, "tegenvoorstel-nee", about());
            let offered = self.may("WithdrawHandoff") && handoff.status == "offered";
            add(offered && under_way, "vraag-intrekken", about());
        }
        let settles = self.may("SettleObjection") && under_way;
        for objection in &self.all.objections {
            let about = || (objection.objection.as_str(), None);
            let open = matches!(objection.status.as_str(), "open" | "overdue");
            add(settles && open, "bezwaar-gegrond", about());
            add(settles && open, "bezwaar-ongegrond", about());
            let in_time = objection.status == "open" && objection.extended_reason.is_none();
            add(settles && in_time, "bezwaar-verlengen", about());
            let upheld = objection.status == "upheld";
            add(settles && upheld, "bezwaar-opheffen", about());
        }
        for measure in &self.all.measures {
            let runs = measure.status != "ended" && measure.by.as_deref() == Some(self.own);
            let until = measure.until.as_ref().map(|until| frame.date(until));
            let ends = self.may("EndMeasure") && runs && under_way;
            add(ends, "overbrugging-einde", (&measure.measure, until));
        }
        if self.may("GiveEvidence") && self.is(&["escalation_requested"]) {
            let last = self.all.escalations.last();
            deeds.extend(last.and_then(|request| evidence::deed(frame, address, request)));
        }
        deeds
    }
}
