//! Connections that are encrypted, with certificates on both sides.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bus::Identity;
use bus::nats::{ConnectError, Connection, Ground, ServerTls, Tls};

use crate::server::Server;
use crate::{expect, from_svb, svb};

/// Runs openssl in a folder.
fn openssl(folder: &Path, args: &str) {
    let done = Command::new("openssl")
        .args(args.split(' '))
        .current_dir(folder)
        .output()
        .expect("openssl is installed");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "openssl {args}: {said}");
}

/// An authority: `<name>.crt` and `<name>.key`.
fn authority(folder: &Path, name: &str) {
    openssl(
        folder,
        &format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
             -subj /CN={name} -keyout {name}.key -out {name}.crt"
        ),
    );
}

/// A certificate that the authority signs, for so many days: `<name>.crt` and `<name>.key`.
fn certificate(folder: &Path, authority: &str, name: &str, days: u8) {
    std::fs::write(
        folder.join("extensions"),
        "subjectAltName=IP:127.0.0.1,DNS:localhost\n",
    )
    .unwrap();
    openssl(
        folder,
        &format!(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN={name} \
             -keyout {name}.key -out {name}.csr"
        ),
    );
    openssl(
        folder,
        &format!(
            "x509 -req -in {name}.csr -CA {authority}.crt -CAkey {authority}.key -CAcreateserial \
             -days {days} -extfile extensions -out {name}.crt"
        ),
    );
}

fn encrypted() -> Server {
    Server::on(Ground::AccountEach, &[svb()], |folder| {
        authority(folder, "authority");
        authority(folder, "stranger");
        certificate(folder, "authority", "server", 1);
        certificate(folder, "authority", "client", 1);
        certificate(folder, "authority", "expired", 0);
        certificate(folder, "stranger", "forged", 1);
        Some(ServerTls {
            certificate: folder.join("server.crt"),
            key: folder.join("server.key"),
            authority: folder.join("authority.crt"),
        })
    })
}

fn with(server: &Server, authority: &str, client: Option<&str>) -> Connection {
    let file = |name: String| -> PathBuf { server.folder().join(name) };
    let mut connection = server.connection(server.seed_of(&svb()), Identity::Party(svb()));
    connection.tls = Some(Tls {
        authority: file(format!("{authority}.crt")),
        certificate: client.map(|name| (file(format!("{name}.crt")), file(format!("{name}.key")))),
    });
    connection
}

#[tokio::test]
async fn an_encrypted_connection_carries_both_ways() {
    let server = encrypted();
    let mut platform = with(&server, "authority", Some("client"));
    platform.seed = server.platform_seed();
    platform.identity = Identity::Platform;
    let platform = bus::nats::connect(platform).await.unwrap();
    let party = with(&server, "authority", Some("client"));
    let party = bus::nats::connect(party).await.unwrap();
    party.publish(from_svb("encrypted")).await.unwrap();
    let mut deliveries = platform.deliveries().await.unwrap();
    expect(&mut deliveries, "encrypted", 1).await.ack().await;
}

#[tokio::test]
async fn nobody_connects_without_a_certificate_that_holds() {
    let server = encrypted();
    // A certificate for no days ends in the second in which it begins.
    tokio::time::sleep(Duration::from_secs(2)).await;
    for (authority, client) in [
        // None, one that ended, one that another authority signed, and a server that is not the
        // one that is meant.
        ("authority", None),
        ("authority", Some("expired")),
        ("authority", Some("forged")),
        ("stranger", Some("client")),
    ] {
        let refused = bus::nats::connect(with(&server, authority, client)).await;
        assert!(
            matches!(refused, Err(ConnectError::Unreachable(_))),
            "{authority} {client:?}: {refused:?}"
        );
    }
    server
        .says(&[
            "TLS handshake error: tls: client didn't provide a certificate",
            "certificate has expired or is not yet valid",
            "(CN=expired",
            "certificate signed by unknown authority (CN=forged",
        ])
        .await;
    let mut plain = with(&server, "authority", Some("client"));
    plain.tls = None;
    assert!(bus::nats::connect(plain).await.is_err());
    let holds = with(&server, "authority", Some("client"));
    assert!(bus::nats::connect(holds).await.is_ok());
}
