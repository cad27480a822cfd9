//! Lists the knowledge files so that the crate embeds each of them; `cargo` re-runs it when a folder changes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const FOLDERS: &[&str] = &["lang", "ontology", "entities"];

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    let mut code = String::from("/// Every knowledge file: path inside `data/`, and content.\npub static EMBEDDED: &[(&str, &str)] = &[\n");
    for path in paths {
        let relative = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        writeln!(code, "    ({relative:?}, include_str!({:?})),", path.display().to_string()).expect("a string takes it");
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("embedded.rs"), code).expect("OUT_DIR is writable");
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("tsv" | "toml") => paths.push(path),
            _ if path.is_dir() => collect(&path, paths),
            _ => {}
        }
    }
}
