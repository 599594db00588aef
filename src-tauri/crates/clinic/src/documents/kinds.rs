//! What a document may be.

/// What a document is: its word on the wire, and the words for a person.
pub(super) const KINDS: [(&str, &str); 5] = [
    ("referral-letter", "Referral letter"),
    ("clinic-letter", "Clinic letter"),
    ("imaging-report", "Imaging report"),
    ("photograph", "Photograph"),
    ("other", "Other document"),
];

/// What it is, in words. One of a newer version is a document.
pub(crate) fn name_of(what: &str) -> &'static str {
    let known = KINDS.iter().find(|(word, _)| *word == what);
    known.map_or("Document", |(_, words)| words)
}

/// A form of content that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    Pdf,
    Jpeg,
    Png,
}

impl Media {
    /// The form by the first bytes, whatever the file was called: a name proves nothing.
    pub(super) fn sniffed(first: &[u8]) -> Option<Self> {
        [
            (b"%PDF-".as_slice(), Self::Pdf),
            (&[0xff, 0xd8, 0xff], Self::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Self::Png),
        ]
        .into_iter()
        .find(|(mark, _)| first.starts_with(mark))
        .map(|(_, media)| media)
    }

    /// The form that an entry names; none for one of a newer version.
    pub(super) fn named(media: &str) -> Option<Self> {
        let all = [Self::Pdf, Self::Jpeg, Self::Png];
        all.into_iter().find(|one| one.wire() == media)
    }

    /// The word on the wire.
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// For a person.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg | Self::Png => "Picture",
        }
    }

    /// What the name of a copy ends in.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Whether the window can show it by itself. A PDF needs a program of its own on some of the
    /// systems that Felloe runs on.
    pub(super) fn is_shown(self) -> bool {
        self != Self::Pdf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_told_by_its_first_bytes_and_by_nothing_else() {
        let pdf = Media::sniffed(b"%PDF-1.7\n");
        assert_eq!(pdf, Some(Media::Pdf));
        assert_eq!(Media::sniffed(&[0xff, 0xd8, 0xff, 0xe0]), Some(Media::Jpeg));
        assert_eq!(Media::sniffed(b"\x89PNG\r\n\x1a\n..."), Some(Media::Png));
        for other in [
            b"".as_slice(),
            b"%PD",
            b"GIF89a",
            b"<html>",
            b"\x89PNG",
            b"PK",
        ] {
            assert_eq!(Media::sniffed(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_form_is_read_back_from_its_word() {
        for media in [Media::Pdf, Media::Jpeg, Media::Png] {
            assert_eq!(Media::named(media.wire()), Some(media));
        }
        assert_eq!(Media::named("text/html"), None);
    }
}
