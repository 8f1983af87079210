//! The service answers what the command line writes, byte for byte.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use actix_web::http::Method;
use actix_web::http::header::CONTENT_ENCODING;
use serde_json::{Value, json};

use super::server::{ask_limited, post};

const LIMIT: usize = 64 << 20;

fn county(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/counties").join(name)
}

/// The result of the command line for a county, with these flags more.
fn result(name: &str, flags: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let room = tempfile::tempdir().unwrap();
    let out = room.path().join("out");
    let mut arguments: Vec<OsString> = vec!["anzhi".into(), "match".into(), county(name).into()];
    arguments.extend(["--out".into(), out.clone().into_os_string()]);
    arguments.extend(flags.iter().map(OsString::from));
    let _ = anzhi_desk::cli::main(arguments);
    assert!(out.join("report.json").exists(), "{name}");
    (room, out)
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The request that asks for the same as a finished run; its document as the text that the run wrote.
fn request(out: &Path, fields: &Value) -> String {
    let document = fs::read_to_string(out.join("input.json")).unwrap();
    let fields = fields.to_string();
    format!("{{\"document\":{},{}", document.trim_end(), fields.strip_prefix('{').unwrap())
}

async fn report(path: &str, body: String) -> Vec<u8> {
    let json = [("content-type", "application/json")];
    ask_limited(LIMIT, Method::POST, path, &json, body).await.good()
}

#[actix_web::test]
async fn plans_are_the_command_lines_bytes_for_every_county() {
    for name in ["xinhuang", "zhongshan", "panjin", "dianjiang", "jizhou"] {
        let decisions = county(name).join("decisions.example.toml");
        let flags =
            if decisions.exists() { vec!["--decisions", decisions.to_str().unwrap()] } else { Vec::new() };
        let (_room, out) = result(name, &flags);
        let written = fs::read(out.join("report.json")).unwrap();
        let seed = read(&out.join("report.json"))["seed"]["seed"].clone();
        let mut fields = json!({"policy": name, "date": "2024-06-30", "seed": seed});
        if let Ok(text) = fs::read_to_string(decisions) {
            fields["decisions_toml"] = json!(text);
        }
        let answered = report("/v1/plans", request(&out, &fields)).await;
        assert!(answered == written, "{name}: the reports differ");
        assert_eq!(serde_json::from_slice::<Value>(&answered).unwrap()["plan"]["status"], "optimal");
    }
}

#[actix_web::test]
async fn a_policy_by_its_text_and_a_decision_that_is_missing() {
    let flags = ["--lang", "en", "--top", "3", "--seed", "a seed of its own", "--salt", "a salt"];
    let (_room, out) = result("panjin", &flags);
    let text = fs::read_to_string(out.join("policy.toml")).unwrap();
    let seed = "a seed of its own";
    let mut fields =
        json!({"policy_toml": text, "date": "2024-06-30", "language": "en", "top": 3, "seed": seed});
    fields["salt"] = json!("a salt");
    let answered = report("/v1/plans", request(&out, &fields)).await;
    assert!(answered == fs::read(out.join("report.json")).unwrap());
    let plan = serde_json::from_slice::<Value>(&answered).unwrap()["plan"].clone();
    assert_eq!(plan, json!({"status": "decision_needed", "placements": []}));
}

#[actix_web::test]
async fn shortlists_are_those_of_the_plan_without_it() {
    let (_room, out) = result("xinhuang", &[]);
    let written = read(&out.join("report.json"));
    let fields = json!({"policy": "xinhuang", "date": "2024-06-30", "seed": written["seed"]["seed"]});
    let answered = report("/v1/shortlists", request(&out, &fields)).await;
    let answered: Value = serde_json::from_slice(&answered).unwrap();
    assert_eq!(answered["plan"], json!({"status": "not_asked", "placements": []}));
    let lists = |report: &Value, of: &str| -> Vec<Value> {
        let rows = report[of].as_array().unwrap().iter();
        rows.map(|it| json!([it["id"], it["shortlist"], it["to_check"]])).collect()
    };
    for of in ["openings", "candidates"] {
        assert!(lists(&answered, of) == lists(&written, of), "{of}");
    }
}

#[actix_web::test]
async fn checks_point_into_the_document() {
    let (_room, out) = result("xinhuang", &[]);
    let written = read(&out.join("report.json"));
    let mut document = read(&out.join("input.json"));
    document["candidates"][4]["household"] = json!("nowhere");
    let body = json!({"document": document, "policy": "xinhuang", "date": "2024-06-30"});
    let checks: Value = serde_json::from_slice(&post("/v1/checks", &body).await.good()).unwrap();
    let rejected = &checks["rejected"][0];
    assert_eq!((&rejected["code"], &rejected["list"]), (&json!("E111"), &json!("candidates")), "{rejected}");
    assert_eq!(rejected["path"], "/candidates/4/household");
    assert!(rejected["text"].as_str().unwrap().contains("nowhere"), "{rejected}");
    let row = checks["rows"].as_array().unwrap().iter().find(|row| row["list"] == "candidates").unwrap();
    assert_eq!(row["received"].as_u64().unwrap(), row["accepted"].as_u64().unwrap() + 1);
    // what the gate says is the same; that nobody can take an opening is known after the match only
    let of_gate = |of: &Value| -> Vec<Value> {
        let findings = of["findings"].as_array().unwrap().iter();
        findings.filter(|it| it["code"] != "A206").cloned().collect()
    };
    assert_eq!(of_gate(&checks), of_gate(&written));
}

#[actix_web::test]
async fn a_long_answer_comes_packed_where_the_client_asks_for_it() {
    let headers = [("accept-encoding", "gzip")];
    let answer = ask_limited(LIMIT, Method::GET, "/v1/policies", &headers, "").await;
    assert_eq!(answer.headers.get(CONTENT_ENCODING).unwrap(), "gzip");
    assert!(answer.body.starts_with(&[0x1f, 0x8b]));
}
