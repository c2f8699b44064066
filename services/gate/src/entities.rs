//! Actors, and what they ask about, as Cedar sees them.

use std::collections::{BTreeSet, HashMap, HashSet};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression, Schema,
};

use crate::{
    Actor, CaseFacts, Category, Facts, MeetingFacts, PassFacts, PassOpens, Purpose, RegisterFacts,
    Role, SignalFacts,
};

type Attributes = HashMap<String, RestrictedExpression>;

/// A thing as Cedar sees it. Only this crate has any.
pub trait Resource {
    /// Its name in Cedar.
    fn uid(&self, names: &Names) -> EntityUid;

    /// What the policies may ask about it.
    fn attributes(&self, names: &Names) -> Attributes;

    /// Where the texts that are read with it belong, as the key vault names their owners. A case by
    /// its id; a pass by the case that it is into, because what is said of it is about that case's
    /// persons. A register without an organisation stands for all of them.
    fn texts(&self) -> String;
}

impl Resource for CaseFacts {
    fn uid(&self, names: &Names) -> EntityUid {
        uid(&names.case, &self.id)
    }

    fn attributes(&self, names: &Names) -> Attributes {
        names.case_attributes(self)
    }

    fn texts(&self) -> String {
        format!("case/{}", self.id)
    }
}

impl Resource for MeetingFacts {
    fn uid(&self, names: &Names) -> EntityUid {
        uid(&names.meeting, &self.id)
    }

    fn attributes(&self, names: &Names) -> Attributes {
        attributes(
            [
                ("body", text(&self.body)),
                ("rung", text(&self.rung)),
                ("tier", entity(uid(&names.tier, &self.tier))),
                ("admitting", text(&self.admitting)),
                ("invited", texts(&self.invited)),
            ],
            [("target", &self.target)],
        )
    }

    fn texts(&self) -> String {
        format!("meeting/{}", self.id)
    }
}

impl Resource for SignalFacts {
    fn uid(&self, names: &Names) -> EntityUid {
        uid(&names.signal, &self.id)
    }

    fn attributes(&self, _: &Names) -> Attributes {
        attributes(
            [("by", text(&self.by)), ("bodies", texts(&self.bodies))],
            [("assigned", &self.assigned), ("target", &self.target)],
        )
    }

    fn texts(&self) -> String {
        format!("signal/{}", self.id)
    }
}

impl Resource for PassFacts {
    fn uid(&self, names: &Names) -> EntityUid {
        uid(&names.pass, &self.id)
    }

    fn attributes(&self, _: &Names) -> Attributes {
        attributes(
            [
                ("holder", text(&self.holder)),
                ("person", text(&self.person)),
            ],
            [],
        )
    }

    fn texts(&self) -> String {
        format!("case/{}", self.case)
    }
}

impl Resource for RegisterFacts {
    fn uid(&self, names: &Names) -> EntityUid {
        uid(&names.register, &self.organisation)
    }

    fn attributes(&self, _: &Names) -> Attributes {
        attributes([("organisation", text(&self.organisation))], [])
    }

    fn texts(&self) -> String {
        match self.organisation.as_str() {
            "" => "register".to_owned(),
            one => format!("register/{one}"),
        }
    }
}

/// Something the schema promises did not hold; the gate denies then.
#[derive(Debug)]
pub(crate) struct Unfit;

/// The schema's type names, parsed once.
pub struct Names {
    person: EntityTypeName,
    organisation: EntityTypeName,
    clock: EntityTypeName,
    service: EntityTypeName,
    case: EntityTypeName,
    meeting: EntityTypeName,
    signal: EntityTypeName,
    pass: EntityTypeName,
    register: EntityTypeName,
    role: EntityTypeName,
    tier: EntityTypeName,
    category: EntityTypeName,
    purpose: EntityTypeName,
    action: EntityTypeName,
}

impl Names {
    /// `None` would mean that one of these words is no Cedar identifier.
    pub(crate) fn new() -> Option<Self> {
        let name = |word: &str| word.parse().ok();
        Some(Self {
            person: name("Person")?,
            organisation: name("Organisation")?,
            clock: name("Clock")?,
            service: name("Service")?,
            case: name("Case")?,
            meeting: name("Meeting")?,
            signal: name("Signal")?,
            pass: name("Pass")?,
            register: name("Register")?,
            role: name("Role")?,
            tier: name("Tier")?,
            category: name("Category")?,
            purpose: name("Purpose")?,
            action: name("Action")?,
        })
    }

    pub(crate) fn action(&self, word: &str) -> EntityUid {
        uid(&self.action, word)
    }

    /// The actor as principal; people and organisations act in one role at a time.
    pub(crate) fn principal(&self, actor: &Actor) -> EntityUid {
        match actor {
            // One actor stands in a request, so its kind names it; no personal data is needed.
            Actor::Person(_) => uid(&self.person, "actor"),
            Actor::Organisation(organisation) if organisation.acts_for_nobody() => {
                uid(&self.service, &organisation.oin)
            }
            Actor::Organisation(organisation) => uid(&self.organisation, &organisation.oin),
            Actor::Clock => uid(&self.clock, "clock"),
        }
    }

    pub(crate) fn context(&self, category: Category, purpose: Purpose) -> Result<Context, Unfit> {
        Context::from_pairs([
            (
                "category".to_owned(),
                entity(uid(&self.category, category.as_str())),
            ),
            (
                "purpose".to_owned(),
                entity(uid(&self.purpose, purpose.as_str())),
            ),
        ])
        .map_err(|_| Unfit)
    }

    /// Actor and thing with their attributes; checked against the schema when one is given.
    pub(crate) fn entities(
        &self,
        actor: &Actor,
        role: Option<Role>,
        facts: &dyn Facts,
        schema: Option<&Schema>,
    ) -> Result<Entities, Unfit> {
        let principal = Entity::new(
            self.principal(actor),
            self.actor_attributes(actor, role),
            HashSet::new(),
        );
        let thing = Entity::new(facts.uid(self), facts.attributes(self), HashSet::new());
        let both = [principal.map_err(|_| Unfit)?, thing.map_err(|_| Unfit)?];
        Entities::from_entities(both, schema).map_err(|_| Unfit)
    }

    fn actor_attributes(&self, actor: &Actor, role: Option<Role>) -> Attributes {
        let mut attributes = Attributes::new();
        let mut put = |name: &str, value| attributes.insert(name.to_owned(), value);
        if let Some(role) = role {
            put("role", entity(uid(&self.role, role.as_str())));
        }
        match actor {
            Actor::Person(person) => {
                put("organisation", text(&person.organisation));
                put("subject", text(&person.subject));
                put("regions", texts(&person.regions));
            }
            Actor::Organisation(organisation) if organisation.acts_for_nobody() => {
                put("organisation", text(&organisation.oin));
            }
            Actor::Organisation(organisation) => {
                put("organisation", text(&organisation.oin));
                put("kind", text(&organisation.kind));
                put("regions", texts(&[]));
            }
            Actor::Clock => {}
        }
        attributes
    }

    fn case_attributes(&self, facts: &CaseFacts) -> Attributes {
        let citizens = facts.citizens.keys().cloned().collect();
        let sets: [(&str, &BTreeSet<String>); 8] = [
            ("handlers", &facts.handlers),
            ("past_handlers", &facts.past_handlers),
            ("offered", &facts.offered),
            ("accepted", &facts.accepted),
            ("committed", &facts.committed),
            ("card_only", &facts.card_only),
            ("citizens", &citizens),
            ("shared_with", &facts.shared_with),
        ];
        let words = [
            ("owner", &facts.owner),
            ("raiser", &facts.raiser),
            ("rung", &facts.rung),
            ("state", &facts.state),
            ("region", &facts.region),
            ("theme", &facts.theme),
        ];
        let optional = [("target", &facts.target), ("source", &facts.source)];

        let mut attributes: Attributes = sets
            .into_iter()
            .map(|(name, set)| (name.to_owned(), texts(set)))
            .chain(words.map(|(name, word)| (name.to_owned(), text(word))))
            .collect();
        attributes.insert("tier".to_owned(), entity(uid(&self.tier, &facts.tier)));
        for (name, value) in optional {
            if let Some(value) = value {
                attributes.insert(name.to_owned(), text(value));
            }
        }
        let objected = facts.objected.iter().filter_map(|word| {
            let category = Category::from_word(word)?;
            Some(entity(uid(&self.category, category.as_str())))
        });
        let objected = RestrictedExpression::new_set(objected);
        attributes.insert("objected".to_owned(), objected);
        let opened = facts.passes.iter().filter_map(|pass| self.opened(pass));
        let opened = RestrictedExpression::new_set(opened);
        attributes.insert("passes".to_owned(), opened);
        // A role unknown to the schema admits nobody.
        if let Some(admitting) = &facts.admitting
            && Role::from_word(&admitting.role).is_some()
            && let Ok(record) = RestrictedExpression::new_record([
                ("organisation".to_owned(), text(&admitting.organisation)),
                ("role".to_owned(), entity(uid(&self.role, &admitting.role))),
            ])
        {
            attributes.insert("admitting".to_owned(), record);
        }
        attributes
    }

    fn opened(&self, pass: &PassOpens) -> Option<RestrictedExpression> {
        Category::from_word(&pass.category)?;
        let category = entity(uid(&self.category, &pass.category));
        RestrictedExpression::new_record([
            ("kind".to_owned(), text(&pass.kind)),
            ("organisation".to_owned(), text(&pass.organisation)),
            ("subject".to_owned(), text(&pass.subject)),
            ("category".to_owned(), category),
        ])
        .ok()
    }
}

fn attributes<const N: usize, const M: usize>(
    always: [(&str, RestrictedExpression); N],
    perhaps: [(&str, &Option<String>); M],
) -> Attributes {
    let perhaps = perhaps
        .into_iter()
        .filter_map(|(name, value)| Some((name, text(value.as_ref()?))));
    always
        .into_iter()
        .chain(perhaps)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn uid(name: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id))
}

fn entity(uid: EntityUid) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid)
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn texts<'a>(values: impl IntoIterator<Item = &'a String>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.into_iter().map(|value| text(value)))
}
