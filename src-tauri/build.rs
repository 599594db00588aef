//! Reads `tauri.conf.json` and the capabilities, and embeds the icons.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Without this a build after a change of the screens alone would keep the old ones.
    println!("cargo:rerun-if-changed=ui/dist");
    // The capabilities stand in src-tauri, while the package and its configuration are at the root.
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json");
    tauri_build::try_build(attributes)?;
    Ok(())
}
