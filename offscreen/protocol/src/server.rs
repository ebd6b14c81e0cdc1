//! Servers of the reader's own, and models that they have.

use crate::Failure;
use serde::{Deserialize, Serialize};

/// Where a server is.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ServerPlace {
    /// Where it is asked.
    pub address: String,
    /// Its host, with the port where it has one.
    pub host: String,
    /// Whether that is this machine: what is sent to any other leaves it.
    pub is_local: bool,
    /// The addresses of this host, as the browser is asked for the permission to reach them.
    pub pattern: String,
}

/// A model that a server has.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ServedModel {
    /// Its name there.
    pub model: String,
    pub place: ServerPlace,
}

/// What is found out about a server.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "answer", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ServerAnswer {
    /// Where it is: nothing was sent to it.
    Place { place: ServerPlace },
    /// The names of its models.
    Models { place: ServerPlace, models: Vec<String> },
    /// Nothing, by an error.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}
