//! The body of a request: JSON of the declared type, within the limit, read off the workers.

use std::future::Future;
use std::pin::Pin;

use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev, web};

use crate::problem::{Kind, Problem};
use crate::state::State;

/// The bytes of a body that is declared as JSON and not too large; not yet read.
#[derive(Debug)]
pub struct JsonBytes(pub web::Bytes);

impl FromRequest for JsonBytes {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let declared = request.content_type().to_owned();
        let limit = request.app_data::<web::Data<State>>().map_or(0, |state| state.body_limit());
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json(&declared) {
                let found = if declared.is_empty() { "nothing".to_owned() } else { format!("`{declared}`") };
                let detail = format!("the body is declared as {found}; declare it as application/json");
                return Err(Problem::new(Kind::ContentType, detail));
            }
            bytes.await.map(Self).map_err(|error| match error.as_error::<PayloadError>() {
                Some(PayloadError::Overflow) => {
                    let detail = format!("at most {limit} bytes are taken; send less, or raise --body-limit");
                    Problem::new(Kind::TooLarge, detail)
                }
                _ => Problem::new(Kind::BrokenBody, format!("{error}; send the request again")),
            })
        })
    }
}

fn is_json(declared: &str) -> bool {
    let name = declared.trim().to_ascii_lowercase();
    name == "application/json" || (name.starts_with("application/") && name.ends_with("+json"))
}
