//! Tables and workbooks in and out, and the command line of Anzhi.

pub mod adverts;
pub mod bare;
pub mod cli;
pub mod headings;
pub mod intake;
pub mod lookup;
pub mod messages;
pub mod people;
pub mod run;
pub mod synth;
pub mod tables;
pub mod workbook;
