//! Every path of the service, in one place.

mod checks;
mod livez;
mod plans;
mod policies;

use actix_web::http::header::ContentType;
use actix_web::middleware::Compress;
use actix_web::{HttpRequest, HttpResponse, Resource, Route, web};
use anzhi_desk::run::json_bytes;
use serde::Serialize;

use crate::problem::{Kind, Problem};

pub(crate) fn routes(app: &mut web::ServiceConfig) {
    app.service(only("/livez", "GET", web::get().to(livez::livez)))
        .service(
            web::scope("/v1")
                .wrap(Compress::default())
                .service(only("/policies", "GET", web::get().to(policies::policies)))
                .service(only("/checks", "POST", web::post().to(checks::checks)))
                .service(only("/shortlists", "POST", web::post().to(plans::shortlists)))
                .service(only("/plans", "POST", web::post().to(plans::plans)))
                .default_service(web::to(unknown_path)),
        )
        .default_service(web::to(unknown_path));
}

/// A path that takes one method.
fn only(path: &str, allow: &'static str, route: Route) -> Resource {
    let other = move |request: HttpRequest| async move {
        Err::<HttpResponse, Problem>(Problem::wrong_method(request.method().as_str(), allow))
    };
    web::resource(path).route(route).default_service(web::to(other))
}

async fn unknown_path(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let detail = format!("there is nothing at {}; see docs/http.md for the paths there are", request.path());
    Err(Problem::new(Kind::UnknownPath, detail))
}

/// An answer of bytes that are JSON already.
fn json(bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(bytes)
}

/// A record as the bytes that the command line would write.
fn bytes(record: &impl Serialize) -> Result<Vec<u8>, Problem> {
    json_bytes(record).map_err(|error| Problem::new(Kind::Crashed, error.to_string()))
}
