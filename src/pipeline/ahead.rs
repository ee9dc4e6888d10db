//! Work done ahead on several threads, results taken in order.
//!
//! The threads are its own and not those of a pool: they wait for one another, and a pool whose threads all wait, some as
//! callers and some as makers, comes to no end.

use crate::error::Error;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

struct State<T> {
    next_to_start: usize,
    next_to_take: usize,
    stopped: bool,
    done: BTreeMap<usize, thread::Result<T>>,
}

/// What the threads share.
struct Shared<T> {
    count: usize,
    /// How many items may be begun before the first of them is taken.
    window: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

/// Makes `count` items on threads of its own and takes them in order on this one. No more items are begun ahead than there
/// are threads, and one: memory holds those few. If making an item panics, so does this, in its turn.
///
/// # Errors
///
/// What `take` says; nothing more is begun then.
pub(super) fn in_order<T: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), Error>,
) -> Result<(), Error> {
    let threads = rayon::current_num_threads().min(count);
    let state = State { next_to_start: 0, next_to_take: 0, stopped: false, done: BTreeMap::new() };
    let shared = Shared { count, window: threads + 1, state: Mutex::new(state), changed: Condvar::new() };
    thread::scope(|scope| {
        // However this ends, no maker waits for more to be taken.
        let _stop = Stop(&shared);
        let start = |_: &usize| {
            let maker = thread::Builder::new().name("returns".to_owned());
            maker.spawn_scoped(scope, || shared.make_all(&make)).is_ok()
        };
        if (0..threads).filter(start).count() == 0 {
            // Without a thread to be had it is slower, and that is all.
            return (0..count).try_for_each(|place| take(place, make(place)));
        }
        (0..count).try_for_each(|place| {
            let item = shared.item(place).unwrap_or_else(|panic| resume_unwind(panic));
            take(place, item)?;
            shared.lock().next_to_take = place + 1;
            shared.changed.notify_all();
            Ok(())
        })
    })
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one item after the other until there are no more.
    fn make_all(&self, make: &impl Fn(usize) -> T) {
        while let Some(place) = self.begin() {
            let item = catch_unwind(AssertUnwindSafe(|| make(place)));
            self.lock().done.insert(place, item);
            self.changed.notify_all();
        }
    }

    /// The next item to make, once it may be begun.
    fn begin(&self) -> Option<usize> {
        let early = |state: &mut State<T>| {
            let more = !state.stopped && state.next_to_start < self.count;
            more && state.next_to_start >= state.next_to_take + self.window
        };
        let mut state = self.changed.wait_while(self.lock(), early).unwrap_or_else(PoisonError::into_inner);
        let place = state.next_to_start;
        (!state.stopped && place < self.count).then(|| {
            state.next_to_start += 1;
            place
        })
    }

    /// An item, once it is made.
    fn item(&self, place: usize) -> thread::Result<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.done.remove(&place) {
                return item;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Stops the makers when it goes.
struct Stop<'a, T>(&'a Shared<T>);

impl<T> Drop for Stop<'_, T> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
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

    /// Runs something that must come to an end.
    fn ends<R: Send + 'static>(what: impl FnOnce() -> R + Send + 'static) -> R {
        let (done, ended) = std::sync::mpsc::channel();
        thread::spawn(move || done.send(what()));
        ended.recv_timeout(std::time::Duration::from_mins(1)).expect("it comes to an end")
    }

    fn sum(count: usize) -> usize {
        let mut sum = 0;
        let taken = in_order(
            count,
            |place| place,
            |_, item| {
                // What takes may use the pool itself.
                sum += rayon::join(|| item, || 0).0;
                Ok(())
            },
        );
        taken.map_or(0, |()| sum)
    }

    #[test]
    fn it_comes_to_an_end_inside_a_pool_whose_threads_all_wait_for_it() {
        for threads in [1, 2, 3] {
            let sums = ends(move || {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
                pool.install(|| {
                    use rayon::prelude::*;
                    (0..8_usize).into_par_iter().map(|_| sum(50)).collect::<Vec<_>>()
                })
            });
            assert_eq!(sums, [1225; 8]);
        }
    }

    #[test]
    fn a_maker_that_panics_is_not_waited_for() {
        let caught = ends(|| {
            let make =
                |place: usize| 8_i32.checked_div(i32::from(place != 3)).expect("the third is not to be had");
            catch_unwind(|| in_order(50, make, |_, _| Ok(()))).is_err()
        });
        assert!(caught);
    }

    #[test]
    fn a_taker_that_panics_leaves_nobody_waiting() {
        let caught = ends(|| {
            let take = |place: usize, _: usize| {
                assert!(place < 3, "the third is not wanted");
                Ok(())
            };
            catch_unwind(|| in_order(50, |place| place, take)).is_err()
        });
        assert!(caught);
    }
}
