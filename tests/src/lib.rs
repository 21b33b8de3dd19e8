//! Shared ground of the tests about the whole program: offices in real folders with a standing
//! clock and counted ids, the real command line, places that are full or closed, and the detector
//! of messages that are not Chinese.
//!
//! Not here: claims. They stand in `tests/it/`. Nothing here is built into the program.

pub mod bridge;
pub mod chinese;
pub mod cli;
pub mod demo;
pub mod office;
pub mod place;
pub mod same;

/// True when every loop is to go round in full (`cargo xtask test --all`).
#[must_use]
pub fn full() -> bool {
    std::env::var_os("TAIZHANG_FULL").is_some()
}

/// A tenth of a loop, or all of it when [`full`].
#[must_use]
pub fn rounds(all: usize) -> usize {
    if full() { all } else { (all / 10).max(1) }
}

/// A file of `tests/fixtures/`.
#[must_use]
pub fn fixture(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}
