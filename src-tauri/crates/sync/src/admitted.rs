//! Who a device is to the hub server, and so what it may see.

use std::collections::BTreeSet;

use record::certificate::{Certificate, Chain, ChainError, Fingerprint, Grant};
use record::envelope::Stream;
use record::id::{DeviceId, ServiceId, SiteId};
use record::keys::VerifyingKey;
use record::scope::Scope;

/// What a device may see, from its certificate. The device works out the same for itself, so that
/// both sides compare the same streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    service: ServiceId,
    device: DeviceId,
    sites: BTreeSet<SiteId>,
    /// The hub site looks after the audit trail, so its devices see all of it.
    at_hub_site: bool,
}

impl Admitted {
    /// Checks certificates from the service's root down to a device, and reads off what the device
    /// may see.
    pub fn from_chain(
        chain: &[Certificate],
        root: &Fingerprint,
        hub_site: SiteId,
    ) -> Result<Self, NotAdmitted> {
        let claims = Chain::new(chain).check(root)?.claims();
        let Grant::Device { device, sites, .. } = &claims.grant else {
            return Err(NotAdmitted::NotADevice);
        };
        Ok(Self {
            service: claims.service,
            device: *device,
            sites: sites.clone(),
            at_hub_site: sites.contains(&hub_site),
        })
    }

    /// The service.
    pub fn service(&self) -> ServiceId {
        self.service
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The scopes that are exchanged, in this order: the service first, since the certificates
    /// that the others are checked by stand in it; then the sites, then the audit trail.
    pub fn scopes(&self) -> Vec<Scope> {
        let sites = self.sites.iter().map(|site| Scope::Site(*site));
        let all = [Scope::Service].into_iter().chain(sites);
        all.chain([Scope::Audit]).collect()
    }

    /// Whether the device may see something of this scope.
    pub fn enters(&self, scope: Scope) -> bool {
        match scope {
            Scope::Site(site) => self.sites.contains(&site),
            Scope::Service | Scope::Audit => true,
        }
    }

    /// Whether the device may read this stream, and so may offer envelopes of it, whoever wrote
    /// them. Of the audit trail a spoke's device sees what it wrote itself.
    pub fn may_read(&self, stream: &Stream) -> bool {
        stream.service == self.service
            && self.enters(stream.scope)
            && (stream.scope != Scope::Audit || self.at_hub_site || stream.device == self.device)
    }
}

/// The device at the end of a chain and the key that it signs with.
pub fn device_of(chain: &[Certificate]) -> Option<(DeviceId, VerifyingKey)> {
    let claims = chain.last()?.claims();
    match claims.grant {
        Grant::Device { device, .. } => Some((device, claims.key)),
        _ => None,
    }
}

/// Why a device is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAdmitted {
    /// Its certificates prove nothing.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// They are a person's, not a device's.
    #[error("These certificates are not a device's. Enrol this device again.")]
    NotADevice,
    /// The login was made for another service, device, server or moment.
    #[error("The hub server did not accept this device's signature. Try again.")]
    Signature,
}
