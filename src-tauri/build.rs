//! Prepares what the shell embeds: the window's built pages, the icons, the capabilities.

use std::{fs, io, path::Path};

/// Shown when somebody builds the shell before the window's pages.
const NOT_BUILT: &str = "<!doctype html><title>Portico</title><p>The window's pages are not built. Run: make run</p>";

fn main() -> io::Result<()> {
    let pages = Path::new("../ui/dist");
    if !pages.exists() {
        fs::create_dir_all(pages)?;
        fs::write(pages.join("index.html"), NOT_BUILT)?;
    }
    // The pages have other names after each build, so watching the known ones is not enough.
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=../icons");
    tauri_build::build();
    Ok(())
}
