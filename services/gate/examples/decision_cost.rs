//! What decisions cost: a page is one case read in all categories of the matrix. Beside it, in the
//! same run, the same answers from a plain table in memory, and the page's text written as JSON.
//!
//! `cargo run --release -p gate --example decision_cost`

use std::{
    collections::HashMap,
    hint::black_box,
    io::{self, Write},
    time::{Duration, Instant},
};

use gate::{ActedBy, Actor, CaseFacts, Category, Gate, Organisation, Purpose, Role, Strength};

const OURS: &str = "00000099000000001000";
const ROUNDS: usize = 201;

/// Role, purpose, and how the organisation stands to the case.
type Reader = (Role, Purpose, fn(&mut CaseFacts));

const READERS: [Reader; 5] = [
    (Role::CaseDirector, Purpose::Help, |facts| {
        facts.owner = OURS.to_owned();
    }),
    (Role::AgencyLiaison, Purpose::OwnLaw, |facts| {
        facts.accepted.insert(OURS.to_owned());
    }),
    (Role::AgencyLiaison, Purpose::Routing, |facts| {
        facts.offered.insert(OURS.to_owned());
    }),
    (Role::NationalAdviser, Purpose::Unblock, |facts| {
        facts.handlers.insert(OURS.to_owned());
        facts.rung = "national_desk".to_owned();
        facts.tier = "national".to_owned();
    }),
    (Role::AgencyLiaison, Purpose::OwnLaw, |_| {}),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gate = Gate::embedded()?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} policies, {} categories; median of {ROUNDS} pages",
        gate.policies(),
        Category::ALL.len()
    )?;
    for (role, purpose, stands) in READERS {
        let mut facts = case();
        stands(&mut facts);
        let actor = actor(role);
        let table: HashMap<(Role, Purpose, Category), Strength> = Category::ALL
            .iter()
            .map(|category| {
                let reading = gate.reading(&actor, purpose, *category, &facts);
                ((role, purpose, *category), reading.strength)
            })
            .collect();
        let page = median(|| {
            for category in Category::ALL {
                black_box(gate.reading(&actor, purpose, *category, &facts));
            }
        });
        let plain = median(|| {
            for category in Category::ALL {
                black_box(table.get(black_box(&(role, purpose, *category))));
            }
        });
        let json = median(|| {
            let lines: HashMap<&str, &str> = Category::ALL
                .iter()
                .map(|category| {
                    (
                        category.as_str(),
                        "Een zin over dit huishouden, niet langer.",
                    )
                })
                .collect();
            black_box(serde_json::to_string(&lines).ok());
        });
        let shown = table.values().filter(|one| **one > Strength::None).count();
        writeln!(
            out,
            "{role} for {purpose}, {shown} shown: page {page:?}, one category {:?}; \
             {:.0} times the plain table ({plain:?}), {:.0} times the page as JSON ({json:?})",
            page / u32::try_from(Category::ALL.len())?,
            ratio(page, plain),
            ratio(page, json),
        )?;
    }
    Ok(())
}

fn case() -> CaseFacts {
    CaseFacts {
        id: "case_0195".to_owned(),
        owner: "00000099000000009000".to_owned(),
        raiser: "00000099000000009000".to_owned(),
        rung: "local_table".to_owned(),
        tier: "local".to_owned(),
        state: "active".to_owned(),
        region: "midden-nederland".to_owned(),
        theme: "income".to_owned(),
        source: Some(OURS.to_owned()),
        ..CaseFacts::default()
    }
}

fn actor(role: Role) -> Actor {
    let acted_by = ActedBy {
        role: role.as_str().to_owned(),
        person_ref: "e-12".to_owned(),
    };
    Actor::Organisation(Organisation::authenticated(OURS, "municipality", acted_by))
}

/// The middle of many runs.
fn median(run: impl Fn()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            run();
            begin.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::EPSILON)
}
