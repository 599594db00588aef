//! Runs of words.

/// Words in one style. A line feed is a line break; other control characters are dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Set bold. Italics and underlining are not offered: they are harder to read.
    pub bold: bool,
    /// The BCP 47 language of these words where it is not the document's.
    pub language: Option<String>,
}

/// One paragraph's worth of words, as spans set one after the other.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The spans, in reading order.
    pub spans: Vec<Span>,
}

impl Span {
    /// Ordinary words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bold: true,
            language: None,
        }
    }
}

impl Text {
    /// Ordinary words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            spans: vec![Span::plain(text)],
        }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            spans: vec![Span::bold(text)],
        }
    }

    /// Words that stay on one line where the line is long enough to hold them.
    pub fn unbroken(text: &str) -> Self {
        Self::plain(text.replace(' ', "\u{a0}"))
    }

    /// This text followed by ordinary words.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.spans.push(Span::plain(text));
        self
    }

    /// This text followed by bold words.
    #[must_use]
    pub fn then_bold(mut self, text: impl Into<String>) -> Self {
        self.spans.push(Span::bold(text));
        self
    }

    /// This text followed by words that stay on one line.
    #[must_use]
    pub fn then_unbroken(mut self, text: &str) -> Self {
        self.spans.extend(Self::unbroken(text).spans);
        self
    }

    /// This text, all of it in the language of that BCP 47 tag.
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        for span in &mut self.spans {
            span.language = Some(language.to_owned());
        }
        self
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.trim().is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

impl From<Vec<Span>> for Text {
    fn from(spans: Vec<Span>) -> Self {
        Self { spans }
    }
}

/// The words are a patient's: only their amount is shown.
impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Span({} bytes)", self.text.len())
    }
}

/// The words are a patient's: only their amount is shown.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.spans).finish()
    }
}
