use super::download::{check_head, check_length, check_size};
use super::part::Part;
use super::stream::{Remote, Stream};
use crate::Error;
use crate::patience::Patience;
use decoder::Scheduler;
use protocol::InstallStep;
use session::{Coming, Course, Format, Transfer};

/// Fetches what is missing of a file, however often the connection is lost.
///
/// # Errors
/// Those of [`Course`]; [`Error::Decoder`] when it is no model file, [`Error::TooLarge`],
/// [`Error::NoRoom`], [`Error::Stalled`] when nothing comes any more, those of the storage,
/// [`Error::Stopped`] when the scheduler says so.
pub(super) async fn fetch(
    part: &mut Part,
    remote: &Remote,
    format: Format,
    report: &dyn Fn(Transfer),
    patience: &Patience<'_, impl Scheduler>,
) -> Result<(), Error> {
    let mut course = Course::new(&remote.name, part.len());
    while part.journal.bytes != Some(part.len()) {
        let coming = request(part, (remote, format), &mut course, report, patience).await?;
        let Some(Coming::Nothing(pause)) = coming else { break };
        if pause > 0 {
            tell(part, InstallStep::Waiting, report);
        }
        patience.sleep(pause).await?;
    }
    Ok(())
}

/// Makes one request. Gives none when the file's end has come, else when to make the next.
async fn request(
    part: &mut Part,
    (remote, format): (&Remote, Format),
    course: &mut Course,
    report: &dyn Fn(Transfer),
    patience: &Patience<'_, impl Scheduler>,
) -> Result<Option<Coming>, Error> {
    let begin = course.begin_at(&part.journal, part.len());
    let asked = remote.ask(begin, course.condition(&part.journal), patience).await;
    let stream = match asked {
        Err(Error::Missing { reason, .. }) => {
            return course.unanswered(&part.journal, part.len(), reason).map(Some);
        }
        asked => asked?,
    };
    let coming = course.answered(&part.journal, part.len(), &stream.answer)?;
    if let Coming::Nothing(_) = coming {
        return Ok(Some(coming));
    }
    let total = if coming == Coming::Whole { stream.answer.length } else { part.journal.bytes };
    check_size(remote, total, part.len()).await?;
    if coming == Coming::Whole && !begin_anew(part, (remote, format), &stream, patience).await? {
        return course.lost(part.len(), "it ended".to_owned()).map(Some);
    }
    loop {
        tell(part, InstallStep::Fetching, report);
        let piece = match stream.next(remote, patience).await {
            Err(Error::Missing { reason, .. }) => return course.lost(part.len(), reason).map(Some),
            piece => piece?,
        };
        let Some(piece) = piece else { break };
        part.append(&piece)?;
        check_length(remote, part.len())?;
        if part.journal.bytes.is_some_and(|total| part.len() > total) {
            if coming == Coming::Rest {
                return Err(Error::Changed { file: remote.name.clone() });
            }
            // Packed on its way, its length was the packed one.
            part.journal.bytes = None;
        }
        patience.pause().await?;
    }
    let is_short = part.journal.bytes.is_some_and(|total| part.len() < total);
    if is_short { course.lost(part.len(), "it ended too soon".to_owned()).map(Some) } else { Ok(None) }
}

/// Puts the first piece of a file in the place of what was there: not before it is seen that it can
/// be one, for a network may answer in a server's place. False when nothing came.
async fn begin_anew(
    part: &mut Part,
    (remote, format): (&Remote, Format),
    stream: &Stream,
    patience: &Patience<'_, impl Scheduler>,
) -> Result<bool, Error> {
    let mut head = Vec::new();
    while head.len() < 4 {
        match stream.next(remote, patience).await {
            Ok(Some(piece)) => head.extend(piece),
            Ok(None) => break,
            Err(Error::Missing { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    // What answers in its place costs nothing of what is there.
    let is_new = part.len() == 0;
    check_head(remote, format, &head)
        .map_err(|error| if is_new { error } else { remote.missing(error.to_string()) })?;
    part.renew(&stream.answer).await?;
    part.append(&head)?;
    Ok(true)
}

fn tell(part: &Part, step: InstallStep, report: &dyn Fn(Transfer)) {
    report(Transfer { bytes: part.len(), total: part.journal.bytes, step });
}
