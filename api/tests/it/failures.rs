//! Every failure is one problem, the framework's own included.

use std::num::NonZeroUsize;

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use anzhi::policy::Policy;
use anzhi_api::problem::Kind;
use anzhi_api::settings::Settings;
use clap::Parser;
use serde_json::{Value, json};

use super::server::{ask, ask_limited, body, body_with, post};

const POSTS: [&str; 3] = ["/v1/checks", "/v1/shortlists", "/v1/plans"];

#[actix_web::test]
async fn paths_and_methods() {
    for path in
        ["/", "/v1", "/v1/", "/v2/plans", "/v1/plans/", "/v1/plans/7", "/livez/", "/%ff", "/v1/policy"]
    {
        for method in [Method::GET, Method::POST] {
            ask(method, path, "application/json", "{}").await.problem("unknown-path", 404);
        }
    }
    for path in POSTS {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let answer = ask(method, path, "", "").await;
            answer.problem("wrong-method", 405);
            assert_eq!(answer.headers.get(ALLOW).unwrap(), "POST");
        }
    }
    for path in ["/livez", "/v1/policies"] {
        let answer = ask(Method::POST, path, "application/json", "{}").await;
        answer.problem("wrong-method", 405);
        assert_eq!(answer.headers.get(ALLOW).unwrap(), "GET");
    }
}

#[actix_web::test]
async fn bodies_that_are_not_what_they_should_be() {
    let good = body().to_string();
    for path in POSTS {
        for content_type in
            ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        {
            ask(Method::POST, path, content_type, good.clone()).await.problem("content-type", 415);
        }
        let cases = [
            (String::new(), ""),
            ("{".to_owned(), ""),
            ("[]".to_owned(), ""),
            ("null".to_owned(), ""),
            ("[{\"format\": \"anzhi.input/1\"}, \"general\", null, \"2026-06-30\"]".to_owned(), ""),
            ("\u{feff}{}".to_owned(), ""),
            (format!("{good}{good}"), ""),
            ("[".repeat(100_000), ""),
            ("{}".to_owned(), ""),
            (body_with("dat", json!("2026-06-30")).to_string(), "/dat"),
            (body_with("date", json!("2026-02-30")).to_string(), "/date"),
            (body_with("date", json!(20_260_630)).to_string(), "/date"),
            (body_with("top", json!(-1)).to_string(), "/top"),
            (good.replace("urban_welfare", "urban"), "/document/openings/0/kind"),
            (good.replace("\"seats\":1", "\"seats\":\"one\""), "/document/openings/0/seats"),
            (good.replace("\"seats\":1", "\"seats\":1,\"phone\":\"1\""), "/document/openings/0/phone"),
        ];
        for (text, place) in cases {
            let shown: String = text.chars().take(80).collect();
            let problem = ask(Method::POST, path, "application/json", text).await.problem("bad-body", 400);
            assert_eq!(problem["findings"][0]["path"], place, "{shown}");
        }
        let deep = format!("{{\"document\":{}", "[".repeat(100_000));
        ask(Method::POST, path, "application/json", deep).await.problem("bad-body", 400);
        ask(Method::POST, path, "application/json", vec![0xff, 0xfe, 0x00]).await.problem("bad-body", 400);
    }
}

#[actix_web::test]
async fn bodies_that_are_too_large_or_broken() {
    let good = body().to_string();
    let json = ("content-type", "application/json");
    for path in POSTS {
        let limit = good.len();
        ask_limited(limit, Method::POST, path, &[json], good.clone()).await.good();
        let answer = ask_limited(limit - 1, Method::POST, path, &[json], good.clone()).await;
        let problem = answer.problem("too-large", 413);
        assert!(problem["detail"].as_str().unwrap().contains(&(limit - 1).to_string()), "{problem}");
        let packed = [json, ("content-encoding", "gzip")];
        ask_limited(limit, Method::POST, path, &packed, "no gzip at all").await.problem("broken-body", 400);
    }
}

/// The path of the first finding, which must be there.
async fn place(body: Value, kind: &str) -> Value {
    let mut findings = Vec::new();
    for path in POSTS {
        let problem = post(path, &body).await.problem(kind, 422);
        findings.push(problem["findings"][0].clone());
    }
    assert!(findings.windows(2).all(|pair| pair[0] == pair[1]), "{findings:?}");
    assert!(findings[0]["text"].as_str().is_some_and(|text| !text.is_empty()), "{findings:?}");
    findings.remove(0)
}

#[actix_web::test]
async fn policies_that_cannot_be_used() {
    let found = place(body_with("policy", json!("hunan")), "unknown-policy").await;
    assert_eq!(found["path"], "/policy");
    assert!(found["text"].as_str().unwrap().contains("general"), "{found}");
    place(body_with("policy", Value::Null), "policy-choice").await;
    let text = Policy::builtin_text("general").unwrap();
    place(body_with("policy_toml", json!(text)), "policy-choice").await;
    let mut own = body_with("policy_toml", json!(text.replace("[weights]", "[wieghts]")));
    own["policy"] = Value::Null;
    let found = place(own.clone(), "bad-policy").await;
    let line = text.lines().position(|line| line == "[weights]").unwrap() + 1;
    assert_eq!((&found["path"], &found["line"]), (&json!("/policy_toml"), &json!(line)), "{found}");
    assert!(found["column"].is_u64() && found["text"].as_str().unwrap().contains("wieghts"), "{found}");
    own["policy_toml"] = json!("format = ");
    assert_eq!(place(own, "bad-policy").await["line"], 1);
}

#[actix_web::test]
async fn decisions_that_cannot_be_taken_up() {
    let mut body = body_with("decisions_toml", json!("format = 1"));
    body["policy"] = json!("panjin");
    assert_eq!(place(body.clone(), "bad-decisions").await["path"], "/decisions_toml");
    let example = include_str!("../../../fixtures/counties/panjin/decisions.example.toml");
    body["decisions_toml"] = json!(example);
    body["date"] = json!("2024-05-01");
    let found = place(body.clone(), "bad-decisions").await;
    assert!(found["text"].as_str().unwrap().contains("2024-05-01"), "{found}");
    body["policy"] = json!("xinhuang");
    assert!(place(body, "bad-decisions").await["line"].is_u64());
}

#[actix_web::test]
async fn an_order_that_cannot_be_followed() {
    let order = "format = \"anzhi.decisions/1\"\npolicy = \"xinhuang\"\n[[orders]]\norder = \"forbid\"\n\
                 candidate = \"nobody\"\nopening = \"o-1\"\ntext = \"x\"\noffice = \"x\"\ndate = 2024-01-02\n";
    let mut body = body_with("decisions_toml", json!(order));
    body["policy"] = json!("xinhuang");
    body["document"]["openings"][0]["kind"] = json!("rural_welfare");
    let problem = post("/v1/plans", &body).await.problem("bad-decisions", 422);
    let found = &problem["findings"][0];
    assert_eq!((&found["path"], &found["line"]), (&json!("/decisions_toml"), &json!(3)), "{found}");
}

#[actix_web::test]
async fn values_out_of_their_range() {
    assert_eq!(place(body_with("top", json!(0)), "bad-value").await["path"], "/top");
    assert_eq!(place(body_with("top", json!(1_000_000)), "bad-value").await["path"], "/top");
    assert_eq!(place(body_with("language", json!("fr")), "bad-value").await["path"], "/language");
    let mut other = body();
    other["document"]["format"] = json!("anzhi.input/9");
    assert_eq!(place(other, "bad-document").await["path"], "/document/format");
    for path in ["/v1/shortlists", "/v1/plans"] {
        let problem = post(path, &body_with("seed", json!("a\nb"))).await.problem("bad-value", 422);
        assert_eq!(problem["findings"][0]["path"], "/seed");
    }
}

#[test]
fn every_kind_of_problem_has_its_row_in_the_docs() {
    let docs = include_str!("../../../docs/http.md");
    for kind in Kind::ALL {
        let row = format!("| `{}` | {} | ", kind.code(), kind.status().as_u16());
        assert!(docs.contains(&row), "{row}");
    }
}

#[test]
fn settings_have_sound_usual_values() {
    let settings = Settings::parse_from(["anzhi-api"]);
    assert_eq!(settings.bind.to_string(), "127.0.0.1:8787");
    assert_eq!(settings.body_bytes(), 64 << 20);
    assert_eq!(settings.runs, NonZeroUsize::new(2).unwrap());
    for wrong in ["--bind=somewhere", "--workers=0", "--runs=0", "--body-limit=0", "--body-limit=9999"] {
        assert!(Settings::try_parse_from(["anzhi-api", wrong]).is_err(), "{wrong}");
    }
}
