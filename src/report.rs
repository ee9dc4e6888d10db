//! Findings → text for people, JSON and CSV for programs.
