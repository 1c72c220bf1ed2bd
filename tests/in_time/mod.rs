//! Programs that tests run, each with a limit of time: a test that hangs says so and ends.

#![allow(dead_code, reason = "every test uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run a program has to stop")]

use std::{
    io::Read,
    process::{Child, Command, ExitStatus, Output},
    thread,
    time::{Duration, Instant},
};

/// As long as any program may run, on the slowest machine.
const LIMIT: Duration = Duration::from_secs(900);

/// A program that is started and waited for.
pub trait InTime {
    /// Like [`Command::output`].
    fn output_in_time(&mut self) -> Output;
}

impl InTime for Command {
    fn output_in_time(&mut self) -> Output {
        use std::process::Stdio;
        self.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap().finished_in_time()
    }
}

/// A program that is waited for.
pub trait ChildInTime {
    /// Like [`Child::wait_with_output`].
    fn finished_in_time(self) -> Output;
    /// Like [`Child::wait`].
    fn ended_in_time(&mut self) -> ExitStatus;
}

impl ChildInTime for Child {
    fn finished_in_time(mut self) -> Output {
        drop(self.stdin.take());
        let out = all_of(self.stdout.take());
        let error = all_of(self.stderr.take());
        let status = self.ended_in_time();
        Output { status, stdout: out.join().unwrap(), stderr: error.join().unwrap() }
    }

    fn ended_in_time(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.try_wait().unwrap() {
                return status;
            }
            if start.elapsed() > LIMIT {
                self.kill().unwrap();
                panic!("the program goes on after {LIMIT:?}");
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Reads a pipe to its end, so that nobody waits for room in it.
fn all_of(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).unwrap();
        }
        bytes
    })
}

/// Hands over what programs in a pseudo-terminal write, until they have closed it.
///
/// Linux can say that it is closed before it gives what was written last: once in a thousand programs that write and end at
/// once. What is left comes when it is read again, so the end counts when it is said twice.
pub fn each_output(mut reader: impl Read, mut take: impl FnMut(&[u8])) {
    let (mut bytes, mut ends) = ([0; 1 << 14], 0);
    while ends < 2 {
        match reader.read(&mut bytes) {
            Ok(count @ 1..) => {
                ends = 0;
                take(bytes.get(..count).unwrap_or_default());
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Ok(_) | Err(_) => ends += 1,
        }
    }
}

/// Waits for a program in a pseudo-terminal.
pub fn pty_ended_in_time(child: &mut (dyn portable_pty::Child + Send + Sync)) -> portable_pty::ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            panic!("the program goes on after {LIMIT:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}
