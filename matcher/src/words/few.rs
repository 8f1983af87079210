//! Short lists of words, each at most once.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of one vocabulary, each at most once, in the order in which they were named. `N` is the size of the
/// vocabulary, so that there is room for all; a word takes one byte and the list no memory besides.
///
/// ```
/// use anzhi::input::Forms;
/// use anzhi::words::Form;
///
/// let forms = Forms::from([Form::Home, Form::PartTime, Form::Home]);
/// assert!(forms.iter().eq([Form::Home, Form::PartTime]));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Few<T, const N: usize>([Option<T>; N]);

impl<T: Copy + Eq, const N: usize> Few<T, N> {
    /// No word.
    #[must_use]
    pub const fn new() -> Self {
        Self([None; N])
    }

    /// Adds a word at the end, if it is not there.
    pub fn push(&mut self, word: T) {
        let place = self.0.iter_mut().find(|it| it.is_none_or(|it| it == word));
        if let Some(place) = place {
            *place = Some(word);
        }
    }

    /// The words.
    pub fn iter(&self) -> impl Iterator<Item = T> + Clone + '_ {
        self.0.iter().map_while(|word| *word)
    }

    /// Whether the word is there.
    #[must_use]
    pub fn contains(&self, word: T) -> bool {
        self.0.contains(&Some(word))
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl<T: Copy + Eq, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy + Eq, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        let mut few = Self::new();
        for word in words {
            few.push(word);
        }
        few
    }
}

impl<T: Copy + Eq, const N: usize, const M: usize> From<[T; M]> for Few<T, N> {
    fn from(words: [T; M]) -> Self {
        words.into_iter().collect()
    }
}

impl<T: Copy + Eq, const N: usize> From<Vec<T>> for Few<T, N> {
    fn from(words: Vec<T>) -> Self {
        words.into_iter().collect()
    }
}

impl<T: Copy + Eq + fmt::Debug, const N: usize> fmt::Debug for Few<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Copy + Eq + Serialize, const N: usize> Serialize for Few<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, T: Copy + Eq + Deserialize<'de>, const N: usize> Deserialize<'de> for Few<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Reader(PhantomData))
    }
}

struct Reader<T, const N: usize>(PhantomData<T>);

impl<'de, T: Copy + Eq + Deserialize<'de>, const N: usize> Visitor<'de> for Reader<T, N> {
    type Value = Few<T, N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Few<T, N>, A::Error> {
        let mut few = Few::new();
        while let Some(word) = words.next_element()? {
            few.push(word);
        }
        Ok(few)
    }
}
