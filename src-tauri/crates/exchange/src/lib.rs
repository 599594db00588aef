//! Referrals in from CSV files.
