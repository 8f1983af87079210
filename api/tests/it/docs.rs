//! The examples of `docs/http.md`, run: each `curl` with the answer that the page shows, of which it may leave parts out.

use actix_web::http::Method;
use serde_json::Value;

use super::server::ask;

const PAGE: &str = include_str!("../../../docs/http.md");
const HOST: &str = "http://127.0.0.1:8787";

struct Example<'p> {
    path: &'p str,
    body: Option<&'p str>,
    answer: Value,
}

/// The blocks of one language, in the order of the page.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    PAGE.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

fn examples() -> Vec<Example<'static>> {
    let (commands, answers) = (blocks("sh"), blocks("json"));
    assert_eq!(commands.len(), answers.len(), "each command has its answer");
    let example = |(command, answer): (&&'static str, &&'static str)| {
        let path = command.split(HOST).nth(1).expect("a command asks this service");
        let path = path.split_whitespace().next().unwrap();
        let body = command.split_once("<<'JSON'\n").map(|(_, rest)| rest.trim_end_matches("\nJSON"));
        assert_eq!(body.is_some(), command.contains("content-type: application/json"), "{command}");
        Example { path, body, answer: serde_json::from_str(answer).expect("an answer is JSON") }
    };
    commands.iter().zip(&answers).map(example).collect()
}

/// Whether everything that is shown is there: of a list its first entries, of a record some of its fields.
fn shows(shown: &Value, answer: &Value, place: &str) {
    match (shown, answer) {
        (Value::Object(shown), Value::Object(answer)) => {
            for (name, value) in shown {
                let found = answer.get(name).unwrap_or_else(|| panic!("{place}/{name} is not answered"));
                shows(value, found, &format!("{place}/{name}"));
            }
        }
        (Value::Array(shown), Value::Array(answer)) => {
            assert!(shown.len() <= answer.len(), "{place}: {answer:?}");
            for (at, (one, other)) in shown.iter().zip(answer).enumerate() {
                shows(one, other, &format!("{place}/{at}"));
            }
        }
        _ => assert_eq!(shown, answer, "{place}"),
    }
}

#[actix_web::test]
async fn every_example_of_the_page_runs() {
    let examples = examples();
    assert!(examples.len() >= 6);
    for example in examples {
        let answer = match example.body {
            Some(body) => ask(Method::POST, example.path, "application/json", body).await,
            None => ask(Method::GET, example.path, "", "").await,
        };
        shows(&example.answer, &answer.json(), example.path);
        let failed = example.answer["type"].is_string();
        assert_eq!(answer.status.is_success(), !failed, "{}", example.path);
    }
}

#[test]
fn every_path_has_an_example_or_a_row() {
    for path in ["GET /livez", "GET /v1/policies", "POST /v1/checks", "POST /v1/shortlists", "POST /v1/plans"]
    {
        assert!(PAGE.contains(&format!("| `{path}` |")), "{path}");
    }
}
