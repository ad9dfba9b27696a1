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
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use futures_util::Stream as _;
use futures_util::stream::poll_fn;

/// Holds the body of a request that does not say how long it is, until its answer has left. Outside of
/// everything else: what answers without a body of its own would let go at once.
///
/// # Errors
/// None of its own.
pub(crate) async fn unread(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !request.headers().contains_key(TRANSFER_ENCODING) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let held = Rc::new(RefCell::new(Box::pin(request.take_payload())));
    // What runs through here is read by the handler; what is left over is nobody's.
    let lent = Rc::clone(&held);
    let stream = poll_fn(move |context| lent.borrow_mut().as_mut().poll_next(context));
    request.set_payload(Payload::Stream { payload: Box::pin(stream) });
    let answer = next.call(request).await?.map_into_boxed_body();
    Ok(answer.map_body(|_, body| BoxBody::new(Answer { body, _held: held })))
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
