//! The page's Content-Security-Policy: what a browser lets the released page do.
//!
//! Trunk starts the app by an inline script whose text differs from build to build, so that the policy, which names
//! inline scripts by their hash, is written into the page after Trunk. Plain `trunk serve` has none: what it adds for
//! reloading would not be allowed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

/// All but the scripts. A style attribute counts as an inline style; images may be drawn by the page itself.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; connect-src 'self'; font-src 'self'; \
    img-src 'self' data: blob:; manifest-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'";

/// Where the policy goes: behind the declaration of the character set, before everything that it has to rule.
const ANCHOR: &str = "<meta charset=\"utf-8\" />";

/// Writes the policy into a built page.
///
/// # Errors
/// If the file cannot be read or written, or is not made as expected.
pub(crate) fn write_into(page: &Path) -> Result<()> {
    let html =
        fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let html =
        with_policy(&html).with_context(|| format!("{} cannot have a policy", page.display()))?;
    fs::write(page, html).with_context(|| format!("cannot write {}", page.display()))
}

fn with_policy(html: &str) -> Result<String> {
    let hashes: String = inline_scripts(html)
        .map(|script| {
            format!(
                " 'sha256-{}'",
                BASE64_STANDARD.encode(Sha256::digest(script))
            )
        })
        .collect();
    let policy = format!("{POLICY}; script-src 'self' 'wasm-unsafe-eval'{hashes}");
    let meta = format!(
        "{ANCHOR}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />"
    );
    if !html.contains(ANCHOR) {
        bail!("it has no {ANCHOR}");
    }
    Ok(html.replacen(ANCHOR, &meta, 1))
}

/// The texts of the scripts that have no `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains(" src=")).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n    <meta charset=\"utf-8\" />\n<script src=\"a.js\"></script>\
        <script type=\"module\">alert(1)</script></head>";

    #[test]
    fn scripts_with_a_file_are_not_inline() {
        assert_eq!(inline_scripts(PAGE).collect::<Vec<_>>(), ["alert(1)"]);
    }

    #[test]
    fn the_policy_names_each_inline_script_by_its_hash() {
        let html = with_policy(PAGE).expect("the page is made as expected");
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let expect = "script-src 'self' 'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='\" />";
        assert!(html.contains(expect), "{html}");
        let at = |text: &str| html.find(text);
        assert!(
            at("Content-Security-Policy") < at("<script"),
            "a policy rules only what follows it"
        );
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        assert!(with_policy("<head><script>alert(1)</script></head>").is_err());
    }
}
