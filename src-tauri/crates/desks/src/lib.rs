//! Formats of other people: reading desks into the neutral snapshot, planning what goes back, writing it.
//!
//! Callers name a desk by its id and get everything through [`registry`]; what all desks share lies in
//! [`plan`], [`report`], [`reader`] and [`writer`].

#![warn(missing_docs)]

mod calls;
mod daktela;
pub mod database;
mod elma365;
pub mod error;
mod innosoft;
pub mod openfga;
pub mod otobo;
pub mod plan;
pub mod reader;
pub mod registry;
pub mod report;
pub mod rest;
pub mod said;
mod settings_file;
mod source;
pub mod tables;
mod ways;
mod worklist;
pub mod writer;
mod zoho;
