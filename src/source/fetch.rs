//! Addresses: one request, within limits of time, size and redirects. Nothing else in rawi uses the network.

use super::{error::Reason, limits::LIMIT, naming};
use encoding_rs::Encoding;
use std::{io::Read, time::Duration};
use ureq::Agent;

/// How long a page may take in all.
const TIME: Duration = Duration::from_secs(30);

/// How often an address may point to another one.
const REDIRECTS: u32 = 5;

/// What an address gave.
pub struct Page {
    /// The last part of the address, without its ending.
    pub id: String,
    /// What a file of this kind would have for an ending.
    pub ending: String,
    /// The encoding that the server named.
    pub encoding: Option<&'static Encoding>,
    /// Its bytes.
    pub reader: Box<dyn Read>,
}

pub fn open(address: &str) -> Result<Page, Reason> {
    within(address, TIME, LIMIT)
}

/// The page, if it comes in that time and with at most so many bytes.
fn within(address: &str, time: Duration, bytes: u64) -> Result<Page, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Fetch(error.to_string());
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(time))
        .max_redirects(REDIRECTS)
        // What was asked for in private is not followed into the open.
        .https_only(address.starts_with("https://"))
        .user_agent(concat!("rawi/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let response = agent.get(address).call().map_err(|error| fault(&error))?;
    let body = response.into_body();
    let encoding = body.charset().and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let ending = match body.mime_type() {
        Some("text/html" | "application/xhtml+xml") => "html",
        Some("text/markdown") => "md",
        Some("application/jsonl" | "application/x-ndjson") => "jsonl",
        // What the server has no name for may be called by one.
        _ => &naming::ending(last.as_ref()),
    };
    let id = naming::id(last.as_ref());
    let reader = body.into_with_config().limit(bytes).reader();
    Ok(Page { id, ending: ending.to_owned(), encoding, reader: Box::new(reader) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{self, Write},
        net::{TcpListener, TcpStream},
        sync::Arc,
        thread,
    };

    /// The address of a server that does this with its first connection.
    fn server(serve: impl FnOnce(TcpStream) + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || serve(listener.accept().unwrap().0));
        address.to_string()
    }

    fn read(address: &str, milliseconds: u64, bytes: u64) -> Result<usize, String> {
        let page = within(address, Duration::from_millis(milliseconds), bytes).map_err(|reason| reason.to_string())?;
        let mut all = Vec::new();
        { page.reader }.read_to_end(&mut all).map_err(|error| error.to_string())
    }

    fn head(stream: &mut TcpStream) -> io::Result<()> {
        let mut request = [0; 4096];
        let _ = stream.read(&mut request)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    }

    #[test]
    fn a_server_that_says_nothing_is_left() {
        let address = server(|stream| {
            thread::sleep(Duration::from_secs(60));
            drop(stream);
        });
        assert_eq!(read(&format!("http://{address}/"), 100, LIMIT), Err("cannot be fetched: timeout: global".into()));
    }

    #[test]
    fn a_server_that_never_comes_to_an_end_is_left() {
        let slow = server(|mut stream| {
            let mut more = head(&mut stream);
            while more.is_ok() {
                more = stream.write_all(b"a");
                thread::sleep(Duration::from_millis(20));
            }
        });
        assert_eq!(read(&format!("http://{slow}/"), 300, LIMIT), Err("timeout: global".into()));
        let endless = server(|mut stream| {
            let mut more = head(&mut stream);
            while more.is_ok() {
                more = stream.write_all(&[b'a'; 4096]);
            }
        });
        let fault = read(&format!("http://{endless}/"), 60_000, 100_000).unwrap_err();
        assert!(fault.contains("larger than"), "{fault}");
    }

    #[test]
    fn a_certificate_that_nobody_vouches_for_is_refused() {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let address = server(move |mut stream| {
            let mut session = rustls::ServerConnection::new(Arc::new(config)).unwrap();
            let _ = rustls::Stream::new(&mut session, &mut stream).write_all(b"HTTP/1.1 200 OK\r\n\r\nx");
        });
        let port = address.rsplit(':').next().unwrap();
        let fault = read(&format!("https://localhost:{port}/"), 60_000, LIMIT).unwrap_err();
        assert!(fault.contains("UnknownIssuer"), "{fault}");
        let plain = server(|mut stream| drop(head(&mut stream)));
        let fault = read(&format!("https://{plain}/"), 60_000, LIMIT).unwrap_err();
        assert!(fault.starts_with("cannot be fetched: "), "{fault}");
    }
}
