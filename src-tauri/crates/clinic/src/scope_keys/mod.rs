//! Scope keys: which laptops hold them, how they are given, and when a new epoch begins.
//!
//! An epoch of a scope's key travels as a signed entry in the service scope, sealed to each laptop
//! that is enrolled for that scope. The service scope's own key is sealed in the same way, in an
//! envelope under its epoch before: whoever holds that one may see that there is a new one, and
//! only the laptops it was sealed to can open it.

mod giving;
mod laptops;
mod renewing;

pub(crate) use laptops::{Laptop, scopes_of};
