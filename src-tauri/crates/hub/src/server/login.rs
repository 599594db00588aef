//! Who is there.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sync::admitted::Admitted;
use sync::login::{Hello, Login, Pass, Welcome};
use sync::shelf::Shelf as _;
use sync::version::negotiate;

use crate::clock;
use crate::shelf;

use super::connections::Peer;
use super::front::{Front, Holder};
use super::rates::Rate;
use super::refusal::Refusal;
use super::routes::message;
use super::token;

/// The most bytes of a greeting.
const GREETING: usize = 1024;
/// The most bytes of a login: a chain of the largest certificates that a service has use for.
const LOGIN: usize = 256 * 1024;

/// `POST /v1/hello`: which version, and a nonce.
pub(super) async fn hello(front: &Front, request: Request) -> Result<Vec<u8>, Refusal> {
    admit(front, &request)?;
    let hello = Hello::from_bytes(&message(front, request, GREETING).await?)?;
    let service = front.about().service;
    if hello.service != service {
        return Err(Refusal::OtherService);
    }
    let version = negotiate(&hello.versions()).ok_or(Refusal::Version)?;
    let time = clock::now();
    let random: [u8; 8] = random()?;
    let welcome = Welcome {
        service,
        version,
        nonce: token::nonce(&front.secret, random, time.as_millisecond()),
        time,
    };
    Ok(welcome.to_bytes())
}

/// `POST /v1/login`: a token for a device that proves which it is.
pub(super) async fn log_in(front: &Front, request: Request) -> Result<Vec<u8>, Refusal> {
    admit(front, &request)?;
    let login = Login::from_bytes(&message(front, request, LOGIN).await?)?;
    let about = front.about();
    if login.service != about.service {
        return Err(Refusal::OtherService);
    }
    let now = clock::now().as_millisecond();
    let nonce_until = token::good_until(&front.secret, &login.nonce, now).ok_or(Refusal::Nonce)?;
    let device = login
        .check(
            &about.root,
            about.hub_site,
            &login.nonce,
            front.pin.as_bytes(),
        )
        .map_err(Refusal::NotAdmitted)?;
    let token: [u8; 32] = random()?;
    let holder = Holder {
        device: Arc::new(device),
        until: now + token::PASS_LASTS_MS,
    };
    write_down(front, login, nonce_until, token::hash(&token), &holder).await?;
    tracing::info!(device = %holder.device.device(), "logged in");
    front.remember(token::hash(&token), holder);
    let pass = Pass {
        service: about.service,
        token,
        valid_for: Duration::from_millis(token::PASS_LASTS_MS.unsigned_abs()),
    };
    Ok(pass.to_bytes())
}

async fn write_down(
    front: &Front,
    login: Login,
    nonce_until: i64,
    token_hash: [u8; 32],
    holder: &Holder,
) -> Result<(), Refusal> {
    let (device, until) = (holder.device.device(), holder.until);
    front
        .on_shelf(move |shelf| {
            if shelf.is_blocked(device)? {
                return Ok(Err(Refusal::Blocked));
            }
            let fresh = shelf.log_in(&shelf::Pass {
                nonce: &login.nonce,
                nonce_until,
                token_hash: &token_hash,
                chain: &login.chain,
                until,
            })?;
            Ok(if fresh { Ok(()) } else { Err(Refusal::Nonce) })
        })
        .await?
}

/// Turns away an address from which too many come.
pub(super) fn admit(front: &Front, request: &Request) -> Result<(), Refusal> {
    let peer = request.extensions().get::<Peer>();
    let address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Peer(address)| *address);
    let limits = &front.limits;
    let requests = Rate {
        per_second: limits.logins_per_second,
        at_once: limits.logins_at_once,
    };
    front
        .by_address
        .take(address, [requests, requests], 0, Instant::now())
        .map_err(Refusal::TooMany)
}

fn random<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Refusal::Away)?;
    Ok(bytes)
}

/// Who holds the token that a request shows.
pub(super) async fn device(front: &Front, head: &HeaderMap) -> Result<Arc<Admitted>, Refusal> {
    let shown = head.get(AUTHORIZATION);
    let token = shown
        .and_then(|shown| shown.to_str().ok())
        .and_then(|shown| shown.strip_prefix("Bearer "))
        .and_then(|digits| blake3::Hash::from_hex(digits.as_bytes()).ok())
        .ok_or(Refusal::NoPass)?;
    let holder = front.holder(token::hash(token.as_bytes())).await?;
    holder.map(|holder| holder.device).ok_or(Refusal::NoPass)
}
