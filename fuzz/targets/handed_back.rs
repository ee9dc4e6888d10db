#![no_main]

#[path = "../bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(init: bodies::tell_failures_only(), |data: &[u8]| bodies::handed_back(data));
