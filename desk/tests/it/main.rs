//! Whole stages of the desk.

mod adverts;
