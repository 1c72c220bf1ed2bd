//! Waits in tests that have no limit: a test that hangs on a busy machine is a test that nobody can read.

use std::{fs, path::Path};
use syn::{
    ExprMethodCall,
    visit::{self, Visit},
};

/// Methods that wait for as long as it takes.
const ENDLESS: [&str; 5] = ["wait", "wait_with_output", "output", "status", "recv"];

/// Every such wait in the tests, with its place; `in_time` is what they use instead.
pub fn endless(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("in_time") {
            found.extend(endless(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let mut waits = Waits(Vec::new());
            waits.visit_file(&parsed);
            let place =
                |(line, method)| format!("{}:{line}: .{method}() has no limit; see tests/in_time", path.display());
            found.extend(waits.0.into_iter().map(place));
        }
    }
    found
}

struct Waits(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for Waits {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        if call.args.is_empty() && ENDLESS.contains(&name.as_str()) {
            self.0.push((call.method.span().start().line, name));
        }
        visit::visit_expr_method_call(self, call);
    }
}
