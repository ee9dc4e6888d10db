//! Mistakes in settings files, each with its line, the text at fault and what was probably meant.

use crate::error::Mistake;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// The mistakes as text, all of them, with a count at the end. `colour` adds escape codes.
#[must_use]
pub fn mistakes(mistakes: &[Mistake], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for mistake in mistakes {
        let path = mistake.path.display().to_string();
        let end = mistake.source.len();
        let span = mistake.span.start.min(end)..mistake.span.end.clamp(mistake.span.start.min(end), end);
        let mut group = Level::ERROR.primary_title(&mistake.message).element(
            Snippet::source(&*mistake.source)
                .line_start(1)
                .path(&path)
                .annotation(AnnotationKind::Primary.span(span)),
        );
        if let Some(hint) = &mistake.hint {
            group = group.element(Level::HELP.message(hint));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text.push_str(&super::count(mistakes.len(), "mistake to put right", "mistakes to put right"));
    text.push_str(".\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_shows_its_line() {
        let mistake = |span| Mistake {
            path: "schemas/x.toml".into(),
            source: "[schema]\nnmae = \"x\"\n".into(),
            span,
            message: "nmae is not a property of [schema].".into(),
            hint: Some("Did you mean name?".into()),
        };
        let text = mistakes(&[mistake(9..13), mistake(500..700)], false);
        assert!(text.contains("schemas/x.toml:2:1"), "{text}");
        assert!(text.contains("2 | nmae = \"x\"") && text.contains("^^^^"), "{text}");
        assert!(
            text.contains("Did you mean name?") && text.ends_with("2 mistakes to put right.\n"),
            "{text}"
        );
    }
}
