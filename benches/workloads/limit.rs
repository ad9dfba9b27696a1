//! The limit: the same bytes from memory, by the same server with the same middleware.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::http::header::{CONTENT_TYPE, LAST_MODIFIED};
use actix_web::web::{Bytes, Data, get};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use onrecord::api::{Site, housed};

/// Answers by path and query.
pub type Bodies = Arc<HashMap<String, Bytes>>;

/// Answers from memory, on as many threads as the server has, until the process ends.
pub fn serve(site: Site, bodies: Bodies) -> SocketAddr {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let routes = move || {
            let routes = App::new()
                .app_data(Data::from(Arc::clone(&bodies)))
                .route("/v1/articles", get().to(answer))
                .route("/v1/articles/{article}", get().to(answer));
            housed(routes, &site)
        };
        let workers = std::thread::available_parallelism().unwrap().get();
        let server = HttpServer::new(routes).workers(workers).disable_signals();
        actix_web::rt::System::new().block_on(server.listen(socket).unwrap().run()).unwrap();
    });
    address
}

async fn answer(request: HttpRequest, bodies: Data<HashMap<String, Bytes>>) -> HttpResponse {
    match bodies.get(request.uri().path_and_query().unwrap().as_str()) {
        Some(body) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/json"))
            .insert_header((LAST_MODIFIED, "Mon, 21 Sep 2020 17:23:00 GMT"))
            .body(body.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}
