//! The page's entry point: mounts the app in `#app`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::mount();
}

#[cfg(target_arch = "wasm32")]
mod page {
    use sqs_playground::ui::{App, install_panic_hook};

    pub(crate) fn mount() {
        install_panic_hook();
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("app"))
            .expect("index.html has the element #app");
        yew::Renderer::<App>::with_root(root).render();
    }
}
