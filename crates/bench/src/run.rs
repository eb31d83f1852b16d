//! Running requests from many clients at once and measuring how long they take.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::http::Client;

/// How many clients for how long.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Clients at once.
    pub clients: usize,
    /// Seconds that do not count.
    pub warm_up: u64,
    /// Seconds that count.
    pub seconds: u64,
}

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Requests per second.
    pub rate: f64,
    /// Half of the requests were answered in this many milliseconds.
    pub p50: f64,
    /// 95 of 100 requests were answered in this many milliseconds.
    pub p95: f64,
    /// 99 of 100 requests were answered in this many milliseconds.
    pub p99: f64,
}

/// Lets each client send its requests again and again, one after the other.
///
/// # Errors
/// When a request fails or is not answered with a status below 300.
pub fn load(
    address: SocketAddr,
    requests: &[Vec<Vec<u8>>],
    pace: &Pace,
) -> Result<Measured, String> {
    let begin = Instant::now() + Duration::from_secs(pace.warm_up);
    let end = begin + Duration::from_secs(pace.seconds);
    let results: Vec<Result<Vec<u32>, String>> = std::thread::scope(|scope| {
        let clients: Vec<_> = requests
            .iter()
            .map(|own| scope.spawn(move || client(address, own, begin, end)))
            .collect();
        let broken = || Err("a client panicked".to_owned());
        (clients.into_iter())
            .map(|client| client.join().unwrap_or_else(|_| broken()))
            .collect()
    });
    // What was sent before the end is waited for.
    let took = begin.elapsed().as_secs_f64();
    let mut micros: Vec<u32> = Vec::new();
    for result in results {
        micros.extend(result?);
    }
    micros.sort_unstable();
    if micros.is_empty() {
        return Err("no request was answered in time".to_owned());
    }
    let quantile = |q: f64| {
        let index = (micros.len() as f64 * q) as usize;
        f64::from(micros[index.min(micros.len() - 1)]) / 1000.0
    };
    Ok(Measured {
        rate: micros.len() as f64 / took,
        p50: quantile(0.5),
        p95: quantile(0.95),
        p99: quantile(0.99),
    })
}

/// Sends requests until the end; returns the microseconds of those that count: sent after the warming
/// up, or one that took longer than all of it.
fn client(
    address: SocketAddr,
    requests: &[Vec<u8>],
    begin: Instant,
    end: Instant,
) -> Result<Vec<u32>, String> {
    let mut client = Client::connect(address).map_err(|e| e.to_string())?;
    let mut micros = Vec::with_capacity(1 << 16);
    for request in requests.iter().cycle() {
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        let answer = client
            .send(request)
            .map_err(|e| format!("the server did not answer: {e}"))?;
        if answer.status >= 300 {
            let body = String::from_utf8_lossy(&answer.body);
            return Err(format!("the server answered {}: {body}", answer.status));
        }
        let is_counted = sent >= begin || (micros.is_empty() && Instant::now() >= end);
        if is_counted {
            micros.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }
    Ok(micros)
}
