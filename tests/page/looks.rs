//! The page in a browser: by eye, by ear, by keyboard, on a telephone, on paper, without its script.

use crate::browser::{Browser, found};
use crate::desk::{CLEAN, Desk, MESSY};
use crate::{page, planted_round};
use serde_json::{Value, json};
use std::path::PathBuf;

const COMPOUND: &str = "samples/2013-14-q4-compound";

/// Each piece of text that has too little contrast with what is behind it: 4.5 to 1, or 3 to 1 if it is large.
const FAINT: &str = include_str!("faint.js");

/// Whatever makes the page wider than the screen; wide tables scroll within themselves.
const WIDE: &str =
    "document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(at => at.getBoundingClientRect().right > innerWidth && !at.closest('.scroll'))
    .map(at => `${at.tagName}.${at.className}: ${at.textContent.slice(0, 40)}`)";

fn file(desk: &Desk, round: &str) -> PathBuf {
    desk.path(round).join("out/report.html")
}

/// Nothing was fetched but the page itself, and nothing was complained of.
fn quiet(browser: &Browser) {
    for event in &browser.events {
        let method = event["method"].as_str().unwrap_or_default();
        let asked = &event["params"]["request"]["url"];
        let own =
            asked.as_str().is_some_and(|url| url.starts_with("file://") && url.ends_with("/report.html"));
        assert!(method != "Network.requestWillBeSent" || own, "{asked} was fetched");
        let complaints = [
            "Runtime.exceptionThrown",
            "Runtime.consoleAPICalled",
            "Log.entryAdded",
            "Page.javascriptDialogOpening",
        ];
        assert!(!complaints.contains(&method), "{event:#}");
    }
}

#[test]
fn every_pack_can_be_read_on_every_screen_and_on_paper() {
    let Some(name) = found() else { return };
    let desk = Desk::new();
    let mut browser = Browser::start(&name);
    for (round, pack) in [(CLEAN, "a"), (MESSY, "b"), (COMPOUND, "c")] {
        page(&desk, round);
        browser.width(1280);
        browser.open(&file(&desk, round));
        browser.picture(&format!("{pack}-desktop.png"));
        for scheme in ["light", "dark"] {
            let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
            browser.call("Emulation.setEmulatedMedia", &json!({ "features": features }));
            assert_eq!(browser.eval(FAINT), json!([]), "{round}, {scheme}");
        }
        browser.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
        assert_eq!(browser.eval(FAINT), json!([]), "{round}, print");
        assert_eq!(
            browser.eval("getComputedStyle(document.querySelector('thead')).display"),
            "table-header-group"
        );
        browser.call("Emulation.setEmulatedMedia", &json!({ "media": "", "features": [] }));
        let paper = browser.print(&format!("{pack}.pdf"));
        assert!(paper.starts_with(b"%PDF"), "{round}");
        for width in [390, 320] {
            browser.width(width);
            assert_eq!(browser.eval(WIDE), json!([]), "{round}, {width}");
            browser.picture(&format!("{pack}-{width}.png"));
        }
        axe(&mut browser, round);
        quiet(&browser);
    }
}

/// The rules of axe-core, where its file is named.
fn axe(browser: &mut Browser, round: &str) {
    let Some(path) = std::env::var_os("QUARTERDAY_AXE") else { return };
    let source = std::fs::read_to_string(path).unwrap();
    browser.width(1280);
    browser.eval(&format!("{source};0"));
    let broken = browser
        .eval("axe.run().then(done => done.violations.map(rule => rule.id + ': ' + rule.nodes[0].html))");
    assert_eq!(broken, json!([]), "{round}");
}

#[test]
fn a_screen_reader_hears_what_is_there() {
    let Some(name) = found() else { return };
    let desk = Desk::new();
    page(&desk, MESSY);
    let mut browser = Browser::start(&name);
    browser.open(&file(&desk, MESSY));
    let tree = browser.call("Accessibility.getFullAXTree", &json!({}));
    let nodes: Vec<&Value> =
        tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] == false).collect();
    let of = |role: &str| -> Vec<String> {
        let nodes = nodes.iter().filter(|node| node["role"]["value"] == role);
        nodes.map(|node| node["name"]["value"].as_str().unwrap_or_default().to_owned()).collect()
    };
    for landmark in ["banner", "navigation", "main", "contentinfo"] {
        assert_eq!(of(landmark).len(), 1, "{landmark}");
    }
    let headings = of("heading");
    assert_eq!(headings.first().map(String::as_str), Some("Quarterly monitoring return, 2013-14 Q4"));
    assert!(
        headings.iter().any(|heading| heading == "West Mercia Police 2 errors, 3 queries"),
        "{headings:?}"
    );
    for role in ["table", "region", "searchbox", "combobox", "button", "link", "heading"] {
        let named = of(role);
        assert!(!named.is_empty(), "no {role}");
        assert!(named.iter().all(|name| !name.trim().is_empty()), "a {role} without a name: {named:?}");
    }
    assert!(of("image").is_empty(), "bars are told in words");
    assert!(of("columnheader").contains(&"What is compared".to_owned()));
    assert!(of("rowheader").contains(&"West Mercia Police".to_owned()));
}

#[test]
fn everything_works_by_keyboard() {
    let Some(name) = found() else { return };
    let desk = Desk::new();
    page(&desk, MESSY);
    let mut browser = Browser::start(&name);
    browser.open(&file(&desk, MESSY));
    let here = "document.activeElement.textContent";
    browser.press("Tab");
    assert_eq!(browser.eval(here), "Skip to the content");
    assert_eq!(
        browser.eval("document.activeElement.getBoundingClientRect().top >= 0"),
        true,
        "the link is seen"
    );
    browser.press("Enter");
    assert_eq!(browser.eval("document.activeElement.id"), "main");

    browser.eval("document.querySelector('#compared th button').focus()");
    for _ in 0..5 {
        browser.press("Tab");
    }
    assert_eq!(browser.eval(here), "Difference");
    let outline = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.eval(outline), "solid", "the focus is seen");
    let sorted =
        "[...document.querySelectorAll('#compared tbody tr')].map(row => row.cells[5].dataset.value ?? '')";
    let heading = "document.activeElement.closest('th').getAttribute('aria-sort')";
    let figures = |value: &Value| -> Vec<Option<i64>> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().parse().ok()).collect()
    };
    browser.press("Enter");
    assert_eq!(browser.eval(heading), "ascending");
    let up = figures(&browser.eval(sorted));
    assert!(up.iter().flatten().is_sorted(), "{up:?}");
    assert!(up.len() > 10 && up.last() == Some(&None), "what has no figure is last: {up:?}");
    browser.press(" ");
    assert_eq!(browser.eval(heading), "descending");
    let down = figures(&browser.eval(sorted));
    assert!(down.iter().flatten().rev().is_sorted() && down.last() == Some(&None), "{down:?}");
    assert_eq!(browser.eval("document.querySelectorAll('#compared th[aria-sort]').length"), 1);
    assert_eq!(
        browser.eval("document.getElementById('compared-said').textContent"),
        "Sorted by Difference, downwards."
    );
    filters(&mut browser);
    quiet(&browser);
}

fn filters(browser: &mut Browser) {
    browser.eval("document.getElementById('compared-filter').focus()");
    browser.call("Input.insertText", &json!({ "text": "probation  TEST" }));
    let shown = "[...document.querySelectorAll('#compared tbody tr')].filter(row => row.offsetHeight).map(row => row.cells[0].textContent)";
    assert_eq!(browser.eval(shown), json!(["West Mercia Probation"]));
    assert_eq!(browser.eval("document.getElementById('compared-said').textContent"), "1 of 15 rows shown.");
    let choose = "const kind = document.getElementById('fixes-severity'); kind.value = 'error'; kind.dispatchEvent(new Event('input'))";
    browser.eval(choose);
    assert_eq!(
        browser
            .eval("[...document.querySelectorAll('.fixes li')].filter(entry => entry.offsetHeight).length"),
        7
    );
    let partners =
        "[...document.querySelectorAll('section.partner')].filter(part => part.offsetHeight).length";
    assert_eq!(browser.eval(partners), 6);
    assert_eq!(browser.eval("document.getElementById('fixes-said').textContent"), "7 of 24 entries shown.");
    browser.eval("document.getElementById('fixes-partner').focus()");
    browser.call("Input.insertText", &json!({ "text": "West Mercia Police" }));
    browser.eval("document.getElementById('fixes-filter').focus()");
    browser.call("Input.insertText", &json!({ "text": "NHS number" }));
    assert_eq!(browser.eval(partners), 1);
}

#[test]
fn without_its_script_it_is_a_page_of_plain_tables() {
    let Some(name) = found() else { return };
    let desk = Desk::new();
    page(&desk, MESSY);
    let mut browser = Browser::start(&name);
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.open(&file(&desk, MESSY));
    assert_eq!(browser.eval("document.querySelectorAll('button').length"), 0);
    let seen = "[...document.querySelectorAll('.tools')].filter(part => part.offsetHeight).length";
    assert_eq!(browser.eval(seen), 0, "nothing is offered that does not work");
    let rows =
        "[...document.querySelectorAll('#compared tbody tr, .fixes li')].every(row => row.offsetHeight > 0)";
    assert_eq!(browser.eval(rows), true);
    assert_eq!(browser.eval("document.querySelector('#compared th').textContent"), "Partner");
    assert_eq!(browser.eval(FAINT), json!([]));
    browser.picture("b-without-script.png");
    quiet(&browser);
}

#[test]
fn nothing_that_was_planted_runs_or_breaks_the_page() {
    let Some(name) = found() else { return };
    let desk = Desk::new();
    planted_round(&desk);
    let mut browser = Browser::start(&name);
    browser.open(&file(&desk, CLEAN));
    assert_eq!(browser.eval("typeof window.planted"), "undefined");
    assert_eq!(browser.eval("document.scripts.length"), 1);
    assert_eq!(browser.eval("document.images.length"), 0);
    for width in [1280, 390] {
        browser.width(width);
        assert_eq!(browser.eval(WIDE), json!([]), "{width}");
        browser.picture(&format!("planted-{width}.png"));
    }
    browser.print("planted.pdf");
    quiet(&browser);
}
