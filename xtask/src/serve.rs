//! `cargo xtask serve`.

use anyhow::Result;

use crate::cli::ServeOptions;
use crate::site::Site;
use crate::{build, repo, shell, tools};

/// Builds the page and serves it until the command is stopped.
///
/// # Errors
/// If the port is in use, or the page cannot be built.
pub(crate) fn serve(options: &ServeOptions) -> Result<()> {
    // Taken first: who has to choose another port should hear it before the build, not after.
    let site = Site::bind(options.port)?;
    let tools = tools::set_up_page()?;
    if options.dev {
        drop(site);
        return watch(&tools, options);
    }
    build::build(&tools)?;
    let url = site.url();
    let threads = site.start(&repo::dist());
    println!("\n    SQS Playground is served at {url}\n    Ctrl-C stops it.\n");
    if options.open
        && let Err(error) = open::that(&url)
    {
        println!("    No browser could be opened ({error}); open the address above.\n");
    }
    for thread in threads {
        // A thread only ends by a panic, which has said what it has to say.
        let _ = thread.join();
    }
    Ok(())
}

fn watch(tools: &tools::PageTools, options: &ServeOptions) -> Result<()> {
    println!(
        "\n    SQS Playground will be served at http://127.0.0.1:{} and rebuilt on every change.\n    Ctrl-C stops it.\n",
        options.port
    );
    let mut trunk = tools.trunk()?;
    trunk.args([
        "serve",
        "--address",
        "127.0.0.1",
        "--port",
        &options.port.to_string(),
    ]);
    // Apart from dist/, which stays the optimised page.
    trunk.arg("--dist").arg(repo::target().join("dev-dist"));
    if options.open {
        trunk.arg("--open");
    }
    shell::run_instead(&mut trunk)
}
