//! The service of `main`, without the socket.

use std::num::NonZeroUsize;

use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, test, web};
use anzhi_api::configure;
use anzhi_api::state::State;
use serde_json::{Value, json};

/// An answer, taken apart.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A request to a fresh service that takes bodies of 8 MiB.
pub async fn ask(method: Method, path: &str, content_type: &str, body: impl Into<web::Bytes>) -> Answer {
    ask_limited(8 << 20, method, path, &[("content-type", content_type)], body).await
}

pub async fn ask_limited(
    limit: usize,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<web::Bytes>,
) -> Answer {
    let state = web::Data::new(State::new(NonZeroUsize::MIN, limit));
    let app = test::init_service(App::new().configure(configure(state))).await;
    let mut request = test::TestRequest::with_uri(path).method(method).set_payload(body);
    for header in headers.iter().filter(|header| !header.1.is_empty()) {
        request = request.append_header(*header);
    }
    let answer = test::call_service(&app, request.to_request()).await;
    let (status, headers) = (answer.status(), answer.headers().clone());
    Answer { status, headers, body: test::read_body(answer).await.to_vec() }
}

pub async fn post(path: &str, body: &Value) -> Answer {
    ask(Method::POST, path, "application/json", serde_json::to_vec(body).unwrap()).await
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// A good answer in JSON.
    #[track_caller]
    pub fn good(self) -> Vec<u8> {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.headers.get(CONTENT_TYPE).unwrap(), "application/json");
        self.body
    }

    /// One whole problem of this kind.
    #[track_caller]
    pub fn problem(&self, kind: &str, status: u16) -> Value {
        assert_eq!(
            self.headers.get(CONTENT_TYPE).map(|it| it.to_str().unwrap()),
            Some("application/problem+json")
        );
        let problem = self.json();
        assert_eq!(problem["type"], format!("urn:anzhi:problem:{kind}"), "{problem}");
        assert_eq!((self.status.as_u16(), &problem["status"]), (status, &json!(status)), "{problem}");
        let said = |name: &str| problem[name].as_str().is_some_and(|text| !text.is_empty());
        assert!(said("title") && said("detail") && problem["findings"].is_array(), "{problem}");
        problem
    }
}

/// A body that every path takes: one person, one post.
pub fn body() -> Value {
    json!({
        "document": {
            "format": "anzhi.input/1",
            "candidates": [{"id": "c-1", "kind": "disabled"}],
            "employers": [{"id": "e-1"}],
            "openings": [{"id": "o-1", "employer": "e-1", "title": "保洁员", "kind": "urban_welfare", "seats": 1}],
        },
        "policy": "general",
        "date": "2026-06-30",
    })
}

/// [`body`] with one field more, or another value for it.
pub fn body_with(name: &str, value: Value) -> Value {
    let mut body = body();
    body[name] = value;
    body
}
