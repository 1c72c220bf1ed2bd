//! The source tree as `syn` reads it: which file names which item of which other file.

use proc_macro2::{TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use syn::{
    Attribute, ImplItem, Item, Type, UseTree,
    spanned::Spanned,
    visit::{self, Visit},
};

/// Segments of a path: `["layout", "wrap", "CellRange"]`.
type Segments = Vec<String>;

/// One file of `src` and what it says.
#[derive(Default)]
pub struct SourceFile {
    /// The file's name below `src`, without its ending: `layout/wrap`.
    pub name: String,
    /// How many lines it has.
    pub lines: usize,
    /// Whether it is compiled for tests only.
    pub for_tests: bool,
    /// Every path that is named, from the crate's root (`crate::`) or from another crate's name, and its line.
    pub named: Vec<Named>,
    /// Methods of each type that has an inherent `impl` here, by the type as it is named here.
    methods: BTreeMap<Segments, usize>,
    /// Files below this one.
    children: BTreeSet<String>,
    /// Items that are defined here.
    items: BTreeSet<String>,
    /// Names that `use` brings here, and the whole path behind each.
    imports: BTreeMap<String, Segments>,
}

/// A path that a file names.
pub struct Named {
    pub path: Segments,
    pub line: usize,
    /// Whether only tests see it.
    pub in_tests: bool,
}

/// All files, by their names.
pub struct Tree(pub BTreeMap<String, SourceFile>);

impl Tree {
    pub fn read(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        read_folder(root, root, &mut files);
        let names: Vec<String> = files.keys().cloned().collect();
        for name in &names {
            let parent = name.rsplit_once('/').map_or("lib", |(parent, _)| parent);
            let own = name.rsplit('/').next().unwrap().to_owned();
            if name != "lib"
                && let Some(parent) = files.get_mut(parent)
            {
                parent.children.insert(own);
            }
        }
        let mut tree = Self(files);
        tree.mark_test_files();
        tree.resolve_names();
        tree
    }

    /// Files that a `#[cfg(test)] mod name;` declares, and what lies below them.
    fn mark_test_files(&mut self) {
        let declared: Vec<String> = self
            .0
            .values()
            .flat_map(|file| {
                let below =
                    |child: &str| if file.name == "lib" { child.to_owned() } else { format!("{}/{child}", file.name) };
                file.items.iter().filter_map(|item| item.strip_prefix("test mod ")).map(below).collect::<Vec<_>>()
            })
            .collect();
        for file in self.0.values_mut() {
            file.for_tests =
                declared.iter().any(|test| file.name == *test || file.name.starts_with(&format!("{test}/")));
        }
    }

    /// Makes every path begin at the crate's root or with another crate's name.
    fn resolve_names(&mut self) {
        let whole: BTreeMap<String, Vec<Segments>> = self
            .0
            .iter()
            .map(|(name, file)| {
                (name.clone(), file.named.iter().map(|named| self.whole_path(file, &named.path)).collect())
            })
            .collect();
        for (name, paths) in whole {
            for (named, path) in self.0.get_mut(&name).unwrap().named.iter_mut().zip(paths) {
                named.path = path;
            }
        }
    }

    /// A path as a file names it, from the crate's root: `["crate", …]`; of another crate as it is.
    fn whole_path(&self, file: &SourceFile, path: &[String]) -> Segments {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let module = || {
            if file.name == "lib" { Vec::new() } else { file.name.split('/').map(str::to_owned).collect::<Segments>() }
        };
        let below = |mut start: Segments, rest: &[String]| {
            start.insert(0, "crate".to_owned());
            start.extend_from_slice(rest);
            start
        };
        match first.as_str() {
            "crate" => path.to_vec(),
            "self" => below(module(), rest),
            "super" => {
                let supers = path.iter().take_while(|segment| *segment == "super").count();
                let mut start = module();
                start.truncate(start.len().saturating_sub(supers));
                below(start, &path[supers..])
            }
            name => match file.imports.get(name) {
                Some(import) if import.first() != Some(first) => {
                    let whole: Segments = import.iter().chain(rest).cloned().collect();
                    self.whole_path(file, &whole)
                }
                _ if file.children.contains(name) || file.items.contains(name) => below(module(), path),
                _ => path.to_vec(),
            },
        }
    }

    /// The file that defines what a path from the root names, through re-exports; none for a module itself and for what
    /// is not of this crate.
    pub fn definer(&self, path: &[String]) -> Option<&str> {
        self.follow(path, 0).map(|(file, _)| file)
    }

    /// The file and the name of the item behind a path.
    fn follow<'a>(&'a self, path: &[String], depth: usize) -> Option<(&'a str, String)> {
        let mut file = self.0.get("lib")?;
        let mut rest = path.strip_prefix(&["crate".to_owned()])?;
        while let Some((first, after)) = rest.split_first() {
            if file.children.contains(first) {
                file =
                    self.0.get(&if file.name == "lib" { first.clone() } else { format!("{}/{first}", file.name) })?;
                rest = after;
            } else if let (false, Some(import)) = (file.items.contains(first), file.imports.get(first)) {
                let whole: Segments = import.iter().chain(after).cloned().collect();
                let whole = self.whole_path(file, &whole);
                return if depth < 8 && whole.first().is_some_and(|first| first == "crate") {
                    self.follow(&whole, depth + 1)
                } else {
                    None
                };
            } else {
                return Some((&file.name, first.clone()));
            }
        }
        None
    }

    /// Which file names items of which others, tests aside. That a file names what lies below it does not count: a
    /// module is made of its parts.
    pub fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let files = self.0.values().filter(|file| !file.for_tests);
        files
            .map(|file| {
                let below = format!("{}/", file.name);
                let targets =
                    file.named.iter().filter(|named| !named.in_tests).filter_map(|named| self.definer(&named.path));
                let others =
                    targets.filter(|target| *target != file.name && !target.starts_with(&below) && file.name != "lib");
                (file.name.as_str(), others.collect())
            })
            .collect()
    }

    /// Methods of every type, in all its inherent `impl`s together, tests aside.
    pub fn methods(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::new();
        for file in self.0.values().filter(|file| !file.for_tests) {
            for (path, count) in &file.methods {
                let whole = self.whole_path(file, path);
                let name =
                    self.follow(&whole, 0).map_or_else(|| whole.join("::"), |(file, item)| format!("{file}::{item}"));
                *all.entry(name).or_default() += count;
            }
        }
        all
    }
}

/// Groups of files that name each other in a circle, each by name.
pub fn circles<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = edges
        .keys()
        .map(|&start| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
            while let Some(file) = next.pop() {
                next.extend(edges.get(file).into_iter().flatten().copied().filter(|&target| seen.insert(target)));
            }
            (start, seen)
        })
        .collect();
    let both = |one: &str, other: &str| {
        reached[one].contains(other) && reached.get(other).is_some_and(|seen| seen.contains(one))
    };
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for &file in edges.keys() {
        if !both(file, file) || groups.iter().flatten().any(|&known| known == file) {
            continue;
        }
        groups.push(edges.keys().copied().filter(|other| both(file, other)).collect());
    }
    groups
}

fn read_folder(root: &Path, folder: &Path, files: &mut BTreeMap<String, SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
            if name != "main" {
                files.insert(name.clone(), read_file(name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
}

/// Reads one file.
pub fn read_file(name: String, text: &str) -> SourceFile {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("src/{name}.rs: {error}"));
    let mut reader =
        Reader { file: SourceFile { name, lines: text.lines().count(), ..SourceFile::default() }, tests: 0, inline: 0 };
    for item in &parsed.items {
        reader.define(item);
    }
    reader.visit_file(&parsed);
    reader.file
}

struct Reader {
    file: SourceFile,
    /// How many of the items around this place are for tests.
    tests: usize,
    /// How many modules of this file this place is in.
    inline: usize,
}

impl Reader {
    fn define(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Mod(item) if item.content.is_some() => &item.ident,
            Item::Mod(item) if is_for_tests(&item.attrs) => {
                self.file.items.insert(format!("test mod {}", item.ident));
                return;
            }
            Item::Use(item) => {
                let mut found = Vec::new();
                flatten(&item.tree, &mut Vec::new(), &mut found);
                if !is_for_tests(&item.attrs) {
                    self.file.imports.extend(found);
                }
                return;
            }
            _ => return,
        };
        self.file.items.insert(name.to_string());
    }

    fn add(&mut self, mut path: Segments, line: usize) {
        // Inside `mod tests { … }` the first `super` is this file.
        for _ in 0..self.inline {
            if path.first().is_some_and(|first| first == "super") {
                path.remove(0);
                if path.first().is_none_or(|first| first != "super") {
                    path.insert(0, "self".to_owned());
                    break;
                }
            }
        }
        self.file.named.push(Named { path, line, in_tests: self.tests > 0 });
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => item.attrs.as_slice(),
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => &[],
        };
        let tests = usize::from(is_for_tests(attributes));
        self.tests += tests;
        let inline = usize::from(matches!(item, Item::Mod(item) if item.content.is_some()));
        self.inline += inline;
        if let Item::Impl(block) = item
            && block.trait_.is_none()
            && self.tests == 0
            && let Type::Path(kind) = &*block.self_ty
        {
            let path = kind.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let methods = block.items.iter().filter(|item| matches!(item, ImplItem::Fn(_))).count();
            *self.file.methods.entry(path).or_default() += methods;
        }
        visit::visit_item(self, item);
        self.tests -= tests;
        self.inline -= inline;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut found = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut found);
        for (_, path) in found {
            self.add(path, item.span().start().line);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add(segments, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let mut found = Vec::new();
        paths(item.tokens.clone(), &mut found);
        for (path, line) in found {
            self.add(path, line);
        }
        visit::visit_macro(self, item);
    }
}

/// The paths among the tokens of a macro.
fn paths(tokens: TokenStream, found: &mut Vec<(Segments, usize)>) {
    let mut path = Segments::new();
    let (mut colons, mut line) = (0, 0);
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 && !path.is_empty() {
                    found.push((std::mem::take(&mut path), line));
                }
                line = name.span().start().line;
                path.push(name.to_string());
                colons = 0;
                continue;
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' => {
                colons += 1;
                continue;
            }
            TokenTree::Group(group) => paths(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        if !path.is_empty() {
            found.push((std::mem::take(&mut path), line));
        }
        colons = 0;
    }
    if !path.is_empty() {
        found.push((path, line));
    }
}

/// The names that a `use` brings, and the path behind each; of a glob the module.
fn flatten(tree: &UseTree, before: &mut Segments, found: &mut Vec<(String, Segments)>) {
    let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Segments>();
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            found.push((before.last().cloned().unwrap_or_default(), before.clone()));
        }
        UseTree::Name(name) => found.push((name.ident.to_string(), with(&name.ident))),
        UseTree::Rename(name) if name.ident == "self" => found.push((name.rename.to_string(), before.clone())),
        UseTree::Rename(name) => found.push((name.rename.to_string(), with(&name.ident))),
        UseTree::Glob(_) => found.push(("*".to_owned(), before.clone())),
        UseTree::Group(group) => group.items.iter().for_each(|item| flatten(item, before, found)),
    }
}

/// Whether an item is compiled for tests only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}
