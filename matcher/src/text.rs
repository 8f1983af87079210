//! Short texts without an allocation of their own.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Most bytes that lie in the value itself.
const INLINE: usize = 14;

/// A text that is mostly short: an id, a code, the name of a licence. Up to 14 bytes lie in the value itself, a longer
/// text is shared by its clones. A value takes 16 bytes, an `Option` of it no more, and it is read as a `str`.
///
/// ```
/// use anzhi::text::ShortText;
///
/// let code: ShortText = "4-09-08-01".into();
/// assert_eq!(code, "4-09-08-01");
/// assert!(code.starts_with("4-"));
/// ```
#[derive(Clone)]
pub struct ShortText(Held);

/// Where a text lies: inline if and only if it fits.
#[derive(Clone)]
enum Held {
    Inline { length: u8, bytes: [u8; INLINE] },
    Shared(Arc<Box<str>>),
}

impl ShortText {
    /// The text. *O(n)*: what lies in the value is checked to be UTF-8 whenever it is read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Inline { .. } => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Held::Shared(text) => text,
        }
    }

    /// The bytes of the text; they order and compare as the text does.
    fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Held::Inline { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Held::Shared(text) => text.as_bytes(),
        }
    }

    fn inline(text: &str) -> Option<Self> {
        let mut bytes = [0; INLINE];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self(Held::Inline { length: u8::try_from(text.len()).ok()?, bytes }))
    }
}

impl From<&str> for ShortText {
    fn from(text: &str) -> Self {
        Self::inline(text).unwrap_or_else(|| Self(Held::Shared(Arc::new(text.into()))))
    }
}

impl From<String> for ShortText {
    fn from(text: String) -> Self {
        Self::inline(&text).unwrap_or_else(|| Self(Held::Shared(Arc::new(text.into_boxed_str()))))
    }
}

impl Default for ShortText {
    fn default() -> Self {
        "".into()
    }
}

impl Deref for ShortText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for ShortText {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for ShortText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for ShortText {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            // What is left of the bytes is zero in both: all of them are compared at once, and not one by one.
            (Held::Inline { length, bytes }, Held::Inline { length: others, bytes: other }) => {
                length == others && bytes == other
            }
            (Held::Shared(text), Held::Shared(other)) => text == other,
            _ => false,
        }
    }
}

impl Eq for ShortText {}

impl PartialEq<str> for ShortText {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for ShortText {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialOrd for ShortText {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShortText {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for ShortText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As a `str` does, which it is borrowed as, but without asking once more whether the bytes are UTF-8.
        state.write(self.as_bytes());
        state.write_u8(0xFF);
    }
}

impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl Serialize for ShortText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for ShortText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader)
    }
}

/// Takes a text as it lies in the buffer of whoever reads, with no `String` between.
struct Reader;

impl de::Visitor<'_> for Reader {
    type Value = ShortText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ShortText, E> {
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 7] = [
        "",
        "P0000001",
        "4-09-08-01",
        "十四个字节四",
        "电工作业特种操作证",
        "14 bytes long!",
        "15 bytes longer",
    ];

    #[test]
    fn a_text_is_what_was_put_in() {
        for text in TEXTS {
            for short in [ShortText::from(text), text.to_owned().into()] {
                assert_eq!((short.as_str(), short.len()), (text, text.len()));
                assert_eq!(serde_json::to_string(&short).unwrap(), serde_json::to_string(text).unwrap());
                assert_eq!(
                    serde_json::from_str::<ShortText>(&serde_json::to_string(text).unwrap()).unwrap(),
                    short
                );
            }
        }
    }

    #[test]
    fn texts_order_and_hash_as_their_strings_do() {
        let hash = |value: &dyn Fn(&mut std::hash::DefaultHasher)| {
            let mut hasher = std::hash::DefaultHasher::new();
            value(&mut hasher);
            hasher.finish()
        };
        for one in TEXTS {
            let short = ShortText::from(one);
            assert_eq!(hash(&|state| short.hash(state)), hash(&|state| one.hash(state)));
            for other in TEXTS {
                assert_eq!(short.cmp(&other.into()), one.cmp(other));
                assert_eq!(short == *other, one == other);
            }
        }
    }

    #[test]
    fn a_text_takes_sixteen_bytes_known_or_not() {
        assert_eq!((size_of::<ShortText>(), size_of::<Option<ShortText>>()), (16, 16));
    }
}
