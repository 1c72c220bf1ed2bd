//! Work on many threads whose results come out in the order in which the items went in.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// Results that wait for an earlier one, for each thread: enough to keep all at work, little enough to stay small.
const AHEAD: usize = 2;

/// Hands every item to one of `jobs` threads and what became of it to `each`, in order, as soon as it is ready. Memory
/// is bounded: no more than a few items for each thread are under way. It stops at the first error of `each`; threads
/// that are still busy, or wait for input that may never come, are left to the end of the process.
pub fn ordered<I, O, E>(
    items: impl Iterator<Item = I> + Send + 'static,
    jobs: usize,
    work: impl Fn(I) -> O + Send + Sync + 'static,
    mut each: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send + 'static,
    O: Send + 'static,
{
    let (queue, promises) = sync_channel::<Receiver<O>>(jobs * AHEAD);
    let (give, take) = sync_channel::<(I, SyncSender<O>)>(jobs);
    let (take, work) = (Arc::new(Mutex::new(take)), Arc::new(work));
    for _ in 0..jobs {
        let (take, work) = (Arc::clone(&take), Arc::clone(&work));
        thread::spawn(move || {
            loop {
                let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((item, promise)) = next else { return };
                // Nobody waits any more after an error of `each`.
                drop(promise.send(work(item)));
            }
        });
    }
    thread::spawn(move || {
        for item in items {
            let (promise, result) = sync_channel(1);
            if queue.send(result).is_err() || give.send((item, promise)).is_err() {
                return;
            }
        }
    });
    promises.into_iter().flat_map(|promise| promise.recv()).try_for_each(&mut each)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    #[test]
    fn results_come_in_order_and_few_items_are_taken_ahead() {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let items = (0..200_usize).inspect(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let mut next = 0;
        let work = |item: usize| {
            thread::sleep(Duration::from_micros(if item.is_multiple_of(7) { 2000 } else { 10 }));
            item
        };
        let done: Result<(), ()> = ordered(items, 3, work, |item| {
            assert_eq!(item, next);
            assert!(taken.load(Ordering::SeqCst) <= next + 3 * AHEAD + 3 + 3 + 2, "bounded");
            next += 1;
            Ok(())
        });
        assert_eq!((done, next), (Ok(()), 200));
    }

    #[test]
    fn it_stops_at_an_error_even_while_input_is_awaited() {
        let (keep, never) = sync_channel::<usize>(1);
        keep.send(1).unwrap();
        assert_eq!(ordered(never.into_iter(), 2, |item| item, |_| Err("closed")), Err("closed"));
        drop(keep);
    }
}
