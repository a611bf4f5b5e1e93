//! Connections: one thread accepts them and keeps the time, the others each serve their share.
//!
//! A connection stays on its thread, so that a request costs no switch between threads.

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use std::{io, num};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::LocalSet;
use tokio::time::{sleep, timeout};

use crate::http::Server;
use crate::linger::Linger;
use crate::options::Options;

/// More have to wait until one ends.
const CONNECTIONS_MAX: u32 = 1_024;
/// How long connections may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// A connection, and its right to be.
type Accepted = (TcpStream, OwnedSemaphorePermit);

/// What the connections of one thread have in common.
#[derive(Clone)]
struct Worker {
    server: Arc<Server>,
    stopping: watch::Receiver<()>,
    linger: Rc<Linger>,
    /// With fewer free ones, threads that stay awake would take the cores from their clients.
    permits_to_linger: usize,
}

/// Serves until a signal says to stop.
///
/// # Errors
/// If the port can't be had.
pub(crate) fn run(server: &Arc<Server>, options: &Options) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
    listener.set_nonblocking(true)?;
    println!("listening on http://{}", listener.local_addr()?);
    io::stdout().flush()?;

    let (stop, stopping) = watch::channel(());
    let threads = thread::available_parallelism().map_or(1, num::NonZero::get);
    let workers: Vec<_> = (0..threads)
        .map(|_| {
            let (sender, receiver) = mpsc::unbounded_channel();
            let (server, stopping) = (Arc::clone(server), stopping.clone());
            thread::spawn(move || {
                let worker = Worker::new(server, stopping, threads);
                worker.work(receiver);
            });
            sender
        })
        .collect();
    let runtime = runtime()?;
    runtime.block_on(async {
        let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX as usize));
        tokio::select! {
            result = accept(listener, &permits, &workers) => result?,
            () = keep_time(server) => {}
            result = stop_signal() => result?,
        }
        stop.send_replace(());
        server.engine().release();
        let all_ended = permits.acquire_many(CONNECTIONS_MAX);
        let _some_may_stay = timeout(GRACE, all_ended).await;
        Ok(())
    })
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Hands out connections, to each worker in turn.
async fn accept(
    listener: TcpListener,
    permits: &Arc<Semaphore>,
    workers: &[mpsc::UnboundedSender<Accepted>],
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut turn = workers.iter().cycle();
    loop {
        let permit = Arc::clone(permits).acquire_owned().await;
        let permit = permit.expect("the semaphore is not closed");
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream.into_std()?,
            Err(_) => {
                // Such as too many open files: not for ever.
                sleep(Duration::from_millis(10)).await;
                continue;
            }
        };
        let worker = turn.next().expect("there is at least one worker");
        let _the_server_may_stop = worker.send((stream, permit));
    }
}

/// Does what is due when calls wait for it.
async fn keep_time(server: &Server) {
    loop {
        let wait = server.engine().keep_time();
        let changed = server.time_changed.notified();
        match wait {
            Some(wait) => {
                let _either_is_fine = timeout(wait, changed).await;
            }
            None => changed.await,
        }
    }
}

async fn stop_signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

impl Worker {
    /// One of so many.
    fn new(server: Arc<Server>, stopping: watch::Receiver<()>, threads: usize) -> Self {
        // One connection for two threads; and who accepts holds a permit for the next.
        let lingering = threads / 2 + 1;
        Self {
            server,
            stopping,
            linger: Rc::default(),
            permits_to_linger: (CONNECTIONS_MAX as usize).saturating_sub(lingering),
        }
    }

    /// Serves this thread's share of the connections.
    fn work(&self, mut accepted: mpsc::UnboundedReceiver<Accepted>) {
        let runtime = match runtime() {
            Ok(runtime) => runtime,
            Err(error) => {
                eprintln!("serve: a thread can't start: {error}");
                return;
            }
        };
        let local = LocalSet::new();
        let linger = Rc::clone(&self.linger);
        local.spawn_local(async move { linger.run().await });
        runtime.block_on(local.run_until(async {
            while let Some((stream, permit)) = accepted.recv().await {
                // A client that breaks off is its own business.
                let worker = self.clone();
                tokio::task::spawn_local(async move {
                    let _ended = worker.serve(stream, &permit).await;
                });
            }
        }));
    }

    /// Serves one connection.
    async fn serve(
        mut self,
        stream: TcpStream,
        permit: &OwnedSemaphorePermit,
    ) -> Result<(), Box<dyn std::error::Error>> {
        stream.set_nodelay(true)?;
        let io = TokioIo::new(tokio::net::TcpStream::from_std(stream)?);
        let service = service_fn(|request| {
            let response = Arc::clone(&self.server).handle(request);
            let (linger, permits) = (&self.linger, permit.semaphore());
            async move {
                let response = response.await;
                if permits.available_permits() >= self.permits_to_linger {
                    linger.answered();
                }
                response
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.server.timeout)
            .serve_connection(io, service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            result = connection.as_mut() => return Ok(result?),
            _ = self.stopping.changed() => connection.as_mut().graceful_shutdown(),
        }
        Ok(connection.await?)
    }
}
