//! One number that says whether two documents are the same.

use std::io::{self, Write};

use anzhi::Document;

/// FNV-1a with 64 bits (Fowler, Noll and Vo) over the document's JSON, which is never held as a whole.
///
/// # Errors
///
/// A number that JSON cannot hold, which no document of the generator has.
pub fn digest(document: &Document) -> io::Result<u64> {
    let mut hash = Fnv(0xCBF2_9CE4_8422_2325);
    serde_json::to_writer(&mut hash, document)?;
    Ok(hash.0)
}

struct Fnv(u64);

impl Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        self.0 = bytes.iter().fold(self.0, mix);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
