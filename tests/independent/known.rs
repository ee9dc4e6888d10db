//! What the program does not answer yet as the catalogue asks, each with the reason in words. A line that is no longer
//! true makes the test fail, so that the lists stay true.

/// Planted items that are missed: the page, the case, the item with its place; and why.
pub const MISSES: &[(&str, &str, &str, &str)] = &[];

/// Queries or errors where nothing is planted: the page, the case, the place with the check; and why.
pub const FALSE_ALARMS: &[(&str, &str, &str, &str)] = &[];

/// Items that are answered louder than the catalogue asks, a query where a note would do; and why.
pub const LOUDER: &[(&str, &str, &str, &str)] = &[];
