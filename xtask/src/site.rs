//! A web server for the files of one folder, on loopback.

use std::fs::File;
use std::io;
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

/// Enough for what a browser asks for at once.
const THREADS: usize = 4;

/// A bound port; nothing is answered before [`Site::start`].
pub(crate) struct Site {
    server: Arc<Server>,
    port: u16,
}

impl Site {
    /// Takes a port on 127.0.0.1; 0 takes any that is free.
    ///
    /// # Errors
    /// If the port is in use or not allowed.
    pub(crate) fn bind(port: u16) -> Result<Self> {
        let listener = match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => listener,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => bail!(
                "port {port} is in use, perhaps by another `cargo xtask serve`; stop that, or choose another port: \
                 cargo xtask serve --port {}",
                if port == u16::MAX { port - 1 } else { port + 1 }
            ),
            Err(error) => bail!("cannot listen on 127.0.0.1:{port}: {error}"),
        };
        let port = listener.local_addr()?.port();
        let server = Server::from_listener(listener, None)
            .map_err(|error| anyhow!("cannot serve: {error}"))?;
        Ok(Self {
            server: Arc::new(server),
            port,
        })
    }

    /// Begins to answer with the files of a folder, read anew for every request.
    pub(crate) fn start(&self, folder: &Path) -> Vec<JoinHandle<()>> {
        let serve = |_| {
            let (server, folder) = (Arc::clone(&self.server), folder.to_path_buf());
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    // The browser may have gone away: that is its business.
                    let _ = answer(request, &folder);
                }
            })
        };
        (0..THREADS).map(serve).collect()
    }

    /// Where the page is.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn answer(request: Request, folder: &Path) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::from_string("only GET and HEAD\n").with_status_code(405));
    }
    let Some(path) = file_for(request.url(), folder) else {
        return request.respond(Response::from_string("not found\n").with_status_code(404));
    };
    let response = Response::from_file(File::open(&path)?)
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", content_type(&path)))
        .with_header(header("Cache-Control", "no-cache"))
        .with_header(header("X-Content-Type-Options", "nosniff"));
    request.respond(response)
}

/// The existing file that a request's target means; never one outside the folder.
fn file_for(target: &str, folder: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = Path::new(path.strip_prefix('/')?);
    let inside = path
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    let mut file = inside.then(|| folder.join(path))?;
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

fn content_type(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "ftl" | "py" | "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm", // without it no streaming compilation
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("both are plain ASCII of this file")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(target: &str) -> Option<PathBuf> {
        file_for(target, Path::new(env!("CARGO_MANIFEST_DIR")))
    }

    #[test]
    fn a_target_means_a_file_of_the_folder_or_nothing() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(here("/Cargo.toml?x=1"), Some(folder.join("Cargo.toml")));
        assert_eq!(here("/src/main.rs"), Some(folder.join("src/main.rs")));
        assert_eq!(here("/src/none.rs"), None);
        assert_eq!(here("/src"), None, "it has no index.html");
    }

    #[test]
    fn no_target_leads_out_of_the_folder() {
        for target in [
            "/../Cargo.toml",
            "/src/../../Cargo.toml",
            "//etc/hostname",
            "Cargo.toml",
            "",
        ] {
            assert_eq!(here(target), None, "{target}");
        }
    }

    #[test]
    fn a_port_in_use_is_explained() {
        let first = Site::bind(0).expect("some port is free");
        let Err(error) = Site::bind(first.port) else {
            panic!("the port is taken")
        };
        assert!(
            error
                .to_string()
                .contains(&format!("port {} is in use", first.port)),
            "{error}"
        );
    }

    #[test]
    fn wasm_has_the_type_that_browsers_insist_on() {
        assert_eq!(content_type(Path::new("app.wasm")), "application/wasm");
    }
}
