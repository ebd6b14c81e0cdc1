//! What a finished kernel declares for the host: read line by line, as our files have a declaration
//! a line.

use std::collections::BTreeMap;

/// The interface of a kernel's permutation.
#[derive(Default)]
pub(crate) struct Interface {
    pub(crate) overrides: Vec<Override>,
    pub(crate) bindings: Vec<Binding>,
    /// The `const` whole numbers.
    pub(crate) sizes: BTreeMap<String, u64>,
    /// Threads of a workgroup, where no `override` decides.
    pub(crate) workgroup_size: Option<u64>,
}

/// `override <name>: <ty>;`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Override {
    pub(crate) name: String,
    /// The Rust type of its values.
    pub(crate) ty: &'static str,
}

/// `@group(0) @binding(<index>) var<…> <name>: …;`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    pub(crate) index: u32,
    /// A variant of the host's `Access`.
    pub(crate) access: &'static str,
    pub(crate) name: String,
}

impl Interface {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut interface = Self::default();
        for line in text.lines() {
            let read = interface.declaration(line);
            read.ok_or_else(|| format!("cannot read the declaration {line:?}"))?;
        }
        interface.bindings.sort_by_key(|binding| binding.index);
        Ok(interface)
    }

    /// Takes a line that declares something; `None` when it does, but not as expected.
    fn declaration(&mut self, line: &str) -> Option<()> {
        if let Some(declared) = line.strip_prefix("override ") {
            let (name, ty) = declared.strip_suffix(';')?.split_once(": ")?;
            let ty = match ty {
                "u32" => "usize",
                "f32" => "f32",
                "bool" => "bool",
                _ => return None,
            };
            self.overrides.push(Override { name: name.to_owned(), ty });
        } else if let Some(declared) = line.strip_prefix("@group(0) @binding(") {
            let (index, variable) = declared.split_once(") var<")?;
            let (space, variable) = variable.split_once("> ")?;
            let access = match space {
                "uniform" => "Uniform",
                "storage, read" => "Read",
                "storage, read_write" => "Write",
                _ => return None,
            };
            let name = variable.split_once(':')?.0.to_owned();
            self.bindings.push(Binding { index: index.parse().ok()?, access, name });
        } else if let Some((name, value)) =
            line.strip_prefix("const ").and_then(|line| line.split_once(" = "))
        {
            let size = self.size(value.trim_end_matches(';'));
            self.sizes.extend(size.map(|size| (name.to_owned(), size)));
        } else if let Some((_, size)) = line.split_once("@workgroup_size(") {
            self.workgroup_size = self.size(size.split_once(')')?.0);
        }
        Some(())
    }

    /// A product of whole numbers and of constants that are known.
    fn size(&self, expression: &str) -> Option<u64> {
        let factor = |text: &str| {
            let digits = text.strip_suffix('u').unwrap_or(text);
            self.sizes.get(text).copied().or_else(|| digits.parse().ok())
        };
        expression.split(" * ").map(factor).product()
    }
}
