//! The only place where stages are put together; no file access.
