//! Work done ahead on several threads, results taken in order.

use crate::error::Error;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

struct State<T> {
    next_to_start: usize,
    next_to_take: usize,
    stopped: bool,
    done: BTreeMap<usize, T>,
}

/// Makes `count` items on the thread pool and takes them in order on this thread. No more items are begun ahead than
/// there are threads, and one: memory holds those few.
///
/// # Errors
///
/// What `take` says; nothing more is begun then.
pub(super) fn in_order<T: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), Error>,
) -> Result<(), Error> {
    let threads = rayon::current_num_threads().min(count.max(1));
    let window = threads + 1;
    let state =
        Mutex::new(State { next_to_start: 0, next_to_take: 0, stopped: false, done: BTreeMap::new() });
    let changed = Condvar::new();
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        loop {
            let mut guard = lock();
            while !guard.stopped
                && guard.next_to_start < count
                && guard.next_to_start >= guard.next_to_take + window
            {
                guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
            }
            if guard.stopped || guard.next_to_start >= count {
                return;
            }
            let place = guard.next_to_start;
            guard.next_to_start += 1;
            drop(guard);
            let item = make(place);
            lock().done.insert(place, item);
            changed.notify_all();
        }
    };
    rayon::in_place_scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| work());
        }
        for place in 0..count {
            let mut guard = lock();
            let item = loop {
                if let Some(item) = guard.done.remove(&place) {
                    break item;
                }
                guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
            };
            drop(guard);
            let taken = take(place, item);
            let mut guard = lock();
            guard.next_to_take = place + 1;
            guard.stopped = taken.is_err();
            drop(guard);
            changed.notify_all();
            taken?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_order_however_long_they_take() {
        let mut got = Vec::new();
        in_order(
            50,
            |place| {
                std::thread::sleep(std::time::Duration::from_micros(((place * 7) % 11) as u64 * 100));
                place * 2
            },
            |place, item| {
                got.push((place, item));
                Ok(())
            },
        )
        .expect("nothing fails");
        assert_eq!(got, (0..50).map(|place| (place, place * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn a_failure_ends_the_work() {
        let made = std::sync::atomic::AtomicUsize::new(0);
        let result = in_order(
            1000,
            |_| made.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
            |place, _| if place == 3 { Err(Error::Usage("enough".to_owned())) } else { Ok(()) },
        );
        assert!(result.is_err());
        assert!(made.into_inner() < 20);
    }
}
