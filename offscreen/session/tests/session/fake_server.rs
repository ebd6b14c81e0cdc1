//! A server of the reader's that does what a test says.

use decoder::Scheduler;
use session::{Answer, Error, Reply, ServerRequest};
use std::cell::RefCell;
use std::collections::VecDeque;

/// What a server does at each request, in order.
#[derive(Default)]
pub(crate) struct FakeServer {
    pub(crate) answers: RefCell<VecDeque<Does>>,
    pub(crate) asked: RefCell<Vec<ServerRequest>>,
}

/// What a server can do.
pub(crate) enum Does {
    /// Answers with this status and body, a few bytes at a time.
    Answers(u16, String),
    /// Sends a page for people.
    SendsPage,
    /// Ends a body that has begun like this.
    Breaks(String, server::Error),
    /// Does not answer.
    Is(server::Error),
}

pub(crate) struct FakeReply {
    request: ServerRequest,
    answer: Answer,
    pieces: VecDeque<Vec<u8>>,
    end: Option<server::Error>,
}

impl Reply for FakeReply {
    fn answer(&self) -> &Answer {
        &self.answer
    }

    async fn next(&mut self, _: u32, _: &impl Scheduler) -> Result<Option<Vec<u8>>, Error> {
        match (self.pieces.pop_front(), self.end.take()) {
            (Some(piece), end) => {
                self.end = end;
                Ok(Some(piece))
            }
            (None, Some(error)) => Err(self.request.failed(error)),
            (None, None) => Ok(None),
        }
    }
}

impl FakeServer {
    pub(crate) fn reply(&self, request: &ServerRequest) -> Result<FakeReply, Error> {
        self.asked.borrow_mut().push(request.clone());
        let does = self.answers.borrow_mut().pop_front().expect("a request that is expected");
        let reply = |status, body: String, is_page, end| {
            let answer = Answer { status, is_page, ..Answer::default() };
            let pieces = body.as_bytes().chunks(7).map(<[u8]>::to_vec).collect();
            FakeReply { request: request.clone(), answer, pieces, end }
        };
        Ok(match does {
            Does::Answers(status, body) => reply(status, body, false, None),
            Does::SendsPage => reply(200, "<!doctype html>".to_owned(), true, None),
            Does::Breaks(body, error) => reply(200, body, false, Some(error)),
            Does::Is(error) => return Err(request.failed(error)),
        })
    }
}
