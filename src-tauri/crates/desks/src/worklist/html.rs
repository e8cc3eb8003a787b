//! A worklist as a page that is printed, or ticked in a browser: one file that loads nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{Section, Step, Worklist};

const STYLE: &str = "\
:root { color-scheme: light; }
body { font: 14px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 1.8rem 0 0.2rem; }
p { margin: 0.2rem 0; }
.quiet, th { color: #555; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
.assumed { border: 1px solid #8a5a00; color: #6b4600; border-radius: 3px; padding: 0 0.3rem; font-size: 12px; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin-top: 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; border-top: 1px solid #ccc; }
th { font-weight: 600; border-top: 0; }
td.value { white-space: pre-wrap; overflow-wrap: anywhere; width: 24%; }
td.box { width: 1.4rem; } td.number { width: 2rem; color: #555; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  section { break-inside: avoid-page; } tr { break-inside: avoid; } h2 { break-after: avoid; }
  thead { display: table-header-group; }
}
";

/// The worklist as a page.
pub(crate) fn html(list: &Worklist) -> String {
    let count = list.count();
    let steps = if count == 1 { "step" } else { "steps" };
    let title = format!("Worklist for {}: {}, {}", list.desk, list.workspace, list.date);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Worklist for {}</h1>\n\
         <p class=\"quiet\">{} · {} · {count} {steps}</p>\n",
        text(&title),
        text(&list.desk),
        text(&list.workspace),
        text(&list.date),
    );
    if let Some(first) = list.first {
        let _ = writeln!(out, "<p><strong>{}</strong></p>", text(first));
    }
    if list.sections.iter().any(has_assumed) {
        let _ = writeln!(
            out,
            "<p class=\"quiet\"><span class=\"assumed\">assumed</span> No documentation says that it is done so: look before you save.</p>"
        );
    }
    let mut number = 0;
    for part in &list.sections {
        section(&mut out, part, &mut number);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn has_assumed(section: &Section) -> bool {
    section.assumed || section.steps.iter().any(|step| step.assumed)
}

fn section(out: &mut String, section: &Section, number: &mut usize) {
    let id = *number + 1;
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"s{id}\">\n<h2 id=\"s{id}\">{}: {}</h2>",
        text(&section.thing),
        text(&section.name)
    );
    let key = if section.key.is_empty() || section.key == section.name {
        String::new()
    } else {
        format!("<code>{}</code> · ", text(&section.key))
    };
    let _ = writeln!(
        out,
        "<p class=\"quiet\">{key}{}{}</p>",
        text(&section.place),
        badge(section.assumed)
    );
    out.push_str(
        "<table>\n<thead><tr><th><span class=\"quiet\">Done</span></th><th>No.</th><th>Step</th><th>Before</th><th>Afterwards</th></tr></thead>\n<tbody>\n",
    );
    for step in &section.steps {
        *number += 1;
        row(out, step, *number);
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn row(out: &mut String, step: &Step, number: usize) {
    let _ = writeln!(
        out,
        "<tr><td class=\"box\"><input type=\"checkbox\" aria-label=\"Step {number} done\"></td><td class=\"number\">{number}</td>\
         <td>{}{}</td><td class=\"value\">{}</td><td class=\"value\">{}</td></tr>",
        text(&step.what),
        badge(step.assumed),
        text(&step.before),
        text(&step.after)
    );
}

fn badge(assumed: bool) -> &'static str {
    if assumed {
        " <span class=\"assumed\">assumed</span>"
    } else {
        ""
    }
}

/// A text that no browser takes for markup. What cannot be seen and turns the line around is shown as a sign.
fn text(raw: &str) -> String {
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let seen: Cow<'_, str> = if raw.contains(is_hidden) {
        raw.chars()
            .map(|c| if is_hidden(c) { '\u{fffd}' } else { c })
            .collect::<String>()
            .into()
    } else {
        raw.into()
    };
    escape(seen.as_ref()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_in_a_field_is_markup_and_every_step_has_a_box() {
        let evil = "\"><script>alert('x')</script>&\u{202e}";
        let step = Step {
            what: evil.to_owned(),
            field: evil.to_owned(),
            before: evil.to_owned(),
            after: evil.to_owned(),
            assumed: true,
        };
        let part = Section {
            thing: evil.to_owned(),
            name: evil.to_owned(),
            key: "k".to_owned(),
            place: evil.to_owned(),
            assumed: false,
            steps: vec![step.clone(), step],
        };
        let list = Worklist {
            desk: evil.to_owned(),
            workspace: evil.to_owned(),
            date: "2026-11-26".to_owned(),
            first: None,
            sections: vec![part],
        };
        let page = html(&list);
        assert!(!page.contains("<script") && !page.contains("alert('x')") && !page.contains('\u{202e}'));
        assert_eq!(page.matches("<input type=\"checkbox\"").count(), 2);
        assert!(page.contains("2 steps") && page.contains("2026-11-26"));
        assert!(page.contains("&quot;&gt;&lt;script&gt;"));
    }
}
