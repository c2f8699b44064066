//! `play`: a story on a world of its own, or on running processes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use chassis::{Entropy, Parties};
use clap::{Args, ValueEnum};

use crate::{
    embedded::{Ports, World, WorldConfig},
    play::{Addresses, Doors, Narrator, Played, Story, Told, play, table},
};

/// What stands below `play --help`.
pub(super) const ADDRESSES_HELP: &str = "\
A story has one JSON object per line:
  {\"at\": RFC 3339, \"party\": \"svb\", \"event\": {\"type\", \"subject\"?, \"data\"}, \"by\"?: persona}
  {\"at\": RFC 3339, \"as\": persona, \"call\": {\"method\", \"path\", \"body\"?, \"at\"?: party}}
and perhaps
  \"bind\": {\"name\": \"/json/pointer\"}  keeps a value of the answer; $name uses it later ($$ is $)
  \"expect\": 409                       the status that the answer must have (default: any 2xx)
  \"refused\": \"code\"                   the code with which the platform must refuse the event
  \"note\": \"...\"                       what it means in the story, for the reader
All lines are checked before the first one is done.

--against takes a file with addresses, or the addresses themselves: a JSON object or name=URL,
separated by commas, blanks or new lines. The services must run with --dev.
  platform=http://127.0.0.1:8080       platform-dev=http://127.0.0.1:9080
  municipality=http://127.0.0.1:8081   municipality-dev=http://127.0.0.1:9081
  svb=http://127.0.0.1:8082            svb-dev=http://127.0.0.1:9082
  tax-office=http://127.0.0.1:8083     tax-office-dev=http://127.0.0.1:9083
  care-provider=http://127.0.0.1:8084  care-provider-dev=http://127.0.0.1:9084
  issuer=http://127.0.0.1:8090/dev     issuer-dev=http://127.0.0.1:9090 (when it has its own clock)";

#[derive(Args)]
pub(super) struct PlayArgs {
    /// The story: a file with one JSON object per line.
    file: PathBuf,
    /// Show one JSON document instead of lines and a table; progress goes to standard error.
    #[arg(long, value_enum)]
    report: Option<Format>,
    /// Play on running services instead of a world of its own.
    #[arg(long, value_name = "URLS")]
    against: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON document, as in report.schema.json.
    Json,
}

pub(super) async fn run(args: PlayArgs) -> anyhow::Result<()> {
    let shown = args.file.display();
    let text = std::fs::read_to_string(&args.file).with_context(|| shown.to_string())?;
    let story = Story::parse(&text).with_context(|| shown.to_string())?;
    let played = match &args.against {
        Some(addresses) => {
            let doors = Doors::new(Addresses::read(addresses)?)?;
            tell(&doors, &story, args.report).await
        }
        None => {
            let folder = tempfile::tempdir()?;
            let world = World::start(WorldConfig {
                folder: folder.path().to_owned(),
                faults: None,
                start: story.begins(),
                seed: None,
                ports: Ports::Free,
                plain: false,
                doors: BTreeMap::new(),
            })
            .await?;
            let played = tell(world.doors(), &story, args.report).await;
            world.stop().await;
            played
        }
    };
    let played = played.with_context(|| shown.to_string())?;
    if args.report == Some(Format::Json) {
        println!("{}", serde_json::to_string_pretty(&played.report)?);
    } else {
        let narrator = Narrator::new(&Parties::embedded()?);
        print!("\n{}", table(&played.report, &narrator));
    }
    Ok(())
}

#[allow(clippy::print_stderr, reason = "this is what the user reads")]
async fn tell(doors: &Doors, story: &Story, format: Option<Format>) -> anyhow::Result<Played> {
    let narrator = Narrator::new(&Parties::embedded()?);
    // Playing a story twice on the same services is another story.
    let name = format!("play-{}", Entropy::system().uuid_v4());
    let mut tell = |told: Told<'_>| {
        let text = narrator.tell(told);
        if format.is_some() {
            eprintln!("{text}");
        } else {
            println!("{text}");
        }
    };
    Ok(play(doors, story, &name, &mut tell).await?)
}
