//! Every screen, light and dark, under the eyes of axe-core.

use serde_json::json;

use crate::window::Window;

/// What axe says of the screen in both themes, with the screen's name before it.
async fn look(window: &Window, name: &str, found: &mut Vec<String>) {
    for theme in ["light", "dark"] {
        window
            .script(
                "document.documentElement.setAttribute('data-mantine-color-scheme', arguments[0])",
                vec![json!(theme)],
            )
            .await;
        // Colours fade from one theme to the other; axe would measure them half way.
        window
            .holds(
                "nothing moves",
                "return document.getAnimations().every((a) => a.playState !== 'running')",
            )
            .await;
        window.picture(&format!("{name}-{theme}")).await;
        found.extend(
            window
                .complaints()
                .await
                .into_iter()
                .map(|complaint| format!("{name}, {theme}: {complaint}")),
        );
    }
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn axe_finds_nothing_on_any_screen() {
    let mut found = Vec::new();
    let window = Window::on_sample().await;
    look(&window, "users", &mut found).await;

    window.open_person("nowak", "a.nowak").await;
    window.find("section[aria-label='Preview'] [role='tablist']").await;
    look(&window, "form", &mut found).await;
    window.press("tab", "Access").await;
    window.find("[role='radiogroup']").await;
    look(&window, "access", &mut found).await;
    window.press("button", "Why:").await;
    window
        .find("[role='tree'], [data-zone='form'] [aria-label='Questions']")
        .await;
    look(&window, "why", &mut found).await;

    for (name, address, there) in [
        ("accounts", "#/accounts", "main [role='grid'] [role='gridcell']"),
        ("groups", "#/groups", "main [role='grid'] [role='gridcell']"),
        ("review", "#/review", "main h1"),
        ("import", "#/import", "main h1"),
        ("history", "#/history", "main h1"),
        ("settings", "#/settings", "main h1"),
    ] {
        window
            .script("location.hash = arguments[0]", vec![json!(address)])
            .await;
        window.find(there).await;
        look(&window, name, &mut found).await;
    }
    window.chord(&['\u{e009}'], 'k').await;
    window.find("[role='dialog'] input").await;
    look(&window, "palette", &mut found).await;
    window.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn the_first_start_offers_the_sample_and_opens_it() {
    let mut found = Vec::new();
    let window = Window::start(&[]).await;
    window.named("button", "Explore the sample").await;
    look(&window, "first", &mut found).await;
    window.press("button", "Open the sample").await;
    window.find("[role='grid'] [role='gridcell']").await;
    let title = window.script("return document.title", vec![]).await;
    assert!(title.as_str().unwrap().ends_with("· Portico"), "{title}");
    window.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
