//! A running service of one's own, and somebody to ask it something.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use bus::LocalBus;
use chassis::dev::DevHooks;
use chassis::{Clock, Entropy, Parties};
use escalation::mails::MailServer;
use escalation::web::Screens;
use escalation::{Config, Exchange, Service, policy};
use gate::Gate;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::issuer::Issuer;
use crate::people::Person;

/// Seals the cookies of the screens.
pub(crate) const SESSION_KEY: [u8; 32] = [3; 32];

/// When the story begins.
pub(crate) const START: &str = "2026-03-02T09:00:00Z";

pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) clock: Clock,
    pub(crate) bus: LocalBus,
    parties: Arc<Parties>,
    exchange: Exchange,
    router: Router,
    pub(crate) issuer: Issuer,
    // Last, so that the files outlive what has them open.
    pub(crate) folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Reply {
    /// The answer, when it has this status; else the test stops and shows it.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

fn config(
    folder: &TempDir,
    (clock, issuer): (&Clock, &Issuer),
    (bus, parties): (&LocalBus, &Arc<Parties>),
    (rules, exchange, dev): (ladder::Rules, &Exchange, bool),
    mails: Option<&MailServer>,
) -> Config {
    let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    Config {
        database_url: file("escalation.db"),
        vault_url: file("vault.db"),
        account_url: file("account.db"),
        activities: policy::embedded_activities().unwrap(),
        master_key: journal::vault::MasterKey::from_bytes([1; 32]),
        other_master_key: None,
        retention: policy::retention().unwrap(),
        pseudonym_key: [2; 32],
        checkpoints: None,
        bus: bus.platform(),
        parties: Arc::clone(parties),
        rules,
        catalogues: policy::Catalogues::embedded(&Parties::embedded().unwrap()).unwrap(),
        gate: Arc::new(Gate::embedded().unwrap()),
        verifier: Arc::new(issuer.verifier()),
        clock: clock.clone(),
        entropy: Entropy::seeded(7),
        exchange: exchange.clone(),
        mails: mails.cloned(),
        dev,
        screens: Some(Screens::new(&SESSION_KEY).with_login(issuer.login())),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::start(false).await
    }

    /// Also for development: a citizen may come in by a code.
    pub(crate) async fn start(dev: bool) -> Self {
        Self::run(dev, Parties::embedded().unwrap().without_contacts()).await
    }

    /// With the people of the party files in the registers: the log does not begin empty.
    pub(crate) async fn with_registers() -> Self {
        Self::run(false, Parties::embedded().unwrap()).await
    }

    /// With rules of one's own.
    pub(crate) async fn with_rules(rules: ladder::Rules) -> Self {
        Self::of(
            false,
            Parties::embedded().unwrap().without_contacts(),
            rules,
        )
        .await
    }

    /// With another list of organisations, and settings of the door over HTTP.
    pub(crate) async fn with_parties(parties: Parties, exchange: Exchange) -> Self {
        let rules = policy::embedded().unwrap();
        Self::start_with(false, parties, rules, exchange).await
    }

    async fn run(dev: bool, parties: Parties) -> Self {
        Self::of(dev, parties, policy::embedded().unwrap()).await
    }

    async fn of(dev: bool, parties: Parties, rules: ladder::Rules) -> Self {
        Self::start_with(dev, parties, rules, Exchange::default()).await
    }

    /// With the people of the party files, and a mail server.
    pub(crate) async fn with_mails(server: MailServer) -> Self {
        let (parties, rules) = (Parties::embedded().unwrap(), policy::embedded().unwrap());
        Self::started(false, (parties, rules), Exchange::default(), Some(server)).await
    }

    async fn start_with(
        dev: bool,
        parties: Parties,
        rules: ladder::Rules,
        exchange: Exchange,
    ) -> Self {
        Self::started(dev, (parties, rules), exchange, None).await
    }

    async fn started(
        dev: bool,
        (parties, rules): (Parties, ladder::Rules),
        exchange: Exchange,
        mails: Option<MailServer>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::at(START.parse().unwrap());
        let issuer = Issuer::start().await;
        let (bus, parties) = (LocalBus::new(), Arc::new(parties));
        let config = config(
            &folder,
            (&clock, &issuer),
            (&bus, &parties),
            (rules, &exchange, dev),
            mails.as_ref(),
        );
        let service = Service::start(config).await.unwrap();
        let router = chassis::server::standard(service.router());
        Self {
            service,
            clock,
            bus,
            parties,
            exchange,
            router,
            issuer,
            folder,
        }
    }

    /// Stops the service and starts it on what it had.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            service,
            clock,
            bus,
            parties,
            exchange,
            router,
            issuer,
            folder,
        } = self;
        drop(router);
        service.stop().await;
        let rules = policy::embedded().unwrap();
        let config = config(
            &folder,
            (&clock, &issuer),
            (&bus, &parties),
            (rules, &exchange, false),
            None,
        );
        let service = Service::start(config).await.unwrap();
        let router = chassis::server::standard(service.router());
        Self {
            service,
            clock,
            bus,
            parties,
            exchange,
            router,
            issuer,
            folder,
        }
    }

    /// A file of the service's.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn token(&self, person: &Person) -> String {
        self.issuer.token(self.clock.now(), person)
    }

    /// A request as it stands.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = serde_json::from_str(&text).unwrap_or_default();
        Reply {
            status,
            headers,
            body,
            text,
        }
    }

    /// The answer to a request, to be read as it comes in.
    pub(crate) async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// What a person asks, with these headers beside the token.
    pub(crate) async fn ask(
        &self,
        person: &Person,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Reply {
        let token = format!("Bearer {}", self.token(person));
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(request.unwrap()).await
    }

    pub(crate) async fn get(&self, person: &Person, path: &str) -> Reply {
        self.ask(person, Method::GET, path, &[], None).await
    }

    pub(crate) async fn put(&self, person: &Person, path: &str, body: &Value) -> Reply {
        self.ask(person, Method::PUT, path, &[], Some(body)).await
    }

    pub(crate) async fn delete(&self, person: &Person, path: &str) -> Reply {
        self.ask(person, Method::DELETE, path, &[], None).await
    }

    /// Moves the clock; whatever falls due on the way is done at its own time.
    pub(crate) async fn advance(&self, to: &str) {
        let hooks = self.service.hooks();
        hooks.advance(to.parse().unwrap()).await.unwrap();
    }

    pub(crate) async fn post(&self, person: &Person, path: &str, body: &Value) -> Reply {
        self.ask(person, Method::POST, path, &[], Some(body)).await
    }

    /// Waits until what follows by itself has been done.
    pub(crate) async fn reacted(&self) {
        let db = &self.service.ground().db;
        for _ in 0..1_500 {
            let head = db.head().await.unwrap().position;
            if db.checkpoint(escalation::react::FOLLOWER).await.unwrap() == head {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the reactor does not come to an end");
    }
}
