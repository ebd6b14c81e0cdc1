//! The kernels as Rust types: what a launch must give is a field, so that nothing is left out or
//! misspelt.

use crate::interface::Interface;
use crate::permutations::{Axis, Kernel};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Rust with an `enum` for each axis and a `struct` for each kernel.
pub(crate) fn types(kernels: &[Kernel]) -> Result<String, String> {
    let mut out = String::new();
    let mut axes: BTreeMap<&str, &Axis> = BTreeMap::new();
    for axis in kernels.iter().flat_map(|kernel| &kernel.axes) {
        let known = *axes.entry(&axis.name).or_insert(axis);
        if known != axis {
            return Err(format!("{axis:?} is {known:?} elsewhere"));
        }
    }
    axes.values().filter(|axis| !is_switch(axis)).for_each(|axis| axis_type(&mut out, axis));
    for kernel in kernels {
        kernel_type(&mut out, kernel).map_err(|error| format!("{}: {error}", kernel.name))?;
    }
    Ok(out)
}

/// A name or none: a `bool`.
fn is_switch(axis: &Axis) -> bool {
    matches!(&axis.names[..], [none, _] if none == "-")
}

fn axis_type(out: &mut String, axis: &Axis) {
    let ty = camel_case(&axis.name);
    push(out, format_args!("#[derive(Clone, Copy, Debug, PartialEq, Eq)]"));
    push(out, format_args!("pub(in crate::gpu) enum {ty} {{ {} }}", axis.names.join(", ")));
    push(out, format_args!("impl {ty} {{ pub(in crate::gpu) fn name(self) -> &'static str {{ match self {{"));
    axis.names.iter().for_each(|name| push(out, format_args!("Self::{name} => {name:?},")));
    push(out, format_args!("}} }} }}"));
}

/// A field, how the launch is told of it, and in which permutations it is declared.
struct Field {
    name: String,
    ty: String,
    /// The method of `Call` that takes it, and that method's arguments but for the value.
    method: &'static str,
    arguments: String,
    /// Of a binding.
    index: u32,
    present: BTreeSet<usize>,
}

fn kernel_type(out: &mut String, kernel: &Kernel) -> Result<(), String> {
    let interfaces: Vec<Interface> = kernel
        .permutations
        .iter()
        .map(|permutation| Interface::read(&permutation.text))
        .collect::<Result<_, _>>()?;
    let fields = fields(&interfaces)?;
    let mut names: BTreeSet<&str> = kernel.axes.iter().map(|axis| axis.name.as_str()).collect();
    if let Some(field) = fields.iter().find(|field| !names.insert(&field.name)) {
        return Err(format!("two things are called {}", field.name));
    }
    let (name, ty) = (&kernel.name, camel_case(&kernel.name));
    push(out, format_args!("/// `wgsl/{name}.wgsl`.\npub(in crate::gpu) struct {ty}<'a> {{"));
    for axis in &kernel.axes {
        let ty = if is_switch(axis) { "bool".to_owned() } else { camel_case(&axis.name) };
        push(out, format_args!("pub(in crate::gpu) {}: {ty},", axis.name));
    }
    for Field { name, ty, present, .. } in &fields {
        let ty = if present.len() < interfaces.len() { format!("Option<{ty}>") } else { ty.clone() };
        push(out, format_args!("pub(in crate::gpu) {name}: {ty},"));
    }
    push(out, format_args!("}}\nimpl {ty}<'_> {{"));
    for (name, value) in shared_sizes(&interfaces) {
        push(out, format_args!("pub(in crate::gpu) const {name}: usize = {value};"));
    }
    push(out, format_args!("}}\nimpl Kernel for {ty}<'_> {{ fn call(&self) -> Result<Call<'_>, Error> {{"));
    push(out, format_args!("let mut call = Call::new({name:?});"));
    for axis in &kernel.axes {
        match &axis.names[..] {
            [_, name] if is_switch(axis) => {
                push(out, format_args!("if self.{} {{ call.define({name:?}); }}", axis.name));
            }
            _ => push(out, format_args!("call.define(self.{}.name());", axis.name)),
        }
    }
    for Field { name, method, arguments, present, .. } in &fields {
        if present.len() < interfaces.len() {
            let pattern = pattern(kernel, present);
            push(
                out,
                format_args!("if let Some(value) = call.optional({name:?}, self.{name}, {pattern})? {{"),
            );
            push(out, format_args!("call.{method}({arguments}, value); }}"));
        } else {
            push(out, format_args!("call.{method}({arguments}, self.{name});"));
        }
    }
    push(out, format_args!("Ok(call) }} }}"));
    Ok(())
}

/// The constants of all permutations, then the bindings by their numbers.
fn fields(interfaces: &[Interface]) -> Result<Vec<Field>, String> {
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |permutation: usize, field: Field| {
        match fields.iter_mut().find(|known| known.method == field.method && known.name == field.name) {
            Some(known) if known.arguments != field.arguments || known.ty != field.ty => {
                return Err(format!("{} is declared in two ways", field.name));
            }
            Some(known) => known.present.insert(permutation),
            None => {
                fields.push(field);
                true
            }
        };
        Ok(())
    };
    for (permutation, interface) in interfaces.iter().enumerate() {
        let present = || BTreeSet::from([permutation]);
        for constant in &interface.overrides {
            let (name, arguments) = (constant.name.to_lowercase(), format!("{:?}", constant.name));
            let ty = constant.ty.to_owned();
            add(
                permutation,
                Field { name, ty, method: "constant", arguments, index: 0, present: present() },
            )?;
        }
        for binding in &interface.bindings {
            let (name, ty) = (binding.name.clone(), "&'a wgpu::Buffer".to_owned());
            let (index, arguments) =
                (binding.index, format!("{}, Access::{}", binding.index, binding.access));
            add(permutation, Field { name, ty, method: "bind", arguments, index, present: present() })?;
        }
    }
    fields.sort_by_key(|field| (field.method == "bind", field.index));
    Ok(fields)
}

/// What is the same number in every permutation.
fn shared_sizes(interfaces: &[Interface]) -> Vec<(String, u64)> {
    let Some(first) = interfaces.first() else { return Vec::new() };
    let everywhere = |(name, size): &(&String, &u64)| {
        interfaces.iter().all(|interface| interface.sizes.get(*name) == Some(size))
    };
    let sizes = first.sizes.iter().filter(everywhere).map(|(name, &size)| (name.clone(), size));
    let same = |interface: &Interface| interface.workgroup_size == first.workgroup_size;
    let workgroup = first.workgroup_size.filter(|_| interfaces.iter().all(same));
    sizes.chain(workgroup.map(|size| ("WORKGROUP_SIZE".to_owned(), size))).collect()
}

/// A condition on the choices that is true of these permutations and false of the others: on as few
/// axes as tell them apart.
fn pattern(kernel: &Kernel, present: &BTreeSet<usize>) -> String {
    let project = |axes: &[usize], wanted: bool| -> BTreeSet<Vec<&str>> {
        let permutations = kernel.permutations.iter().enumerate();
        let wanted = permutations.filter(|(index, _)| present.contains(index) == wanted);
        wanted.map(|(_, of)| axes.iter().map(|&axis| of.choice[axis].as_str()).collect()).collect()
    };
    let mut axes: Vec<usize> = (0..kernel.axes.len()).collect();
    for axis in 0..kernel.axes.len() {
        let fewer: Vec<usize> = axes.iter().copied().filter(|&other| other != axis).collect();
        if project(&fewer, true).is_disjoint(&project(&fewer, false)) {
            axes = fewer;
        }
    }
    let value = |(&axis, name): (&usize, &&str)| {
        let axis = &kernel.axes[axis];
        if is_switch(axis) {
            (*name != "-").to_string()
        } else {
            format!("{}::{name}", camel_case(&axis.name))
        }
    };
    let tuple = |parts: Vec<String>| format!("({},)", parts.join(", "));
    let alternatives: Vec<_> =
        project(&axes, true).iter().map(|names| tuple(axes.iter().zip(names).map(value).collect())).collect();
    let chosen = tuple(axes.iter().map(|&axis| format!("self.{}", kernel.axes[axis].name)).collect());
    format!("matches!({chosen}, {})", alternatives.join(" | "))
}

fn camel_case(name: &str) -> String {
    let upper = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').map(upper).collect()
}

fn push(out: &mut String, line: std::fmt::Arguments<'_>) {
    // A string takes all that is written to it.
    let _ = writeln!(out, "{line}");
}
