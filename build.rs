//! Compiles the texts of the page, so that the page carries no parser for them.
//!
//! `static/locales/en.ftl` (Fluent's syntax, read by Fluent's own parser) becomes a table of
//! `src/ui/text.rs`'s types. A slip in the catalogue fails the build with its line.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "page")]
    catalogue::compile("static/locales/en.ftl");
}

#[cfg(feature = "page")]
mod catalogue {
    use std::fmt::Write;
    use std::path::Path;
    use std::{env, fs};

    use fluent_syntax::ast::{
        Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
    };

    /// Writes `catalogue.rs` into the build's folder: one expression, a sorted slice of messages.
    pub(crate) fn compile(file: &str) {
        println!("cargo::rerun-if-changed={file}");
        let source = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let resource =
            fluent_syntax::parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| {
                let place = errors.first().map_or(0, |error| error.pos.start);
                let line = source[..place].lines().count().max(1);
                panic!("{file}:{line}: {errors:?}")
            });
        let mut messages = Vec::new();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    assert!(
                        message.attributes.is_empty(),
                        "{file}: {key} has attributes"
                    );
                    let pattern = message.value.as_ref();
                    let pattern = pattern.unwrap_or_else(|| panic!("{file}: {key} has no text"));
                    messages.push((key, parts(key, pattern)));
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(_) | Entry::Junk { .. } => panic!("{file}: only messages are known"),
            }
        }
        messages.sort();
        let mut table = String::from("&[\n");
        for (key, parts) in &messages {
            writeln!(table, "    ({key:?}, {parts}),").expect("a String takes all");
        }
        table.push_str("]\n");
        let folder = env::var_os("OUT_DIR").expect("Cargo says where");
        let target = Path::new(&folder).join("catalogue.rs");
        fs::write(target, table).expect("Cargo's folder can be written");
    }

    /// A pattern as a slice of `Part`s.
    fn parts(key: &str, pattern: &Pattern<&str>) -> String {
        let part = |element: &PatternElement<&str>| match element {
            PatternElement::TextElement { value } => format!("Part::Text({value:?})"),
            PatternElement::Placeable { expression } => placeable(key, expression),
        };
        let parts: Vec<_> = pattern.elements.iter().map(part).collect();
        format!("&[{}]", parts.join(", "))
    }

    fn placeable(key: &str, expression: &Expression<&str>) -> String {
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                format!("Part::Gap({:?})", id.name)
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                format!("Part::Text({value:?})")
            }
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => {
                let choices: Vec<_> = variants
                    .iter()
                    .map(|variant| choice(key, variant))
                    .collect();
                format!("Part::Choice({:?}, &[{}])", id.name, choices.join(", "))
            }
            Expression::Inline(_) | Expression::Select { .. } => {
                panic!("{key}: only variables, strings and choices by a variable are known")
            }
        }
    }

    /// A variant as a pair of its key and its parts.
    fn choice(key: &str, variant: &Variant<&str>) -> String {
        let when = match &variant.key {
            _ if variant.default => String::from("When::Otherwise"),
            VariantKey::Identifier { name } => format!("When::Category({name:?})"),
            VariantKey::NumberLiteral { value } => {
                let number: u64 = value.parse().unwrap_or_else(|_| panic!("{key}: [{value}]"));
                format!("When::Number({number})")
            }
        };
        format!("({when}, {})", parts(key, &variant.value))
    }
}
