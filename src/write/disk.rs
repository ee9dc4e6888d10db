//! A disk that fills up while rows are streamed.
//!
//! The library panics when the temporary file of a streamed sheet cannot be written to. That is no fault of the program:
//! it is told as what it is. Any other panic goes on.

use crate::error::Error;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Does some writing; a temporary file that could not be written to becomes an error.
pub(super) fn or_full<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(payload) if could_not_write(payload.as_ref()) => Err(Error::Workbook {
            sheet: None,
            why: "there is no room on the disk for its rows. Make room, then run it again. Earlier outputs are as they were."
                .to_owned(),
        }),
        Err(payload) => resume_unwind(payload),
    }
}

fn could_not_write(payload: &(dyn Any + Send)) -> bool {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied());
    text.is_some_and(|text| text.contains("write to xml file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_an_error_and_another_fault_is_not() {
        let full: Result<(), Error> = or_full(|| panic!("Couldn't write to xml file: Os {{ code: 28 }}"));
        assert!(matches!(full, Err(Error::Workbook { .. })));
        assert!(catch_unwind(|| or_full::<()>(|| panic!("something else"))).is_err());
    }
}
