//! The colours of `static/app.css`: every text can be read on what it stands on, dark and light.

use std::collections::BTreeMap;

const CSS: &str = include_str!("../static/app.css");

/// WCAG 2: text.
const TEXT: f64 = 4.5;
/// WCAG 2: lines and shapes that carry a meaning.
const SHAPE: f64 = 3.0;

/// Each colour with its light and its dark form, as red, green, blue.
fn colours() -> BTreeMap<&'static str, [[u8; 3]; 2]> {
    CSS.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let both = value
                .trim()
                .strip_prefix("light-dark(")?
                .strip_suffix(");")?;
            let (light, dark) = both.split_once(',')?;
            Some((name, [rgb(light)?, rgb(dark)?]))
        })
        .collect()
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn check(front: &str, backs: &[&str], least: f64) {
    let colours = colours();
    for back in backs {
        for theme in 0..2 {
            let ratio = contrast(colours[front][theme], colours[*back][theme]);
            let name = ["light", "dark"][theme];
            assert!(
                ratio >= least,
                "--{front} on --{back} in {name}: {ratio:.2} < {least}"
            );
        }
    }
}

const SURFACES: [&str; 6] = ["floor", "panel", "card", "zone", "raised", "hover"];

#[test]
fn text_can_be_read_on_every_surface() {
    for front in ["text", "muted"] {
        check(front, &SURFACES, TEXT);
    }
}

#[test]
fn what_has_a_meaning_can_be_read_as_text() {
    for front in ["delayed", "visible", "in-flight", "dead", "action"] {
        check(front, &["floor", "panel", "card", "zone", "raised"], TEXT);
        check("on-fill", &[front], TEXT);
    }
    for state in ["delayed", "visible", "in-flight", "dead"] {
        let soft = format!("{state}-soft");
        check(state, &[&soft], TEXT);
        check("text", &[&soft], TEXT);
        check("action", &[&soft], TEXT);
    }
}

#[test]
fn the_edges_of_fields_can_be_seen() {
    check("edge", &["panel", "card"], SHAPE);
}

#[test]
fn the_arithmetic_is_that_of_wcag() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([119; 3], [255; 3]) - 4.478).abs() < 1e-3);
}

#[test]
fn every_block_of_the_style_sheet_is_closed() {
    // What follows an open block would be within it, and count on some screens only.
    let mut depth = 0;
    for (number, line) in CSS.lines().enumerate() {
        let count = |sign| line.matches(sign).count();
        assert!(
            depth == 0 || !line.starts_with("/*"),
            "line {} is within a block",
            number + 1
        );
        depth = depth + count('{') - count('}');
    }
    assert_eq!(depth, 0);
}
