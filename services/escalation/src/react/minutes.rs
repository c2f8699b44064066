//! Adopted minutes, told to the cases that they are about, with the meeting as cause (domain, row
//! K1): the commitments that were asked and answered, the decision, and a signal per obstacle to
//! whoever can take it away.

use std::collections::{BTreeMap, BTreeSet};

use gate::Actor;
use journal::{CauseKey, StoredEvent};
use ladder::meeting::event::MinutesAdopted;
use ladder::meeting::{Answer, Conclusion, Event, MinutedCase, MinutedRequest, Obstacle};
use ladder::signal::{Assign, Command as SignalCommand, Raise, SignalKind};
use ladder::{
    AnswerCommitment, Command, CommitmentAnswer, InMandate, MeetingId, Organisation, PersonRef,
    RequestCommitment, RequestId, RungId, Sealed, SignalId, StatedMandate, TakeDecision, Tier,
    UsedMandate, Weighing,
};

use super::{ReactError, Reactor};
use crate::aggregate;
use crate::execute::Work;
use crate::relay::letter_id;
use crate::seal::{self, CaseSealer, TextSealer, meeting_owner, signal_owner};
use crate::views;

/// Tells every minuted case what the minutes say of it.
pub(super) async fn carry_out(
    reactor: &Reactor,
    meeting: &MeetingId,
    stored: &StoredEvent,
) -> Result<(), ReactError> {
    let Event::MinutesAdopted(minutes) = aggregate::event(stored)? else {
        return Ok(());
    };
    let db = &reactor.ground.db;
    let Some(row) = views::find_meeting(db, meeting.as_str()).await? else {
        return Ok(());
    };
    let carrying = Carrying {
        reactor,
        meeting,
        body: Organisation::parse(&row.body)?,
        rung: RungId::parse(&row.rung)?,
        chair: chair(reactor, &row.body, stored, &minutes),
        by: minutes.by.clone(),
        role: stored.actor["role"].as_str().unwrap_or_default().to_owned(),
        roles: roles(&db.read_stream(&stored.stream).await?)?,
        adopted: stored.id.to_string(),
    };
    for case in &minutes.cases {
        for request in &case.requests {
            carrying.commitment(case, request).await?;
        }
        if let Conclusion::Decided { .. } = &case.conclusion {
            carrying.decision(case).await?;
        }
        for (place, obstacle) in case.obstacles.iter().enumerate() {
            carrying.obstacle(case, place, obstacle).await?;
        }
    }
    Ok(())
}

/// The id of the signal that an obstacle becomes: the adoption of the minutes, the case, and which of
/// its obstacles.
pub(crate) fn obstacle_signal(adopted: &str, case: &str, place: usize) -> String {
    let what = format!("{case}/obstacle/{place}");
    letter_id(&[adopted.as_bytes(), what.as_bytes()]).to_string()
}

/// The table speaks, for whoever adopted its minutes.
fn chair(reactor: &Reactor, body: &str, stored: &StoredEvent, minutes: &MinutesAdopted) -> Actor {
    let role = stored.actor["role"].as_str().unwrap_or_default();
    reactor.on_behalf(body, role, minutes.by.as_str())
}

/// The role in which each request was answered at the table; the last answer counts.
fn roles(stream: &[StoredEvent]) -> Result<BTreeMap<RequestId, String>, ReactError> {
    let mut roles = BTreeMap::new();
    for stored in stream {
        let request = match aggregate::event(stored)? {
            Event::CommitmentMade(made) => made.request,
            Event::CommitmentRefused(refused) => refused.request,
            _ => continue,
        };
        if let Some(role) = stored.actor["role"].as_str() {
            roles.insert(request, role.to_owned());
        }
    }
    Ok(roles)
}

struct Carrying<'a> {
    reactor: &'a Reactor,
    meeting: &'a MeetingId,
    body: Organisation,
    rung: RungId,
    chair: Actor,
    by: PersonRef,
    role: String,
    roles: BTreeMap<RequestId, String>,
    adopted: String,
}

impl Carrying<'_> {
    /// The meeting is the cause; the same for every repetition.
    fn cause(&self, what: &str) -> CauseKey {
        let sender = format!("meeting/{}", self.meeting);
        CauseKey::new(sender, format!("{}/{what}", self.adopted))
    }

    async fn tell(
        &self,
        case: &MinutedCase,
        actor: Actor,
        what: &str,
        command: Command,
    ) -> Result<(), ReactError> {
        let work = Work::minuted(&case.case, &self.body, command);
        self.reactor.give(actor, self.cause(what), work).await
    }

    async fn commitment(
        &self,
        case: &MinutedCase,
        asked: &MinutedRequest,
    ) -> Result<(), ReactError> {
        let request = &asked.request;
        let asking = Command::RequestCommitment(RequestCommitment {
            request: request.clone(),
            of: asked.of.clone(),
            by: self.body.clone(),
            text: asked.text.clone(),
        });
        let what = format!("{request}/asked");
        self.tell(case, self.chair.clone(), &what, asking).await?;

        let role = self.roles.get(request).map_or("", String::as_str);
        let person = asked.person.as_str();
        let speaker = self.reactor.on_behalf(asked.of.as_str(), role, person);
        let answer = Command::AnswerCommitment(AnswerCommitment {
            request: request.clone(),
            by: asked.of.clone(),
            answer: self.answer(case, asked).await?,
        });
        let what = format!("{request}/answered");
        self.tell(case, speaker, &what, answer).await
    }

    async fn answer(
        &self,
        case: &MinutedCase,
        asked: &MinutedRequest,
    ) -> Result<CommitmentAnswer, ReactError> {
        Ok(match &asked.answer {
            Answer::Refused { reason } => CommitmentAnswer::Refused {
                reason: reason.clone(),
            },
            Answer::Made {
                text,
                mandate,
                due,
                amount_cents,
            } => {
                let ground = &self.reactor.ground;
                let now = ground.clock.now();
                let vault = &self.reactor.vault;
                let sealer = CaseSealer::load(vault, &ground.entropy, &case.case, &[], now).await?;
                CommitmentAnswer::Made {
                    text: text.clone(),
                    mandate: sealer.text(&mandate.id)?,
                    inside: InMandate::Registered(Box::new(UsedMandate {
                        mandate: (**mandate).clone(),
                        person: asked.person.clone(),
                        subject: asked.law_or_theme.clone(),
                    })),
                    amount_cents: *amount_cents,
                    due: *due,
                }
            }
        })
    }

    async fn decision(&self, case: &MinutedCase) -> Result<(), ReactError> {
        let Conclusion::Decided {
            text,
            room,
            grounds,
            ..
        } = &case.conclusion
        else {
            return Ok(());
        };
        let ground = &self.reactor.ground;
        let system_obstacle = match case.obstacles.first() {
            Some(found) => {
                let (vault, now) = (&self.reactor.vault, ground.clock.now());
                let sealer = CaseSealer::load(vault, &ground.entropy, &case.case, &[], now).await?;
                let said = self.said(&found.text).await?;
                said.map(|said| sealer.text(&said)).transpose()?
            }
            None => None,
        };
        let command = Command::TakeDecision(TakeDecision {
            proposal: None,
            text: text.clone(),
            weighing: Some(Weighing {
                room: Some(*room),
                grounds: grounds.clone(),
                assessments: BTreeSet::new(),
                compared: Vec::new(),
                difference: None,
            }),
            mandate: self.mandate(case).await?,
            system_obstacle,
        });
        let what = format!("{}/decided", case.case);
        self.tell(case, self.chair.clone(), &what, command).await
    }

    /// What was said at the meeting: it belongs to the meeting, and what is passed on of it is
    /// sealed anew for where it goes.
    async fn said(&self, text: &Sealed) -> Result<Option<String>, ReactError> {
        let owner = meeting_owner(self.meeting);
        Ok(seal::open(&self.reactor.vault, &owner, text).await?)
    }

    /// In which mandate the table decides: the registered one of whoever adopted its minutes, when
    /// it goes so far; else the table's word for them.
    async fn mandate(&self, case: &MinutedCase) -> Result<InMandate, ReactError> {
        let ground = &self.reactor.ground;
        let today = ground.rules.calendar.date_of(ground.clock.now());
        let row = views::find_case(&ground.db, case.case.as_str()).await?;
        let subject = row.map_or_else(String::new, |row| row.theme);
        let register = views::whole_register(&ground.db, self.body.as_str()).await?;
        let (by, body) = (&self.by, &self.body);
        let standing = register
            .standing(body, by, &subject, None, today)
            .filter(|own| own.check(by, body, &subject, None, today).is_ok());
        Ok(match standing {
            Some(mandate) => InMandate::Registered(Box::new(UsedMandate {
                mandate,
                person: by.clone(),
                subject,
            })),
            None => InMandate::Stated {
                mandate: Box::new(StatedMandate::of(
                    body.clone(),
                    &self.role,
                    Some(by.clone()),
                )),
                subject,
            },
        })
    }

    /// One signal per obstacle, with its owner from the start. At the national table it holds
    /// everywhere; below, in the region of the case.
    async fn obstacle(
        &self,
        case: &MinutedCase,
        place: usize,
        obstacle: &Obstacle,
    ) -> Result<(), ReactError> {
        let ground = &self.reactor.ground;
        let Some(row) = views::find_case(&ground.db, case.case.as_str()).await? else {
            return Ok(());
        };
        let what = format!("{}/obstacle/{place}", case.case);
        let signal = SignalId::parse(&obstacle_signal(&self.adopted, case.case.as_str(), place))?;
        let tier = ground.rules.ladder.rung(&self.rung).map(|rung| rung.tier);
        let region = Some(row.region).filter(|_| tier != Some(Tier::National));
        let today = ground.rules.calendar.date_of(ground.clock.now());
        let register = views::whole_register(&ground.db, obstacle.owner.as_str()).await?;
        let found = register.find(None, Some(&row.theme), region.as_deref(), None, today);
        let (owner, now) = (signal_owner(&signal), ground.clock.now());
        let text = match self.said(&obstacle.text).await? {
            Some(said) => {
                let (vault, cases) = (&self.reactor.vault, [&case.case]);
                let sealer = TextSealer::of_cases(vault, &ground.entropy, &owner, cases, now)?;
                Some(sealer.text(&said)?)
            }
            None => None,
        };
        let raise = SignalCommand::Raise(Box::new(Raise {
            signal: signal.clone(),
            kind: SignalKind::Obstacle,
            theme: row.theme,
            region,
            rule: None,
            target: Some(obstacle.target),
            often: None,
            suggested: None,
            cases: BTreeSet::from([case.case.clone()]),
            by: self.body.clone(),
            text,
        }));
        let assign = SignalCommand::Assign(Assign {
            to: obstacle.owner.clone(),
            contact: found.map(|found| found.contact),
        });
        for (command, word) in [(raise, "raised"), (assign, "assigned")] {
            let cause = self.cause(&format!("{what}/{word}"));
            let work = Work::noticed(&signal, command);
            self.reactor.give(self.chair.clone(), cause, work).await?;
        }
        Ok(())
    }
}
