//! JSON with one record on a line: small, and yet a person and a line-by-line comparison can see what has changed.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Depth of the lists whose elements stand on lines of their own: those of the whole's own fields.
const LISTS: usize = 2;

/// Compact JSON, but for a line feed before each element of a top list and after the last.
#[derive(Debug, Default)]
pub(super) struct Lines {
    depth: usize,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let list = self.depth == LISTS;
        self.depth -= 1;
        writer.write_all(if list { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        let mark: &[u8] = match (self.depth == LISTS, first) {
            (true, true) => b"\n",
            (true, false) => b",\n",
            (false, true) => b"",
            (false, false) => b",",
        };
        writer.write_all(mark)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::json_bytes;

    #[test]
    fn records_of_top_lists_stand_on_lines_of_their_own() {
        let whole = serde_json::json!({"a": [{"b": [1, 2]}, {"b": []}], "c": [], "d": "x"});
        let text = String::from_utf8(json_bytes(&whole).expect("bytes")).expect("text");
        assert_eq!(text, "{\"a\":[\n{\"b\":[1,2]},\n{\"b\":[]}\n],\"c\":[\n],\"d\":\"x\"}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), whole);
    }
}
