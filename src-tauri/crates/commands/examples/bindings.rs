//! Writes what the page and the window take from the command tables: `cargo run -p commands
//! --example bindings`. A test fails when the committed files are others.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    for made in commands::bindings::made() {
        let path = root.join(made.path);
        if std::fs::read_to_string(&path).is_ok_and(|before| before == made.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, made.text)?;
    }
    Ok(())
}
