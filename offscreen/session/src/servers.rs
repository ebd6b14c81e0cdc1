//! Servers of the reader's: what they have is listed and added, and a job is done by one of them where
//! the reader has chosen that.

use crate::job::{self, Output};
use crate::reply::{LIST_SECONDS, accepted, read};
use crate::served::{Served, endpoint, place};
use crate::served_model::ServedModel;
use crate::{Cancel, Error, JobEnd, Platform, Runner, ServerRequest};
use catalog::ModelInfo;
use protocol::{BackendChoice, Input, JobId, ModelId, ServerAnswer, Task};
use server::{Endpoint, Listed};

impl<P: Platform> Runner<P> {
    /// Finds out what is asked about a server, and tells whoever asked.
    pub(crate) async fn answer_about_server(&self, address: &str, list: bool, key: String) {
        let answer = match self.look_at_server(address, list).await {
            Ok(answer) => answer,
            Err(error) => ServerAnswer::Failed { failure: (&error).into() },
        };
        self.session.borrow_mut().server_answered(key, answer);
    }

    async fn look_at_server(&self, address: &str, list: bool) -> Result<ServerAnswer, Error> {
        let endpoint = self.endpoint(address)?;
        let place = place(&endpoint);
        if !list {
            return Ok(ServerAnswer::Place { place });
        }
        let models = self.list(&endpoint).await?.into_iter().map(|listed| listed.name);
        Ok(ServerAnswer::Models { place, models: models.collect() })
    }

    /// Adds a model of a server, with what that says of it now. Gives its id.
    ///
    /// # Errors
    /// [`Error::ServerAddress`], [`Error::Server`] when the server does not have it, or when the storage
    /// refuses.
    pub(crate) async fn add_served(&self, address: &str, model: String) -> Result<ModelId, Error> {
        let endpoint = self.endpoint(address)?;
        let listed = self.list(&endpoint).await?.into_iter().find(|listed| listed.name == model);
        let host = endpoint.host().to_owned();
        let Some(Listed { context, parameters, .. }) = listed else {
            return Err(Error::Server { host, error: server::Error::NoModel { model } });
        };
        let served = Served { endpoint, model, context, parameters };
        self.platform.keep_served(&served).await?;
        self.look().await?;
        Ok(served.id())
    }

    /// Does a task by a server. Until something is sent there, nothing is said to be written there.
    pub(crate) async fn write_on_server(
        &self,
        job: &JobId,
        (task, choice): (&Task, BackendChoice),
        (info, served): (&ModelInfo, &Served),
        input: &Input,
        cancel: Cancel,
    ) -> Result<JobEnd, Error> {
        let start = P::now();
        let is_asked = std::cell::Cell::new(false);
        let on_ask = || {
            if !is_asked.replace(true) {
                self.session.borrow_mut().written_by(job, served.view());
            }
        };
        let mut output = Output::new(job, &self.session);
        let mut model = ServedModel::new(&self.platform, served, &on_ask);
        let scheduler = self.platform.scheduler(cancel, &|_| {});
        let result = job::execute(task, input, info.profile(), &mut model, &mut output, &scheduler).await;
        let (usage, note, failure) = model.into_parts();
        if let Some(error) = failure {
            return Err(error);
        }
        let text = result.map_err(|error| self.explained(error, task, input.lang(), info))?;
        let (times, covered) = ((start, P::now()), output.covered());
        let stats = match is_asked.get() {
            true => job::server_stats(times, covered, served, usage, note),
            false => job::stats(times, covered, info, None, choice),
        };
        Ok(JobEnd::Done { stats, text })
    }

    /// An error of a task, with what else would do it.
    pub(crate) fn explained(&self, error: Error, task: &Task, lang: Option<&str>, info: &ModelInfo) -> Error {
        match error {
            Error::Task(tasks::Error::Unsupported { what }) => {
                let what = format!("{} cannot {what}.", info.name);
                let models = self.models.borrow();
                let other = models.other(task, lang, info);
                Error::Unsupported {
                    what,
                    other: other.map(|(_, other)| (other.name.clone(), other.id.clone())),
                }
            }
            error => error,
        }
    }

    /// Where a server is asked whose address a reader has entered.
    fn endpoint(&self, address: &str) -> Result<Endpoint, Error> {
        let allowed = self.platform.address(address).and_then(|address| endpoint(&address));
        allowed.ok_or_else(|| Error::ServerAddress(address.to_owned()))
    }

    async fn list(&self, endpoint: &Endpoint) -> Result<Vec<Listed>, Error> {
        let request = ServerRequest { host: endpoint.host().to_owned(), url: endpoint.models(), body: None };
        let scheduler = self.platform.scheduler(Cancel::default(), &|_| {});
        let mut reply = self.platform.ask(&request, LIST_SECONDS, &scheduler).await?;
        accepted(&request, &mut reply, None, &scheduler).await?;
        let body = read(&mut reply, server::MOST_OF_LIST, &scheduler).await?;
        let too_much = || request.failed(server::Error::TooMuch { what: "the list of its models" });
        server::models(&body.ok_or_else(too_much)?).map_err(|error| request.failed(error))
    }
}
