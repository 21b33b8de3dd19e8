//! An empty window: what the start of the real one is measured against. Says `loaded` when its
//! blank page is there, and ends.

use std::error::Error;

use tauri::http::Response;
use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    // No event tells the end of loading about:blank.
    let blank = WebviewUrl::CustomProtocol("blank://localhost".parse()?);
    let app = tauri::Builder::default()
        .register_uri_scheme_protocol("blank", |_, _| {
            let page = Response::builder().header("content-type", "text/html");
            page.body(b"<!doctype html><title>blank</title>".as_slice())
                .expect("BUG: a response of constants")
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", blank)
                .inner_size(1366.0, 768.0)
                .on_page_load(|_, page| {
                    if page.event() == PageLoadEvent::Finished {
                        println!("loaded");
                        std::process::exit(0);
                    }
                })
                .build()?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_, _| {});
    Ok(())
}
