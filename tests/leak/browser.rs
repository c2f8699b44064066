//! Somebody's browser, as far as pages without script need one: it keeps cookies, logs in by the
//! code flow, and fills in forms.

use std::collections::BTreeMap;

use demo::play::Doors;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};

/// A browser with its cookies.
pub(crate) struct Browser {
    client: Client,
    /// Where people reach the pages and the login: one address in front of two servers.
    public: String,
    platform: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Shown {
    /// All of it, headers first.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{:?}\n", self.headers).into_bytes();
        bytes.extend(&self.body);
        bytes
    }

    /// The page.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where it sends on to.
    pub(crate) fn location(&self) -> String {
        let location = self.headers.get(LOCATION);
        let location = location.unwrap_or_else(|| panic!("{}: {}", self.status, self.text()));
        location.to_str().expect("an address is text").to_owned()
    }

    /// What stands between these two, wherever it stands in the page.
    pub(crate) fn between(&self, before: &str, after: &str) -> Vec<String> {
        let text = self.text();
        let parts = text.split(before).skip(1);
        let ends = parts.filter_map(|part| Some(part.split_once(after)?.0.to_owned()));
        ends.collect()
    }

    /// The token of the page's forms; empty when it has none.
    pub(crate) fn token(&self) -> String {
        let mut tokens = self.between("name=\"token\" value=\"", "\"").into_iter();
        tokens.next().unwrap_or_default()
    }
}

impl Browser {
    /// A browser without cookies.
    pub(crate) fn new(doors: &Doors) -> Self {
        let addresses = doors.addresses();
        let public = addresses.issuer.strip_suffix("/dev");
        Self {
            client: Client::builder()
                .no_proxy()
                .redirect(Policy::none())
                .build()
                .expect("a client can be made"),
            public: public.expect("the issuer is below /dev").to_owned(),
            platform: addresses.platform.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// Logs in as a persona: to the provider, its page, and back with a code.
    pub(crate) async fn login(&mut self, persona: &str) {
        let begun = self.get("/aanmelden?naar=/werk").await;
        let asked = Url::parse(&begun.location()).expect("it is an address");
        let offered = self.get(asked.as_str()).await;
        assert_eq!(offered.status, StatusCode::OK, "{}", offered.text());
        let fields: Vec<(String, String)> = asked.query_pairs().into_owned().collect();
        for (name, value) in &fields {
            let kept = format!("name=\"{name}\" value=\"");
            let kept = offered.between(&kept, "\"");
            let scope = name == "scope";
            assert!(
                scope || !kept.is_empty(),
                "{name}={value} is not in the form"
            );
        }
        let fields = fields.iter().map(|(name, value)| (&**name, &**value));
        let fields: Vec<(&str, &str)> = fields.chain([("persona", persona)]).collect();
        let chosen = self.send("/dev/authorize", &fields).await;
        let back = self.get(&chosen.location()).await;
        assert_eq!(back.location(), "/werk", "{persona}");
        let session = self.cookies.get("doorbraak_session");
        assert!(session.is_some_and(|it| !it.is_empty()), "{persona}");
    }

    /// Goes to an address.
    pub(crate) async fn get(&mut self, address: &str) -> Shown {
        self.ask(Method::GET, address, None).await
    }

    /// Sends a form.
    pub(crate) async fn send(&mut self, address: &str, fields: &[(&str, &str)]) -> Shown {
        let encoded = Url::parse_with_params("form:", fields).expect("a form is a query");
        let form = encoded.query().unwrap_or_default().to_owned();
        self.ask(Method::POST, address, Some(form)).await
    }

    async fn ask(&mut self, method: Method, address: &str, form: Option<String>) -> Shown {
        let path = address.strip_prefix(&self.public).unwrap_or(address);
        assert!(path.starts_with('/'), "{address} is elsewhere");
        let server = match path.starts_with("/dev/") {
            true => &self.public,
            false => &self.platform,
        };
        let cookies = self.cookies.iter();
        let cookies: Vec<String> = cookies.map(|(name, is)| format!("{name}={is}")).collect();
        let mut request = self
            .client
            .request(method, format!("{server}{path}"))
            .header(ACCEPT, "text/html")
            .header(COOKIE, cookies.join("; "));
        if let Some(form) = form {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form);
        }
        let answer = request.send().await.expect("the server answers");
        let (status, headers) = (answer.status(), answer.headers().clone());
        for set in headers.get_all(SET_COOKIE) {
            let pair = set.to_str().expect("a cookie is text");
            let pair = pair.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = answer.bytes().await.expect("the server answers").to_vec();
        Shown {
            status,
            headers,
            body,
        }
    }
}
