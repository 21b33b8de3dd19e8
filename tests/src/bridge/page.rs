//! The page as the product serves it: the content policy of the window's own configuration, with
//! a new nonce for styles on every page, as the window's framework does it.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

const WINDOW: &str = include_str!("../../../src-tauri/tauri.conf.json");

/// Defines what the window's framework would define, over fetch.
pub(super) const SCRIPT: &str = include_str!("bridge.js");

/// A file that is served.
pub(super) struct Served {
    pub(super) body: Vec<u8>,
    pub(super) kind: &'static str,
    /// The content policy, for a page.
    pub(super) policy: Option<String>,
}

fn policy(nonce: &str) -> String {
    let window: Json = serde_json::from_str(WINDOW).expect("the window's configuration");
    let policy = window["app"]["security"]["csp"].as_str();
    let policy = policy.expect("the window has a content policy");
    policy.replace(
        "style-src 'self'",
        &format!("style-src 'self' 'nonce-{nonce}'"),
    )
}

/// The file of an address below a folder; nothing outside it.
pub(super) fn file(dist: &Path, address: &str, nonce: &str) -> Option<Served> {
    let name = match address.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let parts: PathBuf = name.split('/').collect();
    let plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    if !parts.components().all(plain) {
        return None;
    }
    let body = std::fs::read(dist.join(&parts)).ok()?;
    let kind = kind(name);
    if !kind.starts_with("text/html") {
        return Some(Served {
            body,
            kind,
            policy: None,
        });
    }
    let page = String::from_utf8_lossy(&body)
        .replace("<style>", &format!("<style nonce=\"{nonce}\">"))
        .replacen("<head>", "<head><script src=\"/bridge.js\"></script>", 1);
    Some(Served {
        body: page.into_bytes(),
        kind,
        policy: Some(policy(nonce)),
    })
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
