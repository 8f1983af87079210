//! Whatever a folder may hold: no panic, one clear sentence each.
