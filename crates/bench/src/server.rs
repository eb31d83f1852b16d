//! The server that is measured: a process of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::{Client, request};

/// A running server; it is stopped when this is dropped.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Memory of a process in MB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// What it has now.
    pub resident: f64,
    /// The most it ever had.
    pub peak: f64,
}

/// Fills an empty database with the demo company.
///
/// # Errors
/// When the program is not there or refuses.
pub fn fill_demo(program: &Path, url: &str, folder: &Path) -> Result<(), String> {
    let output = command(program, url, folder)
        .arg("demo")
        .output()
        .map_err(|e| format!("{} does not start: {e}", program.display()))?;
    if output.status.success() {
        Ok(())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(format!("the demo company could not be made: {said}"))
    }
}

fn command(program: &Path, url: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("ETALON_DATABASE_URL", url)
        .env("ETALON_DATA_DIR", folder)
        .env_remove("ETALON_CONFIG")
        .env_remove("ETALON_LOG")
        .stdin(Stdio::null());
    command
}

impl Server {
    /// Starts the server on a free port and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start within a minute.
    pub fn start(program: &Path, url: &str, folder: &Path) -> Result<Self, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let address = free.map_err(|e| e.to_string())?;
        let process = command(program, url, folder)
            .args(["serve", "--listen", &address.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .map_err(|e| format!("{} does not start: {e}", program.display()))?;
        let mut server = Self { process, address };
        let give_up = Instant::now() + Duration::from_secs(60);
        let ready = request("GET", "/health/ready", None, None);
        loop {
            let answer = Client::connect(address).and_then(|mut client| client.send(&ready));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(server);
            }
            if let Ok(Some(status)) = server.process.try_wait() {
                return Err(format!("the server ended with {status}"));
            }
            if Instant::now() > give_up {
                return Err("the server is not ready after a minute".to_owned());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Signs in and returns the access token.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn sign_in(&self, email: &str, password: &str) -> Result<String, String> {
        let body = json!({"email": email, "password": password}).to_string();
        let login = request("POST", "/api/v1/auth/login", None, Some(body.as_bytes()));
        let answer = Client::connect(self.address)
            .and_then(|mut client| client.send(&login))
            .map_err(|e| e.to_string())?;
        let granted: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        match granted["access_token"].as_str() {
            Some(token) => Ok(token.to_owned()),
            None => Err(format!("sign-in was answered with {}", answer.status)),
        }
    }

    /// Its memory.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn memory(&self) -> Result<Memory, String> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let number: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
            Some(number / 1024.0)
        };
        match (megabytes("VmRSS:"), megabytes("VmHWM:")) {
            (Some(resident), Some(peak)) => Ok(Memory { resident, peak }),
            _ => Err("the system does not tell the memory of a process".to_owned()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
