//! How a laptop joins a service: what it asks for, and what an administrator answers.
//!
//! The keys are made on the joining laptop and never leave it. Its *request* carries their public
//! halves; its *answer* the certificates, the scope keys sealed to it, and the service's record.
//! Two people compare six words by telephone, once each way: the request's, so that the
//! administrator certifies the keys of this laptop and no other's; the root's, so that the laptop
//! joins this service and no other.

mod answer;
mod answer_wire;
mod request;

pub use answer::{Answer, AnswerClaims, AnswerError, GivenKey, HubServer, MAX_ANSWER_BYTES};
pub use request::{MAX_REQUEST_BYTES, Request, RequestClaims, RequestError, RequestId};
