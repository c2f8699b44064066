//! Somebody's browser in front of the screens.

use axum::body::Body;
use axum::http::{Method, Request};

use crate::people::Person;
use crate::world::{Reply, World};

/// Somebody's browser: it keeps the cookies that it is given.
pub(crate) struct Browser<'a> {
    world: &'a World,
    pub(crate) cookies: Vec<String>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self {
            world,
            cookies: Vec::new(),
        }
    }

    pub(crate) async fn ask(&mut self, method: Method, path: &str, form: &str) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", self.cookies.join("; "))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(form.to_owned())).unwrap();
        let reply = self.world.send(request).await;
        for set in reply.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            for part in ["; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"] {
                assert!(set.contains(part), "{set}");
            }
            let pair = set.split(';').next().unwrap();
            let name = pair.split_once('=').unwrap().0;
            self.cookies.retain(|cookie| !cookie.starts_with(name));
            self.cookies.push(pair.to_owned());
        }
        reply
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        let reply = self.ask(Method::GET, path, "").await;
        if reply.status.is_redirection() {
            return reply;
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!reply.text.contains('⟦'), "a text is missing on {path}");
        reply
    }

    /// Begins a login, and says with which state and nonce.
    pub(crate) async fn begin(&mut self, onwards: &str) -> (String, String) {
        let begun = self.get(&format!("/aanmelden?naar={onwards}")).await;
        assert_eq!(begun.status.as_u16(), 303);
        let address = begun.header("location").unwrap();
        assert!(
            address.starts_with("https://login.example/authorize?"),
            "{address}"
        );
        assert!(address.contains("code_challenge_method=S256"), "{address}");
        let value = |name: &str| {
            let start = address.find(&format!("{name}=")).unwrap() + name.len() + 1;
            address[start..].split('&').next().unwrap().to_owned()
        };
        (value("state"), value("nonce"))
    }

    pub(crate) async fn login(&mut self, person: &Person) -> Reply {
        let (state, nonce) = self.begin("/werk").await;
        let now = self.world.clock.now();
        let code = self.world.issuer.code(now, person, person, &nonce);
        self.get(&format!("/aanmelden/terug?code={code}&state={state}"))
            .await
    }
}

/// The token of the first form of a page that has one.
pub(crate) fn token(page: &Reply) -> String {
    let rest = page.text.split("name=\"token\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}
