//! From where a request comes: the machine that is connected, or, when that is a proxy of ours, the
//! one for which it speaks.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::header;
use etalon_persistence::sessions::Device;

/// Header in which every proxy appends the address that was connected to it.
const FORWARDED: &str = "x-forwarded-for";

/// Proxies that are believed whom they speak for. Anybody else could claim to be anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    loopback: bool,
    addresses: Vec<IpAddr>,
}

impl TrustedProxies {
    /// Whether this is one of them.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.loopback && address.is_loopback() || self.addresses.contains(&address)
    }
}

impl FromStr for TrustedProxies {
    /// The word that is neither `loopback` nor an IP address.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut proxies = Self::default();
        for word in text.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            if word == "loopback" {
                proxies.loopback = true;
            } else {
                let address: IpAddr = word.parse().map_err(|_| word.to_owned())?;
                proxies.addresses.push(address.to_canonical());
            }
        }
        Ok(proxies)
    }
}

/// The address of whoever made the request: the last one on its way that is no trusted proxy.
#[must_use]
pub fn address(request: &HttpRequest, proxies: &TrustedProxies) -> Option<IpAddr> {
    let mut nearest = request.peer_addr()?.ip().to_canonical();
    let values = request.headers().get_all(FORWARDED);
    let way: Vec<&str> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in way.into_iter().rev() {
        if !proxies.trusts(nearest) {
            break;
        }
        let Some(before) = parse(hop.trim()) else {
            break;
        };
        nearest = before;
    }
    Some(nearest)
}

/// An address as proxies write it, some with a port.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse::<SocketAddr>().ok().map(|s| s.ip());
    let found = bare.parse().ok().or_else(with_port);
    found.map(|ip: IpAddr| ip.to_canonical())
}

/// What a session remembers of where it was begun.
#[must_use]
pub fn device(request: &HttpRequest, proxies: &TrustedProxies) -> Device {
    let user_agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .map(|text| text.chars().take(300).collect());
    Device {
        user_agent,
        ip: address(request, proxies).map(|ip| ip.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn seen(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        let mut request =
            TestRequest::default().peer_addr(SocketAddr::new(peer.parse().unwrap(), 1));
        for value in forwarded {
            request = request.append_header((FORWARDED, *value));
        }
        let found = address(&request.to_http_request(), &trusted.parse().unwrap());
        found.unwrap().to_string()
    }

    #[test]
    fn without_a_trusted_proxy_the_connected_machine_counts() {
        assert_eq!(seen("127.0.0.1", &["192.0.2.9"], ""), "127.0.0.1");
        assert_eq!(
            seen("198.51.100.1", &["192.0.2.9"], "loopback"),
            "198.51.100.1"
        );
    }

    #[test]
    fn a_trusted_proxy_is_believed_up_to_the_first_stranger() {
        assert_eq!(seen("127.0.0.1", &["192.0.2.9"], "loopback"), "192.0.2.9");
        assert_eq!(
            seen("::ffff:10.0.0.7", &["192.0.2.9"], "10.0.0.7"),
            "192.0.2.9"
        );
        // The first entries were sent by whoever claims to be there.
        let way = ["1.1.1.1, 192.0.2.9", "10.0.0.8"];
        assert_eq!(seen("10.0.0.7", &way, "10.0.0.7,10.0.0.8"), "192.0.2.9");
        assert_eq!(seen("10.0.0.7", &way, "10.0.0.7"), "10.0.0.8");
    }

    #[test]
    fn ports_are_left_out_and_nonsense_ends_the_way() {
        assert_eq!(seen("::1", &["192.0.2.9:4711"], "loopback"), "192.0.2.9");
        assert_eq!(
            seen("::1", &["[2001:db8::5]:4711"], "loopback"),
            "2001:db8::5"
        );
        assert_eq!(seen("::1", &["192.0.2.9, unknown"], "loopback"), "::1");
        assert_eq!(seen("::1", &[], "loopback"), "::1");
    }
}
