//! Whole stages of the desk, one file each.

mod messages;
mod support;
mod workbook;
