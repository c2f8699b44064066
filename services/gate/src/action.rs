use crate::words::words;

words! {
    /// What an actor asks for: a command on a case, meeting, signal, pass or register, or to know that it
    /// is there. The schema says which kinds of actor a command is for.
    Action {
        /// Report a new case.
        Report = "Report",
        /// Add a fact.
        ReportFact = "ReportFact",
        /// Say what blocks the case.
        RecordBlock = "RecordBlock",
        /// Ask for the next rung.
        RequestEscalation = "RequestEscalation",
        /// Admit or send back an escalation that was asked for.
        Triage = "Triage",
        /// Offer another organisation advice, a task, or the case.
        OfferHandoff = "OfferHandoff",
        /// Accept, decline or counter an offer.
        AnswerHandoff = "AnswerHandoff",
        /// Take an offer back.
        WithdrawHandoff = "WithdrawHandoff",
        /// Share the household's identity, sealed for a receiver.
        ShareIdentity = "ShareIdentity",
        /// Ask an organisation for a commitment.
        RequestCommitment = "RequestCommitment",
        /// Make or refuse a commitment.
        AnswerCommitment = "AnswerCommitment",
        /// Report that a commitment is fulfilled.
        FulfilCommitment = "FulfilCommitment",
        /// Take the decision.
        TakeDecision = "TakeDecision",
        /// Tell the raiser.
        SendFeedback = "SendFeedback",
        /// Record that the citizen was informed.
        InformCitizen = "InformCitizen",
        /// Propose to send the case down.
        ProposeDeEscalation = "ProposeDeEscalation",
        /// Take the case back, or not.
        AnswerDeEscalation = "AnswerDeEscalation",
        /// Let somebody whom the case is about look at the own case.
        LinkCitizen = "LinkCitizen",
        /// End that.
        UnlinkCitizen = "UnlinkCitizen",
        /// Close the case.
        Close = "Close",
        /// Write a story down that is not shared yet, or throw it away.
        KeepDraft = "KeepDraft",
        /// Record how the citizen sees the situation.
        RecordPerspective = "RecordPerspective",
        /// Record the ground for sharing with one receiver.
        RecordLegalBasis = "RecordLegalBasis",
        /// Record that a person agreed to sharing, or took that back.
        RecordConsent = "RecordConsent",
        /// Record that a person objects to sharing.
        RaiseObjection = "RaiseObjection",
        /// Settle such an objection.
        SettleObjection = "SettleObjection",
        /// Choose who owns the case when an ownership handoff is accepted.
        ChooseOwnershipMode = "ChooseOwnershipMode",
        /// Ask for advice that needs no personal data.
        AskAdvice = "AskAdvice",
        /// Give that advice.
        GiveAdvice = "GiveAdvice",
        /// Take a counter-offer, or not.
        AnswerCounter = "AnswerCounter",
        /// Give back what was accepted.
        ReturnHandoff = "ReturnHandoff",
        /// Go to the body above one that returned or refused.
        Insist = "Insist",
        /// Confirm, as a second person, that a case is urgent.
        ConfirmUrgency = "ConfirmUrgency",
        /// Give or explain evidence after the request.
        GiveEvidence = "GiveEvidence",
        /// Say that an escalation that was asked for is seen.
        AcknowledgeEscalation = "AcknowledgeEscalation",
        /// Record a part of a weighing.
        RecordAssessment = "RecordAssessment",
        /// Put a decision on paper.
        ProposeDecision = "ProposeDecision",
        /// Turn a decision on paper down.
        RejectDecision = "RejectDecision",
        /// Open a fund that several organisations share.
        OpenFund = "OpenFund",
        /// Contribute to it.
        Contribute = "Contribute",
        /// Spend from the free budget, inside a mandate.
        SpendBudget = "SpendBudget",
        /// Start a bridging measure.
        StartMeasure = "StartMeasure",
        /// End it.
        EndMeasure = "EndMeasure",
        /// Put the deadlines of a case on hold, or let them run again.
        Suspend = "Suspend",
        /// Ask for more time, before the deadline.
        ExtendTerm = "ExtendTerm",
        /// Stop, because the citizen or the raiser does.
        Withdraw = "Withdraw",
        /// Open a case again that has ended.
        Reopen = "Reopen",
        /// Erase personal data of a case.
        OrderErasure = "OrderErasure",
        /// Erase what is written of a signal, or of a meeting itself.
        EraseTexts = "EraseTexts",
        /// Let nothing be erased for a while, or end that.
        PlaceHold = "PlaceHold",
        /// Write down how a text reads without some people.
        Redact = "Redact",
        /// Let a deadline fall due.
        Lapse = "Lapse",
        /// Find the case in a list.
        ListCases = "ListCases",
        /// Open the case.
        ReadCase = "ReadCase",
        /// Record that the citizen asks to see what is kept.
        RecordAccessRequest = "RecordAccessRequest",
        /// See who looked at one's own case.
        ReadLooks = "ReadLooks",
        /// See what is kept about the citizen, where it went and who looked.
        ReadAccessReport = "ReadAccessReport",
        /// Plan a meeting of a table, or call it off; its agenda and invitations.
        PlanMeeting = "PlanMeeting",
        /// Open a meeting, record what it comes to, adopt its minutes.
        HoldMeeting = "HoldMeeting",
        /// Answer what the table asks of the own organisation.
        AnswerAtTable = "AnswerAtTable",
        /// Take no part in a case at a meeting.
        DeclareRecusal = "DeclareRecusal",
        /// Open a meeting.
        ReadMeeting = "ReadMeeting",
        /// Raise a signal, let it grow, or turn it into a case.
        RaiseSignal = "RaiseSignal",
        /// Give a signal to somebody who can act.
        AssignSignal = "AssignSignal",
        /// Answer a signal, and say what was done with it.
        AnswerSignal = "AnswerSignal",
        /// Open a signal.
        ReadSignal = "ReadSignal",
        /// Do what follows by itself from what somebody was permitted to do: what adopted minutes
        /// say of a case, a signal of a pattern or an obstacle.
        CarryOut = "CarryOut",
        /// Take a pass into a case in an emergency.
        TakePass = "TakePass",
        /// Take a pass to account for the use of data.
        OpenForAccount = "OpenForAccount",
        /// Give a colleague a pass into a case until a date.
        GivePass = "GivePass",
        /// End a pass before its time.
        EndPass = "EndPass",
        /// Say whether there was reason for a pass that was taken.
        ReviewPass = "ReviewPass",
        /// Look a pass up.
        ReadPass = "ReadPass",
        /// Keep the own organisation's register of people.
        KeepRegister = "KeepRegister",
        /// Look people up in a register.
        ReadRegister = "ReadRegister",
        /// See who of the organisation looked at what.
        ReadAccessLog = "ReadAccessLog",
        /// See how the platform runs: health, quarantine, what was not delivered, settings.
        WatchOver = "WatchOver",
        /// Have a message that stands in quarantine taken in again.
        Replay = "Replay",
        /// Oversee what the organisation shares, keeps and erases, and who asked to see it.
        Supervise = "Supervise",
        /// See what all cases together tell: statistics, and never a case.
        ReadInsights = "ReadInsights",
        /// Send events over HTTP, and fetch the letters that wait for the organisation.
        Exchange = "Exchange",
        /// Say that the organisation's service is alive.
        BeatHeart = "BeatHeart",
    }
}
