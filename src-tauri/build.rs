//! Build script.
fn main() {
    tauri_build::build();
}
