//! Where an embedded world listens, always on the loopback address.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use tokio::net::TcpListener;

use crate::{
    play::{Addresses, PartyAddress},
    services::PartyService,
};

/// Which ports to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// This one for the platform, the next four for the parties.
    Fixed(u16),
    /// Whichever are free.
    Free,
}

/// Why a port cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PortsError {
    /// Somebody else listens there.
    #[error(
        "port {port}, for {door}, is in use by another program; choose another first port with \
         --port (five in a row are needed)"
    )]
    Busy {
        /// The port.
        port: u16,
        /// Whose it would be.
        door: String,
    },
    /// Ports end at 65535.
    #[error("port {0} is too high: the four parties need the ports after it")]
    TooHigh(u16),
    /// The system refuses.
    #[error("no listener on the loopback address: {0}")]
    Io(#[from] io::Error),
}

/// A listener per door.
pub(super) struct Listeners {
    pub(super) platform: TcpListener,
    pub(super) platform_dev: TcpListener,
    pub(super) parties: Vec<(PartyService, TcpListener, TcpListener)>,
    addresses: Addresses,
}

impl Listeners {
    pub(super) fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }
}

impl Ports {
    /// Takes all ports, or none.
    pub(super) async fn bind(self) -> Result<Listeners, PortsError> {
        let platform = self.bind_nth(0, "the platform").await?;
        let platform_dev = free().await?;
        let mut parties = Vec::new();
        for (number, service) in (1..).zip(PartyService::ALL) {
            let api = self.bind_nth(number, service.name()).await?;
            parties.push((service, api, free().await?));
        }
        let base = url(&platform)?;
        let addresses = Addresses {
            issuer: format!("{base}/dev"),
            issuer_dev: None,
            platform: base,
            platform_dev: url(&platform_dev)?,
            parties: parties
                .iter()
                .map(|(service, api, dev)| Ok((*service, address(api, dev)?)))
                .collect::<io::Result<_>>()?,
        };
        Ok(Listeners {
            platform,
            platform_dev,
            parties,
            addresses,
        })
    }

    /// Whether all ports can be taken now.
    ///
    /// # Errors
    /// [`PortsError`].
    pub async fn check(self) -> Result<(), PortsError> {
        self.bind().await.map(drop)
    }

    async fn bind_nth(self, number: u16, door: &str) -> Result<TcpListener, PortsError> {
        let Self::Fixed(first) = self else {
            return Ok(free().await?);
        };
        let port = first
            .checked_add(number)
            .ok_or(PortsError::TooHigh(first))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        TcpListener::bind(address)
            .await
            .map_err(|error| match error.kind() {
                io::ErrorKind::AddrInUse => PortsError::Busy {
                    port,
                    door: door.to_owned(),
                },
                _ => PortsError::Io(error),
            })
    }
}

/// Free ports for one party: its API's and its dev port.
pub(super) async fn of_party() -> Result<(TcpListener, TcpListener, PartyAddress), PortsError> {
    let (api, dev) = (free().await?, free().await?);
    let address = address(&api, &dev)?;
    Ok((api, dev, address))
}

fn address(api: &TcpListener, dev: &TcpListener) -> io::Result<PartyAddress> {
    let (api, dev) = (url(api)?, url(dev)?);
    Ok(PartyAddress { api, dev })
}

async fn free() -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
}

fn url(listener: &TcpListener) -> io::Result<String> {
    Ok(format!("http://{}", listener.local_addr()?))
}
