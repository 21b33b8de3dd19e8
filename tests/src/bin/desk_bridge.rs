//! Serves a desk to a browser on this computer until its standard input is closed.
//!
//! `desk_bridge --folder DIR --dist DIR [--now MOMENT] [--demo COMPLAINTS] [--port PORT]`. Prints
//! one line of JSON: `url`, `token`, `port`. With `--demo` a folder without an office gets one with
//! so many invented complaints.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::{env, fs, thread};

use commands::{Ctx, InitOffice, Surroundings, demo, init_office};
use domain::time::{Clock as _, FixedClock, Moment, parse_moment};
use tests::bridge::{Bridge, Options};
use tests::demo::copy_folder;

fn main() -> Result<(), Box<dyn Error>> {
    let word = |name: &str| {
        let mut words = env::args().skip_while(|word| word != name);
        words.nth(1)
    };
    let now = match word("--now") {
        Some(typed) => Some(parse_moment(&typed).ok_or("--now: no moment")?),
        None => None,
    };
    let options = Options {
        folder: word("--folder").ok_or("--folder is missing")?.into(),
        dist: word("--dist").ok_or("--dist is missing")?.into(),
        now,
        port: word("--port").map_or(Ok(0), |p| p.parse())?,
    };
    if let Some(complaints) = word("--demo") {
        let until = now.unwrap_or_else(|| commands::system::SystemClock.now());
        place_demo(&options.folder.join("office"), complaints.parse()?, until)?;
    }
    let bridge = Bridge::start(&options)?;
    let mut out = io::stdout();
    writeln!(out, "{}", bridge.line())?;
    out.flush()?;
    let ends = Arc::clone(&bridge);
    thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        ends.end();
        std::process::exit(0);
    });
    bridge.serve();
    Ok(())
}

/// Puts a demo office into an empty place. It is made once and copied for each who asks: filling one
/// takes longer than most journeys.
fn place_demo(office: &Path, complaints: u32, until: Moment) -> Result<(), Box<dyn Error>> {
    if office.exists() {
        return Ok(());
    }
    let name = format!("{complaints}-{}", until.format("%Y%m%dT%H%M"));
    let kept = env::current_exe()?
        .with_file_name("bridge-offices")
        .join(name);
    if kept.is_dir() {
        copy_folder(&kept, office);
        // One of an older build may lack what this one needs.
        if let Ok(ctx) = Ctx::open(office, &Surroundings::system()) {
            return Ok(ctx.store.close()?);
        }
        fs::remove_dir_all(office)?;
        fs::remove_dir_all(&kept)?;
    }
    make_demo(&kept, complaints, until)?;
    copy_folder(&kept, office);
    Ok(())
}

fn make_demo(kept: &Path, complaints: u32, until: Moment) -> Result<(), Box<dyn Error>> {
    let aside = kept.with_extension(format!("{}.part", std::process::id()));
    let ask = InitOffice {
        name: "某工程项目部".to_owned(),
        code: "XX".to_owned(),
        operator: "张三".to_owned(),
        site: "PC-01".to_owned(),
    };
    let mut around = Surroundings::system();
    around.clock = Arc::new(FixedClock::new(until));
    init_office(&aside, &around, &ask)?.store.close()?;
    demo::fill(&aside, complaints, 1, until)?;
    if fs::rename(&aside, kept).is_err() {
        // Another bridge was faster.
        fs::remove_dir_all(&aside)?;
    }
    Ok(())
}
