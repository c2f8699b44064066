//! `issuer`: the development token issuer in a process of its own.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context;
use chassis::{Clock, Entropy, Parties, dev, server};
use clap::Args;
use tokio::net::TcpListener;

use crate::issuer::Issuer;

#[derive(Args)]
pub(super) struct IssuerArgs {
    /// Where to listen.
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// The address under which the services reach it, when it is another one.
    #[arg(long, env = "PUBLIC_URL")]
    public_url: Option<String>,
    /// The services' name in the tokens: their `aud`.
    #[arg(long, env = "AUDIENCE", default_value = "doorbraak")]
    audience: String,
    /// The port, on the loopback address, that moves its clock; 0 takes a free one.
    #[arg(long, env = "DEV_PORT", default_value_t = 0)]
    dev_port: u16,
}

pub(super) async fn run(args: IssuerArgs) -> anyhow::Result<()> {
    let shutdown = server::shutdown_on_signal()?;
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let own = format!("http://{}", listener.local_addr()?);
    let base = args.public_url.unwrap_or(own);
    let url = format!("{}/dev", base.trim_end_matches('/'));
    let issuer = Issuer::start(
        &url,
        args.audience,
        &Parties::embedded()?,
        Clock::system(),
        Entropy::system(),
    )?;
    let port = dev::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, args.dev_port))).await?;
    println!(
        "Tokens at {url}; its clock at http://{}",
        port.local_addr()?
    );
    let clock = server::serve(port, issuer.dev_routes(), shutdown.clone());
    tokio::try_join!(clock, server::serve(listener, issuer.router(), shutdown))?;
    Ok(())
}
