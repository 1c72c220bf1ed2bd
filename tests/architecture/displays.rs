//! What can reach a terminal: the errors' sentences and every other `Display`. A text from outside goes in as
//! `Escaped(text)` or not at all.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{
    Attribute, Fields, ItemEnum, ItemImpl, ItemStruct, Type,
    spanned::Spanned,
    visit::{self, Visit},
};

/// What a field may be to stand in a sentence as it is: it has no letters of others. `Reason` is looked through itself.
const PLAIN: [&str; 6] = ["u32", "u64", "usize", "& 'static str", "Reason", "Day"];

/// What makes a text fit to be shown. `Excerpt` shows the beginning of an `Escaped`.
const SAFE: [&str; 2] = ["Escaped", "Excerpt"];

/// The faults of one file: placeholders of `#[error("…")]` that show a text from outside, and `impl Display` of types
/// that nobody has looked at.
pub fn faults(name: &str, text: &str, known: &[(&str, &str)]) -> Vec<String> {
    let mut reader = Reader { known, faults: Vec::new() };
    reader.visit_file(&syn::parse_file(text).unwrap());
    reader.faults.into_iter().map(|(line, fault)| format!("src/{name}.rs:{line}: {fault}")).collect()
}

struct Reader<'a> {
    known: &'a [(&'a str, &'a str)],
    faults: Vec<(usize, String)>,
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        for variant in &item.variants {
            self.look(&variant.attrs, &variant.fields);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        self.look(&item.attrs, &item.fields);
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let shows = item.trait_.as_ref().is_some_and(|(_, path, _)| path.segments.last().unwrap().ident == "Display");
        if shows && let Type::Path(kind) = &*item.self_ty {
            let name = kind.path.segments.last().unwrap().ident.to_string();
            if !self.known.iter().any(|(known, _)| *known == name) {
                self.faults.push((item.span().start().line, format!("`Display` of {name} is not in the list")));
            }
        }
        visit::visit_item_impl(self, item);
    }
}

impl Reader<'_> {
    /// Looks at the sentence of one error.
    fn look(&mut self, attributes: &[Attribute], fields: &Fields) {
        let Some(attribute) = attributes.iter().find(|attribute| attribute.path().is_ident("error")) else { return };
        let types: BTreeMap<String, String> = fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let name = field.ident.as_ref().map_or_else(|| at.to_string(), ToString::to_string);
                (name, field.ty.to_token_stream().to_string())
            })
            .collect();
        let mut arguments = split(attribute.meta.require_list().unwrap().tokens.clone());
        let sentence: syn::LitStr = syn::parse2(arguments.remove(0).into_iter().collect()).unwrap();
        let plain = |field: &str| types.get(field).is_some_and(|kind| PLAIN.contains(&kind.as_str()));
        let line = attribute.span().start().line;
        for field in placeholders(&sentence.value()) {
            let constant = field.chars().all(|letter| letter.is_uppercase() || letter == '_');
            if !field.is_empty() && !constant && !plain(&field) {
                self.faults.push((line, format!("{{{field}}} shows a text as it is; wrap it in Escaped")));
            }
        }
        for argument in arguments {
            let words: Vec<String> = argument.iter().map(ToString::to_string).collect();
            let number =
                words.first().is_some_and(|word| word == ".") && words.get(1).is_some_and(|field| plain(field));
            if !number && !words.first().is_some_and(|word| SAFE.contains(&word.as_str())) {
                self.faults.push((line, format!("`{}` shows a text as it is; wrap it in Escaped", words.concat())));
            }
        }
    }
}

/// The arguments of a macro, at its commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut all = vec![Vec::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => all.push(Vec::new()),
            other => all.last_mut().unwrap().push(other),
        }
    }
    all
}

/// What stands between the braces of a format string.
fn placeholders(sentence: &str) -> Vec<String> {
    let plain = sentence.replace("{{", "").replace("}}", "");
    let parts = plain.split('{').skip(1);
    parts.map(|part| part.split(['}', ':']).next().unwrap().to_owned()).collect()
}
