use crate::meaning::{Meaning, meaning};
use crate::{Answer, CHUNK, Error, Journal};

/// Pauses before a lost connection is tried again, in milliseconds: networks that change come back
/// within seconds.
const PAUSES: [u32; 4] = [1000, 2000, 4000, 8000];

/// The course of a download: what is asked for next, and when it has failed.
#[derive(Clone, Debug)]
pub struct Course {
    /// The file's name, as far as it shows.
    file: String,
    /// Whether anything of it has come: until then a connection is not lost, but could not be made.
    has_begun: bool,
    /// Connections lost since more came than ever before.
    lost: usize,
    furthest: u64,
    /// Whether the server has another version now: seen twice, there is no end to it.
    has_changed: bool,
    /// Whether the file is to be asked for from its beginning, whatever of it is there.
    from_start: bool,
    /// Whether the server may be asked to see by itself whether its version is the same. Where the
    /// browser asks it for leave first, not every server gives that.
    is_conditional: bool,
}

/// What comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// What follows the part that is there.
    Rest,
    /// The file from its beginning.
    Whole,
    /// Nothing: to be asked again after so many milliseconds.
    Nothing(u32),
}

impl Course {
    /// Of a file of which `at` bytes are there.
    #[must_use]
    pub fn new(file: &str, at: u64) -> Self {
        Self {
            file: file.to_owned(),
            has_begun: false,
            lost: 0,
            furthest: at,
            has_changed: false,
            from_start: false,
            is_conditional: true,
        }
    }

    /// From where on to ask for a file of which `at` bytes are there.
    #[must_use]
    pub fn begin_at(&self, journal: &Journal, at: u64) -> u64 {
        if self.from_start || !journal.can_go_on() { 0 } else { at }
    }

    /// What names the version that the rest must be of (`If-Range`). Servers compare exactly: a
    /// name that is said to stand for versions that are much the same is never equal.
    #[must_use]
    pub fn condition<'a>(&self, journal: &'a Journal) -> Option<&'a str> {
        let etag = journal.etag.as_deref().filter(|etag| !etag.starts_with("W/"));
        etag.or(journal.modified.as_deref()).filter(|_| self.is_conditional)
    }

    /// What an answer brings, when `at` bytes are there.
    ///
    /// # Errors
    /// [`Error::WebPage`], [`Error::WrongRange`], [`Error::Changed`], [`Error::Missing`]; those of
    /// [`Self::lost`] for a server that can't answer now.
    pub fn answered(&mut self, journal: &Journal, at: u64, answer: &Answer) -> Result<Coming, Error> {
        let file = || self.file.clone();
        let coming = match meaning(journal, self.begin_at(journal, at), answer) {
            Meaning::GoesOn => Coming::Rest,
            Meaning::Anew => Coming::Whole,
            Meaning::AnewOther => {
                self.change()?;
                Coming::Whole
            }
            Meaning::AskAnew => {
                self.change()?;
                self.from_start = true;
                return Ok(Coming::Nothing(0));
            }
            Meaning::WrongRange => return Err(Error::WrongRange { file: file() }),
            Meaning::Page => return Err(Error::WebPage { file: file() }),
            Meaning::Busy => return self.lost(at, format!("status {}", answer.status)),
            Meaning::Refused => {
                return Err(Error::Missing { file: file(), reason: format!("status {}", answer.status) });
            }
        };
        self.has_begun = true;
        self.from_start = false;
        Ok(coming)
    }

    /// What an answer brings that a part was asked for of a file whose chunks are known: whether they
    /// are of the right version is seen by themselves.
    ///
    /// # Errors
    /// As [`Self::answered`].
    pub fn answered_part(&mut self, answer: &Answer) -> Result<Coming, Error> {
        if answer.status == 206 && !answer.is_page {
            self.has_begun = true;
            return Ok(Coming::Rest);
        }
        self.answered(&Journal::default(), 0, answer)
    }

    /// What to do when there was no answer.
    ///
    /// # Errors
    /// As [`Self::lost`].
    pub fn unanswered(&mut self, journal: &Journal, at: u64, reason: String) -> Result<Coming, Error> {
        if self.begin_at(journal, at) > 0 && self.condition(journal).is_some() {
            self.is_conditional = false;
            return Ok(Coming::Nothing(0));
        }
        self.lost(at, reason)
    }

    /// What to do when the connection is lost, or the file ends too soon, and `at` bytes are there.
    ///
    /// # Errors
    /// [`Error::Missing`] where nothing of it ever came, [`Error::Lost`] after too many tries.
    pub fn lost(&mut self, at: u64, reason: String) -> Result<Coming, Error> {
        if !self.has_begun {
            return Err(Error::Missing { file: self.file.clone(), reason });
        }
        if at >= self.furthest + CHUNK {
            self.furthest = at;
            self.lost = 0;
        }
        let pause = PAUSES.get(self.lost).copied();
        self.lost += 1;
        let tries = PAUSES.len();
        pause.map(Coming::Nothing).ok_or_else(|| Error::Lost { file: self.file.clone(), tries })
    }

    /// Notes that the server has another version of the file than is there.
    ///
    /// # Errors
    /// [`Error::Changed`] when that is so for the second time.
    pub fn change(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.has_changed, true) {
            return Err(Error::Changed { file: self.file.clone() });
        }
        Ok(())
    }
}

/// Bytes of room that are missing for so many bytes to come, of what the browser tells of its
/// storage: a file is not all that is written meanwhile.
#[must_use]
pub fn lacking(bytes: u64, quota: f64, usage: f64) -> Option<u64> {
    let needed = bytes as f64 * 1.3;
    let free = (quota - usage).max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and no more than needed"
    )]
    (free < needed).then(|| (needed - free).ceil() as u64)
}
