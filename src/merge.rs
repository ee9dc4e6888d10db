//! Submissions of a round → consolidated tables.
