//! The `selon` program: flags, exit codes and wiring.

fn main() {}
