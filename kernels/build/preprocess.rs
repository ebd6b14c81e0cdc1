//! The preprocessor of the WGSL kernels: at build time it finishes every permutation, to be read;
//! at run time those that a device needs.
//!
//! A line that begins with `#` is a directive: `#import NAME` inserts `shared/NAME.wgsl` (once),
//! `#define NAME` defines a name, `#ifdef NAME` … `#else` … `#endif` keep one of two parts, and
//! `#never NAME …` says that there is no kernel with all of these defined. `#each` lines belong to
//! the build. Numbers are not the preprocessor's business: they are `const` and `override`
//! declarations of WGSL.

use std::collections::BTreeSet;

/// Expands `source` with `defines` defined; `import` gives the text of a shared file. Comments and
/// indentation go. `None` when a `#never` line says that there is no such kernel.
pub(crate) fn preprocess(
    source: &str,
    defines: &[&str],
    import: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Option<String>, String> {
    let defined = defines.iter().map(|&name| name.to_owned()).collect();
    let mut state = State { defined, imported: BTreeSet::new(), never: false, import };
    let mut out = String::new();
    state.expand(source, &mut out)?;
    Ok(Some(out).filter(|_| !state.never))
}

struct State<'a> {
    defined: BTreeSet<String>,
    imported: BTreeSet<String>,
    never: bool,
    import: &'a dyn Fn(&str) -> Result<String, String>,
}

impl State<'_> {
    fn expand(&mut self, source: &str, out: &mut String) -> Result<(), String> {
        // Whether the text is kept, for each #ifdef that is open.
        let mut open: Vec<bool> = Vec::new();
        for (number, line) in source.lines().enumerate() {
            let at = |what: &str| format!("line {}: {what}", number + 1);
            let line = line.trim();
            let (word, name) = line.split_once(' ').map_or((line, ""), |(word, name)| (word, name.trim()));
            let kept = open.iter().all(|&kept| kept);
            match word {
                "#ifdef" => open.push(self.defined.contains(name)),
                "#else" => {
                    let last = open.last_mut().ok_or_else(|| at("#else without #ifdef"))?;
                    *last = !*last;
                }
                "#endif" => {
                    open.pop().ok_or_else(|| at("#endif without #ifdef"))?;
                }
                _ if !kept => {}
                "#each" => {}
                "#never" => {
                    let all = name.split_whitespace().all(|name| self.defined.contains(name));
                    self.never = self.never || all;
                }
                "#define" => {
                    self.defined.insert(name.to_owned());
                }
                "#import" => {
                    if self.imported.insert(name.to_owned()) {
                        let shared = (self.import)(name).map_err(|error| at(&error))?;
                        self.expand(&shared, out).map_err(|error| format!("{name}: {error}"))?;
                    }
                }
                _ if word.starts_with('#') => return Err(at(&format!("unknown directive {word}"))),
                _ => {
                    let code = line.split("//").next().unwrap_or("").trim_end();
                    if !code.is_empty() {
                        out.push_str(code);
                        out.push('\n');
                    }
                }
            }
        }
        if open.is_empty() { Ok(()) } else { Err("#ifdef without #endif".to_owned()) }
    }
}
