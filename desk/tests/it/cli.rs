//! The command line as people meet it: what it writes, what it says, how it ends.

mod certificate;
mod errors;
mod published;
mod results;
mod rooms;
mod solve;
mod solve_faults;
mod stable;
mod words;
