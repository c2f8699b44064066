//! Codes in plain Dutch.

use jiff::civil::Date;
use ladder::Due;

/// What happened, by the kind of event.
pub(super) fn happening(kind: &str) -> &'static str {
    match kind {
        "case.reported" => "De casus is ingebracht",
        "legal-basis.recorded" => "Vastgelegd waarom er gedeeld mag worden",
        "fact.reported" => "Een organisatie heeft een feit gemeld",
        "block.recorded" => "Vastgelegd wat de casus tegenhoudt",
        "handoff.offered" => "Een andere organisatie is om hulp gevraagd",
        "handoff.reminded" => "Er is herinnerd aan een vraag zonder antwoord",
        "handoff.accepted" => "De gevraagde organisatie helpt mee",
        "handoff.declined" => "De gevraagde organisatie kan dit niet doen",
        "handoff.countered" => "De gevraagde organisatie stelt iets anders voor",
        "handoff.withdrawn" => "De vraag om hulp is ingetrokken",
        "handoff.expired" => "De vraag om hulp kreeg geen antwoord",
        "identity.shared" => "Veilig gedeeld om wie het gaat",
        "rung.skipped" => "Een stap van de ladder is overgeslagen",
        "escalation.requested" => "Gevraagd om een stap hoger te gaan",
        "escalation.returned" => "De vraag kwam terug: er mist nog iets",
        "escalation.refused" => "De stap hoger is geweigerd",
        "escalation.expired" => "De vraag om een stap hoger kreeg geen antwoord",
        "case.escalated" => "De casus is een stap hoger gekomen",
        "commitment.requested" => "Een organisatie is om een toezegging gevraagd",
        "commitment.made" => "Een organisatie heeft iets toegezegd",
        "commitment.refused" => "Een organisatie zegt niets toe",
        "commitment.fulfilled" => "Een toezegging is gedaan",
        "decision.taken" => "Er is een besluit genomen",
        "feedback.sent" => "De aandrager heeft bericht gekregen",
        "citizen.informed" => "De inwoner heeft bericht gekregen",
        "deescalation.proposed" => "Voorgesteld om een stap lager te gaan",
        "deescalation.declined" => "De stap lager is niet aangenomen",
        "case.deescalated" => "De casus is een stap lager aangenomen",
        "aftercare.started" => "De nazorg is begonnen",
        "aftercare.reminded" => "Het is tijd om te vragen hoe het gaat",
        "lesson.recorded" => "Opgeschreven wat anderen hiervan leren",
        "case.closed" => "De casus is afgesloten",
        "draft.saved" => "Een concept is bewaard",
        "draft.reminded" => "Er is herinnerd aan een concept",
        "draft.discarded" => "Een concept is weggegooid",
        "consent.given" => "Iemand heeft toestemming gegeven om te delen",
        "consent.withdrawn" => "Een toestemming is ingetrokken",
        "objection.raised" => "Iemand maakt bezwaar tegen delen",
        "objection.overdue" => "Over een bezwaar is niet op tijd beslist",
        "objection.lifted" => "Een bezwaar staat delen niet meer in de weg",
        "objection.settled" => "Over een bezwaar tegen delen is beslist",
        "perspective.recorded" => "Opgeschreven hoe de inwoner het nu ziet",
        "ownership-mode.chosen" => "Gekozen wie de casus draagt",
        "owner.changed" => "De casus heeft een andere eigenaar",
        "advice.asked" => "Er is advies gevraagd, zonder namen",
        "advice.given" => "Er is advies gegeven",
        "advice.expired" => "De adviesvraag kreeg geen antwoord",
        "counter.accepted" => "Het tegenvoorstel is aangenomen",
        "counter.refused" => "Het tegenvoorstel is niet aangenomen",
        "counter.expired" => "Het tegenvoorstel kreeg geen antwoord",
        "handoff.returned" => "Wat was aangenomen, is teruggegeven",
        "escalation.acknowledged" => "De vraag om een stap hoger is gezien",
        "acknowledgement.overdue" => "Over de vraag om een stap hoger is nog niets gezegd",
        "completion.expired" => "Wat ontbrak, is niet op tijd aangevuld",
        "evidence.provided" => "Gegeven of uitgelegd wat nog ontbrak",
        "explanation.overdue" => "Wat ontbreekt, is nog niet uitgelegd",
        "silence.persisted" => "Er is nog steeds geen antwoord",
        "urgency.claimed" => "Iemand zegt dat het spoed heeft",
        "urgency.confirmed" => "Een tweede persoon bevestigt de spoed",
        "urgency.lapsed" => "De spoed is niet op tijd bevestigd",
        "review.passed" => "Er is gekeken of er voortgang is",
        "stay.warned" => "De casus ligt hier al lang",
        "commitment.late" => "Een toezegging is te laat",
        "assessment.recorded" => "Een deel van de afweging is opgeschreven",
        "assessment.completed" => "De afweging is compleet",
        "decision.proposed" => "Er ligt een voorstel voor een besluit",
        "decision.rejected" => "Het voorstel is afgewezen",
        "decision.expired" => "Over het voorstel is niet op tijd beslist",
        "fund.opened" => "Er is een gezamenlijk fonds geopend",
        "fund.contributed" => "Een organisatie legt geld in",
        "fund.completed" => "Het gezamenlijke fonds is compleet",
        "budget.spent" => "Er is geld uit het vrije budget gebruikt",
        "measure.started" => "Er is een overbrugging begonnen",
        "measure.due" => "De overbrugging is aan haar einde",
        "measure.ended" => "De overbrugging is gestopt",
        "case.suspended" => "De termijnen staan stil",
        "case.resumed" => "De termijnen lopen weer",
        "term.extended" => "Er is meer tijd gegeven",
        "informing.postponed" => "Uitgelegd waarom de inwoner nog geen bericht krijgt",
        "case.withdrawn" => "De casus is ingetrokken",
        "erasure.ordered" => "Persoonsgegevens worden gewist",
        "erasure.completed" => "Persoonsgegevens zijn gewist",
        "citizen.linked" => "De inwoner mag de eigen zaak zien",
        "citizen.unlinked" => "De inwoner ziet de zaak niet meer",
        "hold.placed" => "Wissen is voorlopig tegengehouden",
        "hold.lifted" => "Wissen mag weer",
        "redaction.recorded" => "Een tekst heeft een versie zonder namen",
        "case.reopened" => "De casus is heropend",
        _ => "Er is iets gebeurd",
    }
}

/// In what state a case is.
pub(super) fn state(state: &str) -> &'static str {
    match state {
        "draft" => "Concept",
        "active" => "In behandeling",
        "consulting" => "Wacht op advies",
        "blocked" => "Zit vast",
        "escalation_requested" => "Wacht op toelating tot een hogere stap",
        "returned" => "Terug: er mist nog iets",
        "admitted" => "Toegelaten en in behandeling",
        "decision_proposed" => "Er ligt een voorstel voor een besluit",
        "decided" => "Besluit genomen",
        "executing" => "Toezeggingen worden uitgevoerd",
        "aftercare" => "Nazorg",
        "closed" => "Afgesloten",
        "withdrawn" => "Ingetrokken",
        _ => "Onbekend",
    }
}

/// How a case ended.
pub(super) fn outcome(outcome: &str) -> &'static str {
    match outcome {
        "solved_within_rules" => "Afgesloten: opgelost binnen de regels",
        "solved_by_deviation" => "Afgesloten: opgelost door af te wijken van een regel",
        "solved_by_budget" => "Afgesloten: opgelost met extra geld",
        "partly_solved" => "Afgesloten: voor een deel opgelost",
        "not_solved_scarcity" => "Afgesloten: niet opgelost door een tekort",
        "not_solved_no_power" => "Afgesloten: niet opgelost, niemand mocht beslissen",
        "withdrawn" => "Afgesloten: ingetrokken",
        _ => "Afgesloten",
    }
}

/// What falls due.
pub(super) fn deadline(due: &Due) -> String {
    match due {
        Due::HandoffReminder(_) => "herinnering aan een vraag om hulp",
        Due::HandoffAnswer(_) => "antwoord op een vraag om hulp",
        Due::EscalationAcknowledgement(_) => "eerste antwoord op de vraag om een stap hoger",
        Due::EscalationAnswer(_) => "antwoord op de vraag om een stap hoger",
        Due::AftercareCheck => "vragen hoe het gaat",
        Due::DraftReminder => "herinnering aan een concept",
        Due::CounterFollowUp(_) => "antwoord op een tegenvoorstel",
        Due::AdviceAnswer(_) => "antwoord op een adviesvraag",
        Due::EscalationReview(_) => "opnieuw kijken naar de vraag om een stap hoger",
        Due::Completion(_) => "aanvullen wat ontbreekt",
        Due::Explanation(_) => "geven of uitleggen wat nog ontbreekt",
        Due::Climb => "de zaak gaat vanzelf een stap hoger",
        Due::UrgencyConfirmation => "bevestigen dat het spoed heeft",
        Due::Review => "kijken of er voortgang is",
        Due::StayWarning => "melden dat de zaak hier lang ligt",
        Due::Decision => "beslissen over een voorstel",
        Due::CommitmentDay(_) => "een toezegging nakomen",
        Due::MeasureEnd(_) => "einde van een overbrugging",
        Due::Objection(_) => "beslissen over een bezwaar tegen delen",
        Due::SuspensionEnd => "einde van de opschorting",
    }
    .to_owned()
}

/// In which role somebody acted.
pub(super) fn role(role: &str) -> &'static str {
    match role {
        "raiser" => "aandrager",
        "case_director" => "casusregisseur",
        "process_director" => "procesregisseur",
        "agency_liaison" => "accountmanager",
        "care_professional" => "zorgverlener",
        "fund_holder" => "fondshouder",
        "regional_handler" => "regionale behandelaar",
        "national_adviser" => "landelijk adviseur",
        "table_member" => "lid van de landelijke tafel",
        "administrator" => "bestuurder",
        "privacy_officer" => "functionaris gegevensbescherming",
        _ => "medewerker",
    }
}

/// A date as people say it.
pub(super) fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    format!("{} {} {}", date.day(), MONTHS[month % 12], date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_is_told_in_dutch() {
        for kind in ladder::Event::KINDS {
            assert_ne!(happening(kind), happening("?"), "{kind}");
        }
        for ending in ladder::Outcome::ALL {
            assert_ne!(outcome(ending.as_str()), outcome("?"), "{ending:?}");
        }
        for role_of in gate::Role::ALL {
            let works_with_cases = !matches!(role_of.as_str(), "analyst" | "operator" | "citizen");
            assert_eq!(
                role(role_of.as_str()) != role("?"),
                works_with_cases,
                "{role_of}"
            );
        }
    }

    #[test]
    fn a_date_is_written_as_people_say_it() {
        assert_eq!(date(jiff::civil::date(2026, 3, 16)), "16 maart 2026");
    }
}
