//! Where a hub server is, and the key it must prove to hold.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;

/// The port where none is written: that of HTTPS, which clinics' networks let out.
const USUAL_PORT: u16 = 443;

/// Digits in one group of a pin, as people read it out.
const GROUP: usize = 4;

/// Where the hub server of a service is, and the one key that it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubServer {
    host: String,
    port: u16,
    /// The key it must prove to hold.
    pub pin: Pin,
}

/// BLAKE3 of the hub server's public key, as the DER bytes of its `SubjectPublicKeyInfo`.
///
/// A pin and not a certificate authority: nobody but the service itself says which server is
/// theirs, and a laptop whose clock is wrong by years is not locked out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pin([u8; 32]);

/// A text that is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "That is not the address of a hub server. Write its name, such as hub.example.org, or its name and port, such as hub.example.org:8443."
)]
pub struct NotAnAddress;

/// A text that is no pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "That is not the key of a hub server. It has 64 digits from 0 to 9 and a to f, as the hub server showed them when it was set up."
)]
pub struct NotAPin;

impl HubServer {
    /// Reads `host`, `host:port`, `[::1]:port` or the same after `https://`.
    pub fn new(address: &str, pin: Pin) -> Result<Self, NotAnAddress> {
        let bare = address.trim();
        let bare = bare.strip_prefix("https://").unwrap_or(bare);
        let bare = bare.strip_suffix('/').unwrap_or(bare);
        let (host, port) = split(bare)?;
        // What TLS will be asked for has to be a name or a number that it knows.
        if rustls::pki_types::ServerName::try_from(host).is_err() {
            return Err(NotAnAddress);
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            pin,
        })
    }

    /// Its name or number, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, 1 to 65535.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `host:port`, as it is typed and shown.
    pub fn address(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

fn split(bare: &str) -> Result<(&str, u16), NotAnAddress> {
    if let Some(rest) = bare.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or(NotAnAddress)?;
        let port = match rest.strip_prefix(':') {
            Some(port) => read_port(port)?,
            None if rest.is_empty() => USUAL_PORT,
            None => return Err(NotAnAddress),
        };
        return Ok((host, port));
    }
    match bare.split_once(':') {
        // Several colons are a bare IPv6 number.
        Some((_, rest)) if rest.contains(':') => Ok((bare, USUAL_PORT)),
        Some((host, port)) => Ok((host, read_port(port)?)),
        None => Ok((bare, USUAL_PORT)),
    }
}

fn read_port(text: &str) -> Result<u16, NotAnAddress> {
    match text.parse() {
        Ok(0) | Err(_) => Err(NotAnAddress),
        Ok(port) => Ok(port),
    }
}

impl Pin {
    /// The pin of a public key in DER.
    pub fn of(public_key: &[u8]) -> Self {
        Self(*blake3::hash(public_key).as_bytes())
    }

    /// The pin that is these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Pin {
    type Err = NotAPin;

    /// Reads 64 hexadecimal digits; spaces and hyphens between them are passed over.
    fn from_str(text: &str) -> Result<Self, NotAPin> {
        let digits: String = text
            .chars()
            .filter(|one| !one.is_whitespace() && *one != '-')
            .collect();
        let bytes = HEXLOWER_PERMISSIVE
            .decode(digits.as_bytes())
            .map_err(|_| NotAPin)?;
        bytes.try_into().map(Self).map_err(|_| NotAPin)
    }
}

impl fmt::Display for Pin {
    /// Sixteen groups of four digits: what is read out by telephone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = HEXLOWER_PERMISSIVE.encode(&self.0);
        for (at, group) in digits.as_bytes().chunks(GROUP).enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&String::from_utf8_lossy(group))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pin({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: Pin = Pin::from_bytes([0xa7; 32]);

    #[test]
    fn an_address_is_read_with_and_without_a_port_and_a_scheme() {
        let read = |text| HubServer::new(text, PIN).map(|hub| hub.address());
        assert_eq!(read("hub.example.org"), Ok("hub.example.org:443".into()));
        assert_eq!(
            read(" https://hub.example.org:8443/ "),
            Ok("hub.example.org:8443".into())
        );
        assert_eq!(read("192.0.2.7:9000"), Ok("192.0.2.7:9000".into()));
        assert_eq!(read("[2001:db8::7]:9000"), Ok("[2001:db8::7]:9000".into()));
        assert_eq!(read("2001:db8::7"), Ok("[2001:db8::7]:443".into()));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "hub example",
            "hub:0",
            "hub:99999",
            "hub:http",
            "http://hub",
            "[::1",
            "hub/path",
        ] {
            assert_eq!(HubServer::new(text, PIN), Err(NotAnAddress), "{text}");
        }
    }

    #[test]
    fn a_pin_is_read_back_from_how_it_is_shown() {
        let shown = PIN.to_string();
        assert_eq!(shown.split(' ').count(), 16);
        assert_eq!(shown.parse(), Ok(PIN));
        assert_eq!(shown.to_uppercase().replace(' ', "-").parse(), Ok(PIN));
    }

    #[test]
    fn a_pin_with_a_digit_missing_is_refused() {
        let shown = PIN.to_string();
        assert_eq!(shown[1..].parse::<Pin>(), Err(NotAPin));
        assert_eq!("".parse::<Pin>(), Err(NotAPin));
        assert_eq!(shown.replace('a', "g").parse::<Pin>(), Err(NotAPin));
    }
}
