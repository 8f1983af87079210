//! `GET /livez`: whether the service answers at all.

use actix_web::HttpResponse;

pub(super) async fn livez() -> HttpResponse {
    super::json(b"{\"status\":\"ok\"}\n".to_vec())
}
