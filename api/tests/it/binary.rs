//! The binary itself: it listens, answers, and says in one sentence why it cannot.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Service {
    child: Child,
    address: String,
}

impl Service {
    /// A service on a port that the system chooses.
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anzhi-api"));
        command.args(["--bind", "127.0.0.1:0", "--workers", "1", "--body-limit", "1"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").expect("where it listens").1.to_owned();
        Self { child, address }
    }

    fn say(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_service_listens_and_keeps_its_limit() {
    let service = Service::start();
    let answer = service.say(b"GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("{\"status\":\"ok\"}\n"), "{answer}");
    let head =
        "POST /v1/plans HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let answer = service.say(format!("{head}content-length: 1048577\r\n\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("problem+json"), "{answer}");
}

#[test]
fn an_address_in_use_is_told_in_one_sentence() {
    let service = Service::start();
    let mut second = Command::new(env!("CARGO_BIN_EXE_anzhi-api"));
    let output = second.args(["--bind", &service.address]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.lines().count() == 1 && said.contains(&service.address) && said.contains("--bind"),
        "{said}"
    );
}
