//! A body that nobody reads to its end does not keep its connection.
//!
//! actix-web goes on reading a chunked body after the answer, as long as it comes, once nobody holds
//! it any more. Held until the answer has left, the connection is closed instead.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage as _;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::web::Bytes;
use futures_util::Stream as _;
use futures_util::stream::poll_fn;

/// The body of a request, which its handler reads through us.
pub(crate) struct Held(Rc<RefCell<Pin<Box<Payload>>>>);

/// Holds the body of a request that does not say how long it is.
pub(crate) fn hold(request: &mut ServiceRequest) -> Option<Held> {
    if !request.headers().contains_key(TRANSFER_ENCODING) {
        return None;
    }
    let held = Rc::new(RefCell::new(Box::pin(request.take_payload())));
    let lent = Rc::clone(&held);
    let stream = poll_fn(move |context| lent.borrow_mut().as_mut().poll_next(context));
    request.set_payload(Payload::Stream { payload: Box::pin(stream) });
    Some(Held(held))
}

impl Held {
    /// Lets go when this answer has left.
    pub(crate) fn until_sent(self, answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        answer.map_body(|_, body| BoxBody::new(Answer { body, _held: self.0 }))
    }
}

struct Answer {
    body: BoxBody,
    _held: Rc<RefCell<Pin<Box<Payload>>>>,
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}
