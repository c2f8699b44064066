//! A TCP proxy between a service and a server, whose line can be cut, made silent and made slow.

use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// The state of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Bytes flow.
    Open,
    /// Bytes flow, each piece so much later.
    Slow(Duration),
    /// Nothing flows, and nobody is told: what was sent arrives when the line opens.
    Silent,
    /// Every connection is broken, and no new one is made.
    Cut,
}

/// A proxy on loopback.
pub(crate) struct Proxy {
    port: u16,
    line: watch::Sender<Line>,
    accepting: AbortHandle,
}

impl Proxy {
    /// A proxy to a server on this port.
    pub(crate) async fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let (line, seen) = watch::channel(Line::Open);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(connect(client, server, seen.clone()));
            }
        });
        let accepting = accepting.abort_handle();
        Self {
            port,
            line,
            accepting,
        }
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Brings the line into this state.
    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn connect(client: TcpStream, server: u16, line: watch::Receiver<Line>) {
    if *line.borrow() == Line::Cut {
        return;
    }
    let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await else {
        return;
    };
    for side in [&client, &server] {
        side.set_nodelay(true).ok();
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pump(from_client, to_server, line.clone()) => {}
        () = pump(from_server, to_client, line) => {}
    }
}

/// Carries bytes one way until either side ends or the line is cut.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut line: watch::Receiver<Line>) {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let read = tokio::select! {
            read = from.read(&mut piece) => read.unwrap_or_default(),
            cut = line.wait_for(|line| *line == Line::Cut) => {
                drop(cut);
                return;
            }
        };
        if read == 0 || !may_pass(&mut line).await || to.write_all(&piece[..read]).await.is_err() {
            return;
        }
    }
}

/// Waits as long as the line makes one wait; says whether it was not cut meanwhile.
async fn may_pass(line: &mut watch::Receiver<Line>) -> bool {
    loop {
        let state = *line.borrow_and_update();
        match state {
            Line::Open => return true,
            Line::Slow(by) => {
                tokio::time::sleep(by).await;
                return *line.borrow() != Line::Cut;
            }
            Line::Cut => return false,
            Line::Silent => {
                if line.changed().await.is_err() {
                    return false;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that sends back what it hears, and a connection to it through a proxy.
    async fn echoed() -> (Proxy, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (mut from, mut to) = client.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut to).await });
            }
        });
        let proxy = Proxy::to(port).await;
        let client = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).await;
        (proxy, client.unwrap())
    }

    async fn hear(client: &mut TcpStream) -> [u8; 2] {
        let mut heard = [0; 2];
        client.read_exact(&mut heard).await.unwrap();
        heard
    }

    #[tokio::test]
    async fn an_open_line_carries_both_ways() {
        let (_proxy, mut client) = echoed().await;
        client.write_all(b"hi").await.unwrap();
        assert_eq!(hear(&mut client).await, *b"hi");
    }

    #[tokio::test]
    async fn a_cut_line_breaks_what_was_there_and_takes_nothing_new() {
        let (proxy, mut client) = echoed().await;
        client.write_all(b"hi").await.unwrap();
        hear(&mut client).await;
        proxy.set(Line::Cut);
        assert_eq!(client.read(&mut [0; 2]).await.unwrap_or_default(), 0);
        let again = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).await;
        let read = again.unwrap().read(&mut [0; 2]).await;
        assert_eq!(read.unwrap_or_default(), 0);
    }

    #[tokio::test]
    async fn what_was_sent_into_silence_arrives_when_the_line_opens() {
        let (proxy, mut client) = echoed().await;
        proxy.set(Line::Silent);
        client.write_all(b"hi").await.unwrap();
        let soon = tokio::time::timeout(Duration::from_millis(100), hear(&mut client));
        assert!(soon.await.is_err());
        proxy.set(Line::Open);
        assert_eq!(hear(&mut client).await, *b"hi");
    }
}
