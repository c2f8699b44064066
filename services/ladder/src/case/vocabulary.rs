use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::coded::coded;
use crate::{Due, Mandate, Organisation, PersonRef, Sealed, StatedMandate};

coded!(
    /// What a handoff asks for.
    HandoffKind, "handoff kind" {
        /// An opinion; nothing moves.
        Advice = "advice",
        /// A piece of work.
        Task = "task",
        /// The case itself.
        Ownership = "ownership",
    }
);

coded!(
    /// Why personal data is erased.
    ErasureGround, "ground of erasure" {
        /// The person concerned asks (AVG art. 17).
        Request = "request",
        /// It should not have been kept (AVG art. 17(1)(d)).
        Unlawful = "unlawful",
        /// The platform's term of keeping ended (AVG art. 5(1)(e)).
        TermEnded = "term_ended",
    }
);

coded!(
    /// How an offered handoff is answered.
    AnswerKind, "answer" {
        /// Taken.
        Accepted = "accepted",
        /// Not taken, with a coded reason.
        Declined = "declined",
        /// Something else is offered instead.
        Countered = "countered",
    }
);

coded!(
    /// How a consent was given.
    ConsentHow, "way to consent" {
        /// On paper.
        Written = "written",
        /// In words, noted down.
        Spoken = "spoken",
        /// On a screen.
        Digital = "digital",
    }
);

coded!(
    /// What blocks a case.
    BlockType, "block type" {
        /// Money.
        Financial = "financial",
        /// A law, rule or protocol.
        Rule = "rule",
        /// Culture, knowledge or organisation.
        Cooperation = "cooperation",
        /// Too few people or hours.
        Capacity = "capacity",
        /// A shortage that tailoring cannot cure.
        Scarcity = "scarcity",
        /// No ground to share or act.
        LegalBasis = "legal_basis",
        /// Nobody present may decide.
        Mandate = "mandate",
    }
);

coded!(
    /// How a request for admission is answered.
    TriageAnswer, "triage answer" {
        /// Taken up at the rung.
        Admitted = "admitted",
        /// Named items are missing.
        Returned = "returned",
        /// Not for this rung, with a coded reason.
        Refused = "refused",
    }
);

coded!(
    /// Why admission is refused. "The need is disputed" is not in the list: triage checks
    /// completeness and competence, never the professional's judgement (manifesto, H19).
    TriageReason, "triage reason" {
        /// Items are missing.
        NotComplete = "not_complete",
        /// Another body is competent.
        NotCompetent = "not_competent",
        /// A shortage, not a deadlock.
        Scarcity = "scarcity",
        /// A regular provision is there.
        StandardAvailable = "standard_available",
        /// Another route fits.
        OtherRoute = "other_route",
    }
);

coded!(
    /// How a case ends (domain, section d5).
    Outcome, "outcome" {
        /// More was possible within the rules than people thought.
        SolvedWithinRules = "solved_within_rules",
        /// A rule was deviated from.
        SolvedByDeviation = "solved_by_deviation",
        /// Money was found.
        SolvedByBudget = "solved_by_budget",
        /// In part.
        PartlySolved = "partly_solved",
        /// Not, for a shortage.
        NotSolvedScarcity = "not_solved_scarcity",
        /// Not, for nobody had the power.
        NotSolvedNoPower = "not_solved_no_power",
        /// The citizen or the raiser stopped.
        Withdrawn = "withdrawn",
    }
);

/// A person whom the case is about, or who is near. What identifies is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The platform's own key for this person within the case: random, so that it names nobody and
    /// may stay when the person is erased (AVG art. 17). In logs of before keys were made it is what
    /// the raiser called the person.
    pub person_key: String,
    /// What the raiser calls this person; absent where that is the key itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub called: Option<Sealed>,
    /// Their part in the case, such as `carer` or `child`.
    pub role: String,
    /// Age in bands, such as `18-22`.
    pub age_band: String,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<Sealed>,
    /// Birth date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub birth_date: Option<Sealed>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<Sealed>,
}

/// Who takes a case back when it goes down the ladder: a named role in a named organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receiver {
    /// The organisation.
    pub organisation: Organisation,
    /// The role in which somebody there accepts.
    pub role: String,
}

coded!(
    /// Who owns a case when an ownership handoff is accepted (domain, row H24).
    OwnershipMode, "ownership mode" {
        /// The professional who raised it stays responsible, whatever others take on.
        ProfessionalKeeps = "professional_keeps",
        /// The team that accepts becomes the owner.
        TeamTakesOver = "team_takes_over",
    }
);

coded!(
    /// What trying a standard provision led to (manifesto, M1 and M5 to M7).
    TriedResult, "result of a provision" {
        /// It is not there.
        NotAvailable = "not_available",
        /// It takes too long.
        TooSlow = "too_slow",
        /// It did not fit.
        DidNotFit = "did_not_fit",
        /// There is too little of it.
        Scarcity = "scarcity",
    }
);

coded!(
    /// What led to a request for admission.
    Origin, "origin of a request" {
        /// Somebody asked.
        Asked = "asked",
        /// The raiser insists after an answer below.
        Insisted = "insisted",
        /// A handoff was never answered, and nobody did anything about it.
        HandoffSilence = "handoff_silence",
        /// A request for admission was never answered.
        TriageSilence = "triage_silence",
        /// The body that had taken the case up made no progress.
        NoProgress = "no_progress",
    }
);

coded!(
    /// Why the deadlines of a case are put on hold.
    SuspensionReason, "reason to suspend" {
        /// The citizen asks for it.
        CitizenAsks = "citizen_asks",
        /// The citizen cannot be reached, or is ill.
        CitizenAbsent = "citizen_absent",
        /// A court or objection procedure has to be waited for.
        Procedure = "procedure",
        /// Information that only others have.
        Information = "information",
    }
);

coded!(
    /// Whose wish it is to stop.
    Initiative, "initiative" {
        /// The citizen's.
        Citizen = "citizen",
        /// The raiser's.
        Raiser = "raiser",
    }
);

coded!(
    /// The room that a decision uses (domain, row H13; Awb 4:84 for deviation).
    Room, "room" {
        /// The law allows it as it stands.
        WithinLaw = "within_law",
        /// A policy rule is deviated from, for its consequences are out of proportion.
        DeviationFromPolicyRule = "deviation_from_policy_rule",
        /// It goes beyond what rules allow; somebody with the power to do so decides.
        BeyondLaw = "beyond_law",
    }
);

coded!(
    /// What a decision is for. Saving money is a side effect, never the aim (domain, row H11).
    Ground, "ground" {
        /// What is just for these people.
        Justice = "justice",
        /// What the rule was meant for.
        StatuteIntent = "statute_intent",
        /// The household's control over its own life.
        Agency = "agency",
        /// Equal cases alike.
        Equality = "equality",
        /// Safety.
        Safety = "safety",
        /// What lasts.
        Durability = "durability",
        /// What it costs or saves.
        Cost = "cost",
    }
);

coded!(
    /// A method for weighing.
    Method, "method" {
        /// *Omgekeerde toets*: four steps, in order.
        ReversedTest = "reversed_test",
        /// *Waardendriehoek*: three corners, each with a score.
        ValueTriangle = "value_triangle",
        /// *Perspectiefcirkel*: passes only when all three views suffice.
        PerspectiveCircle = "perspective_circle",
        /// *Doorbraakmethode*: heavier, with the household's own part.
        BreakthroughPlan = "breakthrough_plan",
    }
);

coded!(
    /// A part of a method.
    Part, "part of a method" {
        /// Reversed test, 1: the effect that the citizen wants.
        Effect = "effect",
        /// Reversed test, 2: whether it fits what the statutes are for.
        Intent = "intent",
        /// Reversed test, 3: effects in short and long term, for the family and in money,
        /// abilities, intention, principles.
        Ethics = "ethics",
        /// Reversed test, 4: the legal conditions.
        Law = "law",
        /// Value triangle.
        Legitimacy = "legitimacy",
        /// Value triangle.
        Involvement = "involvement",
        /// Value triangle.
        Return = "return",
        /// Perspective circle.
        LegalView = "legal_view",
        /// Perspective circle.
        FinancialView = "financial_view",
        /// Perspective circle.
        SocialView = "social_view",
        /// Breakthrough plan: the helpers involved, with their number.
        Helpers = "helpers",
        /// Breakthrough plan: what the situation costs a year as it is.
        YearlyCost = "yearly_cost",
        /// Breakthrough plan: where the household wants to be in a year.
        Goal = "goal",
        /// Breakthrough plan: what it needs.
        Needs = "needs",
        /// Breakthrough plan: what it does itself.
        OwnPart = "own_part",
        /// Breakthrough plan: the law used for each need.
        LawPerNeed = "law_per_need",
        /// Breakthrough plan: what it costs and brings.
        CostAndBenefit = "cost_and_benefit",
    }
);

impl Method {
    /// Its parts, in their order.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::ReversedTest => &[Part::Effect, Part::Intent, Part::Ethics, Part::Law],
            Self::ValueTriangle => &[Part::Legitimacy, Part::Involvement, Part::Return],
            Self::PerspectiveCircle => &[Part::LegalView, Part::FinancialView, Part::SocialView],
            Self::BreakthroughPlan => &[
                Part::Helpers,
                Part::YearlyCost,
                Part::Goal,
                Part::Needs,
                Part::OwnPart,
                Part::LawPerNeed,
                Part::CostAndBenefit,
            ],
        }
    }

    /// Whether it comes only after a lighter one, or with a reason (domain, row H5).
    pub fn is_heavy(self) -> bool {
        match self {
            Self::BreakthroughPlan => true,
            Self::ReversedTest | Self::ValueTriangle | Self::PerspectiveCircle => false,
        }
    }

    /// Whether each part can only be recorded after the one before it.
    pub fn is_in_order(self) -> bool {
        match self {
            Self::ReversedTest => true,
            Self::ValueTriangle | Self::PerspectiveCircle | Self::BreakthroughPlan => false,
        }
    }
}

/// A standard provision that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedProvision {
    /// Its id in the catalogue.
    pub provision: String,
    /// What came of it.
    pub result: TriedResult,
}

/// A deadline that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub due: Due,
    /// To when.
    pub to: Timestamp,
}

/// A mandate from the register, and the person who decides with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedMandate {
    /// The mandate.
    pub mandate: Mandate,
    /// Who decides.
    pub person: PersonRef,
    /// The law or theme that it is used for.
    pub subject: String,
}

/// In which mandate a promise is made or a decision taken: always in one, registered or stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InMandate {
    /// One of the register.
    Registered(Box<UsedMandate>),
    /// One that the organisation states, because its register holds none.
    Stated {
        /// What it states.
        mandate: Box<StatedMandate>,
        /// The law or theme that it is used for.
        subject: String,
    },
}

impl InMandate {
    /// The organisation whose powers are used.
    pub fn organisation(&self) -> &Organisation {
        match self {
            Self::Registered(used) => &used.mandate.organisation,
            Self::Stated { mandate, .. } => &mandate.organisation,
        }
    }
}
