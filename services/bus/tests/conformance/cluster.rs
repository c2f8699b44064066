//! Three servers of one cluster, each stream on all of them, as deploy/README.md has it: what was
//! acknowledged outlives any one of them.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::net::Ipv4Addr;
use std::time::Duration;

use bus::nats::{Connection, Ground, Retention, ServerConfig, store_key};
use bus::testing::{NatsServer, free_port};
use bus::{Bus, Deliveries, Delivery, Identity, Message};
use nkeys::KeyPair;
use tempfile::TempDir;

use crate::{body, expect, from_svb, svb, to};

/// How many servers, and on how many of them each stream is.
const SERVERS: usize = 3;
/// As long as a cluster may take to choose who leads, on a machine that does much else.
const TRIES: usize = 300;
/// So long that nothing comes twice before the server is killed, and short enough to wait for.
const ACK_WAIT: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(200);

struct Cluster {
    servers: Vec<NatsServer>,
    platform: KeyPair,
    svb: KeyPair,
    _folders: Vec<TempDir>,
}

impl Cluster {
    fn start() -> Self {
        let (platform, of_svb) = (KeyPair::new_user(), KeyPair::new_user());
        let routes: Vec<u16> = (0..SERVERS).map(|_| free_port()).collect();
        let known: Vec<String> = routes
            .iter()
            .map(|port| format!("nats://127.0.0.1:{port}"))
            .collect();
        let folders: Vec<TempDir> = (0..SERVERS).map(|_| tempfile::tempdir().unwrap()).collect();
        let servers = folders.iter().zip(&routes).enumerate();
        let servers = servers.map(|(number, (folder, route))| {
            let port = free_port();
            let config = ServerConfig {
                host: Ipv4Addr::LOCALHOST.to_string(),
                port,
                store_dir: folder.path().join("store"),
                store_key: "nats.key".to_owned(),
                platform_nkey: platform.public_key(),
                parties: vec![(svb(), of_svb.public_key())],
                replicas: SERVERS,
                ground: Ground::AccountEach,
                tls: None,
                for_development: false,
            };
            let file = NatsServer::configure(folder.path(), &config, &store_key([7; 32]));
            // What each server has of its own.
            let own = format!(
                "server_name: server-{number}\n\
                 cluster {{ name: doorbraak, listen: \"127.0.0.1:{route}\", routes: [{}] }}\n",
                known.join(", ")
            );
            let mut shared = OpenOptions::new().append(true).open(&file).unwrap();
            shared.write_all(own.as_bytes()).unwrap();
            NatsServer::start(file, port)
        });
        Cluster {
            servers: servers.collect(),
            platform,
            svb: of_svb,
            _folders: folders,
        }
    }

    fn url(&self) -> String {
        let urls: Vec<String> = self.servers.iter().map(NatsServer::url).collect();
        urls.join(",")
    }

    async fn connect(&self, key: &KeyPair, identity: Identity) -> Bus {
        for _ in 0..TRIES {
            let connected = bus::nats::connect(Connection {
                url: self.url(),
                seed: key.seed().unwrap(),
                identity: identity.clone(),
                tls: None,
                for_development: false,
                parties: vec![svb()],
                retention: Retention {
                    ack_wait: ACK_WAIT,
                    replicas: SERVERS,
                    ..Retention::default()
                },
            });
            if let Ok(bus) = connected.await {
                return bus;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("nobody leads the cluster: {}", self.servers[0].log());
    }

    async fn info(&self, stream: &str) -> async_nats::jetstream::stream::Info {
        let client = async_nats::ConnectOptions::with_nkey(self.platform.seed().unwrap())
            .custom_inbox_prefix("_INBOX_platform")
            .connect(self.servers.iter().map(NatsServer::url).collect::<Vec<_>>())
            .await
            .unwrap();
        let stream = async_nats::jetstream::new(client).get_stream(stream).await;
        stream.unwrap().cached_info().clone()
    }

    /// How many messages a stream holds.
    async fn holds(&self, stream: &str) -> u64 {
        self.info(stream).await.state.messages
    }

    /// Which server leads a stream, and on how many servers the stream is.
    async fn leader(&self, stream: &str) -> (usize, usize) {
        let info = self.info(stream).await.cluster.unwrap();
        let name = info.leader.as_deref().unwrap();
        let number = name.strip_prefix("server-").unwrap().parse().unwrap();
        (number, info.replicas.len() + 1)
    }
}

async fn published(bus: &Bus, message: impl Fn() -> Message) {
    for _ in 0..TRIES {
        if bus.publish(message()).await.is_ok() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("it was never acknowledged");
}

/// The next message, as late as a cluster without its leader may give it.
async fn outlived(deliveries: &mut Deliveries) -> Delivery {
    let longest = PAUSE * u32::try_from(TRIES).unwrap();
    let next = tokio::time::timeout(longest, deliveries.next()).await;
    next.expect("the cluster gives nothing out").unwrap()
}

/// What waits for one identity, once somebody leads its stream and its consumer again.
async fn opened(bus: &Bus) -> Deliveries {
    for _ in 0..TRIES {
        if let Ok(deliveries) = bus.deliveries().await {
            return deliveries;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("nobody leads the stream");
}

#[tokio::test]
async fn what_was_acknowledged_outlives_the_server_that_leads() {
    let mut cluster = Cluster::start();
    let platform = cluster.connect(&cluster.platform, Identity::Platform).await;
    let of_svb = cluster.connect(&cluster.svb, Identity::Party(svb())).await;
    let [one, two, three] = ["one", "two", "three"];
    published(&of_svb, || from_svb(one)).await;
    published(&of_svb, || from_svb(two)).await;
    published(&platform, || to(&svb(), "letter")).await;
    let mut deliveries = opened(&platform).await;
    expect(&mut deliveries, one, 1).await.ack().await;
    let in_hand = expect(&mut deliveries, two, 1).await;

    let stream = format!("from-{}", svb());
    // An acknowledgement is no answer: the cluster has it once the message is gone.
    for _ in 0..TRIES {
        if cluster.holds(&stream).await == 1 {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    assert_eq!(cluster.holds(&stream).await, 1);

    let (leader, copies) = cluster.leader(&stream).await;
    assert_eq!(copies, SERVERS);
    cluster.servers[leader].kill();
    drop(in_hand);

    published(&of_svb, || from_svb(three)).await;
    let mut taken = BTreeSet::new();
    while taken.len() < 2 {
        let delivery = outlived(&mut deliveries).await;
        taken.insert(body(&delivery));
        delivery.ack().await;
    }
    assert_eq!(taken, [three, two].map(str::to_owned).into());
    let mut letters = opened(&of_svb).await;
    assert_eq!(body(&outlived(&mut letters).await), "letter");
}
