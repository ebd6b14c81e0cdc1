use protocol::{ErrorCode, Failure};

/// Why there is no text to be had of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It opens with a password only.
    #[error("This PDF is locked with a password.")]
    Encrypted,
    /// It is encrypted in a way that is not known here.
    #[error("This PDF is encrypted in a way that Sotto cannot read.")]
    OtherEncryption,
    /// Its pages are pictures.
    #[error("This PDF is a scan: its pages are pictures, and hold no text.")]
    Scanned,
    /// Its letters have shapes and no meaning.
    #[error("This PDF does not say which letters its shapes stand for, so its text cannot be read.")]
    Unmapped,
    /// There is nothing on it to be read.
    #[error("There is no text in this file.")]
    NoText,
    /// It is no PDF, or what is left of one.
    #[error("This PDF is damaged, or not whole.")]
    Damaged,
    /// It is neither a PDF nor text.
    #[error("This file is neither a PDF nor plain text.")]
    Unknown,
}

impl Error {
    /// For the reader.
    #[must_use]
    pub fn failure(self) -> Failure {
        let (code, remedy) = match self {
            Self::Encrypted => (
                ErrorCode::PageNotReadable,
                "Open it with its password, print it to a new PDF, and try again with that.",
            ),
            Self::OtherEncryption => {
                (ErrorCode::PageNotReadable, "Print it to a new PDF, and try again with that.")
            }
            Self::Scanned | Self::Unmapped => (
                ErrorCode::NoText,
                "Have a program for recognising text (OCR) add it, and try again with the file that it makes.",
            ),
            Self::NoText => (ErrorCode::NoText, "Choose another file."),
            Self::Damaged => (ErrorCode::PageNotReadable, "Fetch the file again, and try again with that."),
            Self::Unknown => (ErrorCode::PageNotReadable, "Choose a PDF, or a file of plain text."),
        };
        Failure { code, message: self.to_string(), remedy: remedy.to_owned(), model: None }
    }
}
