//! The workspace's files: where they are, whether they changed.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

/// Folders that builds write into and that are never an input.
const OUTPUTS: &[&str] = &["dist", "node_modules", "pkg", "target"];

/// The top of the workspace, wherever the command was called from.
pub fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_path_buf()
}

/// A hash of the names and the contents of everything under `paths` (relative
/// to the workspace), and of `salt`. Equal inputs give an equal fingerprint.
pub fn fingerprint(paths: &[&str], salt: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write(salt.as_bytes());
    for file in list(paths)? {
        hasher.write(file.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The moment of the latest change under `paths`; the count of files tells
/// when one was removed.
pub fn latest_change(paths: &[&str]) -> Result<(usize, Option<SystemTime>)> {
    let files = list(paths)?;
    let latest = files
        .iter()
        .filter_map(|file| file.metadata().ok()?.modified().ok())
        .max();
    Ok((files.len(), latest))
}

fn list(paths: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        collect(&workspace_root().join(path), &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        if path.exists() {
            files.push(path.to_path_buf());
        }
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    for entry in entries {
        let name = entry?.file_name();
        let is_output = OUTPUTS.iter().any(|output| name == *output);
        if !is_output {
            collect(&path.join(name), files)?;
        }
    }
    Ok(())
}
