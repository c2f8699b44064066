//! `demo`: everything in this process, and what to try.

use std::{path::PathBuf, time::Duration};

use chassis::parties::{self, Mode, Webhook};
use chassis::{Clock, Parties, dev, server};
use clap::Args;
use reqwest::Method;

use crate::{
    embedded::{Folder, Ports, World, WorldConfig},
    personas,
    play::{Door, Doors, Request},
    seed::{self, Marker},
    services::PartyService,
};

/// How long letters under way may still take when the process has been asked to stop: the bus is
/// in memory, so what nobody took would be lost.
const LETTERS: Duration = Duration::from_secs(5);

/// Who acts next in Bella's case.
const ADVISER: &str = "dirk";

#[derive(Args)]
pub(super) struct DemoArgs {
    /// The platform's port; the parties take the next four.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of the databases and secrets.
    #[arg(long, default_value = "./data")]
    data: PathBuf,
    /// Begin anew: delete the databases and secrets in that folder first.
    #[arg(long)]
    fresh: bool,
    /// Show the screens in our own style alone, without component CSS, font and script: as they are
    /// when the build finds no npm.
    #[arg(long)]
    plain: bool,
    /// Also play so many cases of the four quarters before this one, so that there is something to
    /// learn from under Inzicht (40 are enough), and three answers that come before their questions,
    /// so that there is something to mend under Beheer. Only where there is no case yet.
    #[arg(long, value_name = "NUMBER", default_value_t = 0,
          value_parser = clap::value_parser!(u16).range(..=i64::from(seed::MOST)))]
    cases: u16,
    /// Lets an organisation's own system take its letters over HTTP: `leeuwarden=feed` to fetch
    /// them, or `leeuwarden=http://127.0.0.1:9000/` to have them posted there (`binary:` before
    /// the address: in binary mode). May be given more than once.
    #[arg(long = "door", value_name = "ORGANISATION=DOOR", value_parser = door)]
    doors: Vec<(String, parties::Door)>,
}

fn door(text: &str) -> Result<(String, parties::Door), String> {
    let (name, door) = text
        .split_once('=')
        .ok_or("write the organisation's short name, =, and feed or an address")?;
    let door = match (door, door.strip_prefix("binary:")) {
        ("feed", _) => parties::Door::Feed,
        (_, Some(url)) => parties::Door::Webhook(Webhook::to(url, Mode::Binary)?),
        (url, None) => parties::Door::Webhook(Webhook::to(url, Mode::Structured)?),
    };
    Ok((name.to_owned(), door))
}

impl Default for DemoArgs {
    fn default() -> Self {
        Self {
            port: 8080,
            data: PathBuf::from("./data"),
            fresh: false,
            plain: false,
            cases: 0,
            doors: Vec::new(),
        }
    }
}

pub(super) async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let shutdown = server::shutdown_on_signal()?;
    if args.fresh {
        // A world that still runs there would lose the ground under its feet.
        Ports::Fixed(args.port).check().await?;
        Folder::clear(&args.data)?;
    }
    Marker::clear_half_a_story(&args.data)?;
    let world = World::start(WorldConfig {
        folder: args.data.clone(),
        faults: None,
        start: None,
        seed: None,
        ports: Ports::Fixed(args.port),
        plain: args.plain,
        doors: args.doors.iter().cloned().collect(),
    })
    .await?;
    let prepared = tokio::select! {
        () = shutdown.cancelled() => Ok(false),
        prepared = prepare(&world, &args) => prepared.map(|()| true),
    };
    if matches!(prepared, Ok(true)) {
        shutdown.cancelled().await;
        println!("Stopping.");
        deliver_letters(&world).await;
    }
    world.stop().await;
    prepared.map(drop)
}

/// Makes Bella's case when there is none, lets time run, and says what to try.
async fn prepare(world: &World, args: &DemoArgs) -> anyhow::Result<()> {
    let now = Clock::system().now();
    let mut announced = false;
    let made = seed::seed_once(world.doors(), &args.data, now, args.cases, &mut |_| {
        if !std::mem::replace(&mut announced, true) {
            if args.cases > 0 {
                println!(
                    "Making {} cases of the year before. Three answers come before their questions \
                     and are refused: Olga finds them in quarantine …",
                    args.cases
                );
            }
            println!("Making Bella's case, as it came to the national desk …");
        }
    })
    .await?;
    if !made && args.cases > 0 {
        println!("There are cases already, so none of the year before were made; see --fresh.");
    }
    world.follow_machine();
    world.close_dev_ports();
    let waiting = waiting(world.doors()).await;
    print!(
        "{}",
        invitation(world.doors(), &Parties::embedded()?, waiting)
    );
    Ok(())
}

/// What waits for the national adviser.
struct Waiting {
    case: String,
    escalation: String,
}

/// Finds the case that waits for triage, as the adviser sees it.
async fn waiting(doors: &Doors) -> Option<Waiting> {
    let adviser = personas::find(ADVISER)?;
    let now = Clock::system().now();
    let get = async |path: String| {
        let request = Request {
            door: Door::Platform,
            method: Method::GET,
            path: &path,
            body: None,
            key: None,
        };
        let reply = doors.call(adviser, now, request).await.ok()?;
        reply.is_success().then_some(reply.body)
    };
    let cases = get("/v1/cases".to_owned()).await?;
    for case in cases["items"].as_array()? {
        let case = case["id"].as_str()?;
        let escalations = get(format!("/v1/cases/{case}/escalations")).await?;
        let open = escalations["items"].as_array()?.iter().find(|escalation| {
            escalation["toRung"] == "national_desk" && escalation["status"] == "requested"
        });
        if let Some(escalation) = open.and_then(|open| open["escalation"].as_str()) {
            return Some(Waiting {
                case: case.to_owned(),
                escalation: escalation.to_owned(),
            });
        }
    }
    None
}

fn invitation(doors: &Doors, parties: &Parties, waiting: Option<Waiting>) -> String {
    let addresses = doors.addresses();
    let platform = &addresses.platform;
    let mut text = format!(
        "\nDoorbraak runs. Stop it with Ctrl-C.\n\n  \
         The screens: log in, and see what waits   {platform}/\n  \
         Who you can be                            {platform}/dev/personas\n"
    );
    for service in PartyService::ALL {
        if let Some(party) = addresses.parties.get(&service) {
            let name = parties
                .named(service.organisation())
                .map_or(service.name(), |party| &party.display_name);
            let whose = format!("The service of {name}");
            text.push_str(&format!("  {whose:<41} {}/\n", party.api));
        }
    }
    if let Some(Waiting { case, escalation }) = waiting {
        text.push_str(&format!(
            "\nBella's case waits at the national desk. Be its adviser and admit it:\n\n  \
             TOKEN=$(curl -s {platform}/dev/token -H 'Content-Type: application/json' \
             -d '{{\"persona\": \"{ADVISER}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n  \
             curl -s {platform}/v1/cases/{case} -H \"Authorization: Bearer $TOKEN\"\n  \
             curl -s {platform}/v1/cases/{case}/escalations/{escalation}/triage \
             -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \
             -d '{{\"answer\": \"admitted\"}}'\n"
        ));
    }
    text
}

/// Waits a moment for letters that are under way.
async fn deliver_letters(world: &World) {
    let quiet = async {
        loop {
            match world.settled().await {
                Ok(reports) if dev::quiet(&reports) => return,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    if tokio::time::timeout(LETTERS, quiet).await.is_err() {
        tracing::warn!("stopped while letters were still under way");
    }
}
