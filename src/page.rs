//! Pages of documentation, from the `//!` lines of the files that they are about.

use std::fmt::Write as _;

/// The page of a file in Markdown.
#[must_use]
pub fn markdown(source: &str) -> String {
    source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .fold(String::new(), |all, line| all + line.strip_prefix(' ').unwrap_or(line) + "\n")
}

/// The same without its example, which is about values that nobody typed.
#[must_use]
pub fn advice(source: &str) -> String {
    let mut in_example = false;
    let mut advice = String::new();
    for line in markdown(source).lines() {
        if line.starts_with("## ") {
            in_example = line == "## Example";
        }
        if !in_example {
            advice.push_str(line);
            advice.push('\n');
        }
    }
    advice
}

/// The first paragraph under one of its headings, on one line and without marks of emphasis; empty if there is none.
#[must_use]
pub fn paragraph(source: &str, heading: &str) -> String {
    let page = markdown(source);
    let after = page.split_once(&format!("\n## {heading}\n")).map_or("", |(_, after)| after).trim_start();
    let paragraph = after.split("\n\n").next().unwrap_or_default();
    paragraph.lines().collect::<Vec<_>>().join(" ").replace(['`', '*'], "")
}

/// Its first sentence.
#[must_use]
pub fn summary(source: &str) -> String {
    markdown(source).lines().next().unwrap_or_default().to_owned()
}

/// The page as plain text for a terminal, under a title.
#[must_use]
pub fn text(title: &str, source: &str) -> String {
    let mut text = format!("{title}\n\n");
    let mut in_block = false;
    for line in markdown(source).lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            let _ = writeln!(text, "    {line}");
        } else {
            let _ = writeln!(text, "{}", line.strip_prefix("## ").unwrap_or(line));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_has_no_example() {
        let source = "//! One.\n//!\n//! ## Example\n//!\n//! ```\n//! 999\n//! ```\n//!\n//! ## How to fix\n//!\n//! Two.\nuse x;\n";
        assert_eq!(paragraph(source, "How to fix"), "Two.");
        assert_eq!(paragraph(source, "Settings"), "");
        assert_eq!(advice(source), "One.\n\n## How to fix\n\nTwo.\n");
    }
}
