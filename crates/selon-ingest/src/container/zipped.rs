//! ZIP archives: WACZ (web archives with their index) and plain ZIPs of readable files.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

use crate::limits::Limits;
use crate::read::{Item, Origin, read_bytes};

/// Members read of one archive at most.
const MAX_MEMBERS: usize = 1_000_000;

/// Whether the ZIP is a word processor's document whatever its name.
pub fn is_docx(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name("word/document.xml").is_some())
}

/// The articles of a ZIP held in memory.
pub fn read(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    match ZipArchive::new(Cursor::new(bytes.to_vec())) {
        Ok(archive) => Members::new(archive, origin.clone(), limits).collect(),
        Err(error) => vec![Err(origin.unread(&format!("a ZIP that cannot be opened: {error}")))],
    }
}

/// The articles of an archive, member by member in the order of their names; of a WACZ only its web archives.
pub struct Members<R> {
    archive: ZipArchive<R>,
    names: std::vec::IntoIter<String>,
    found: std::vec::IntoIter<Item>,
    origin: Origin,
    limits: Limits,
}

impl<R: Read + Seek> Members<R> {
    /// Of this archive.
    pub fn new(archive: ZipArchive<R>, origin: Origin, limits: Limits) -> Members<R> {
        let mut names: Vec<String> =
            archive.file_names().filter(|name| !name.ends_with('/')).take(MAX_MEMBERS).map(str::to_owned).collect();
        names.sort();
        if names.iter().any(|name| name == "datapackage.json") {
            names.retain(|name| crate::sniff::extension(name) == "warc");
        }
        Members { archive, names: names.into_iter(), found: Vec::new().into_iter(), origin, limits }
    }

    /// A member's bytes: at most the cap, or that it is larger. Web archives within may be as large as 64 items.
    fn member(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut member = self.archive.by_name(name).map_err(|error| error.to_string())?;
        let most = if crate::sniff::extension(name) == "warc" { self.limits.item_bytes * 4 } else { self.limits.item_bytes };
        let allowed = member.compressed_size().saturating_mul(self.limits.ratio).max(1 << 20).min(most);
        let mut bytes = Vec::new();
        member.by_ref().take(allowed + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > allowed {
            Err(format!("larger than {allowed} bytes, or grows {}-fold", self.limits.ratio))
        } else {
            Ok(bytes)
        }
    }
}

impl<R: Read + Seek> Iterator for Members<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.found.next() {
                return Some(item);
            }
            let name = self.names.next()?;
            let origin = self.origin.within(&name);
            let items = match self.member(&name) {
                Ok(bytes) if crate::sniff::extension(&name) == "warc" => {
                    let plain: Box<dyn std::io::BufRead + Send> = Box::new(Cursor::new(bytes));
                    let plain = if name.ends_with(".gz") { super::compressed::gzip(plain, self.limits) } else { plain };
                    super::warc::Records::new(plain, origin, self.limits).collect()
                }
                Ok(bytes) => read_bytes(&bytes, &origin, self.limits),
                Err(cause) => vec![Err(origin.unread(&cause))],
            };
            self.found = items.into_iter();
        }
    }
}
