//! Addresses: one request, within limits of time, size and redirects. Nothing else in rawi uses the network.

use super::{LIMIT, Reason};
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
    let fault = |error: &dyn std::fmt::Display| Reason::Web(error.to_string());
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(TIME))
        .max_redirects(REDIRECTS)
        // What was asked for in private is not followed into the open.
        .https_only(address.starts_with("https://"))
        .user_agent(concat!("rawi/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let response = agent.get(address).call().map_err(|error| fault(&error))?;
    let body = response.into_body();
    let encoding = body.charset().and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let ending = match body.mime_type() {
        Some("text/html" | "application/xhtml+xml") => "html",
        Some("text/markdown") => "md",
        Some("application/jsonl" | "application/x-ndjson") => "jsonl",
        _ => "",
    };
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let id = last.rsplit_once('.').map_or(last, |(name, _)| name);
    let reader = body.into_with_config().limit(LIMIT).reader();
    Ok(Page { id: id.to_owned(), ending: ending.to_owned(), encoding, reader: Box::new(reader) })
}
