//! What is read from a kernel's text, and the types that come of it.

use crate::generate::types;
use crate::interface::{Binding, Interface, Override};
use crate::permutations::{Kernel, permutations};

fn kernel(source: &str) -> Kernel {
    let (axes, permutations) = permutations(source, &|name| Err(name.to_owned())).unwrap();
    Kernel { name: "two_words".to_owned(), axes, permutations }
}

#[test]
fn an_interface_is_what_the_host_must_know() {
    let text = "const THREADS = 64u;\nconst HALF = 0.5;\nconst ALL = 2u * THREADS;\noverride SCALE: f32;\n\
                @group(0) @binding(3) var<uniform> step: Step;\n\
                @group(0) @binding(0) var<storage, read_write> out: array<f32>;\n\
                var<workgroup> sums: array<f32, THREADS>;\n@compute @workgroup_size(ALL)\n";
    let interface = Interface::read(text).unwrap();
    assert_eq!(interface.overrides, [Override { name: "SCALE".to_owned(), ty: "f32" }]);
    let binding = |index, access, name: &str| Binding { index, access, name: name.to_owned() };
    assert_eq!(interface.bindings, [binding(0, "Write", "out"), binding(3, "Uniform", "step")]);
    let sizes: Vec<_> = interface.sizes.iter().map(|(name, &size)| (name.as_str(), size)).collect();
    assert_eq!(sizes, [("ALL", 128), ("THREADS", 64)]);
    assert_eq!(interface.workgroup_size, Some(128));
}

#[test]
fn a_declaration_that_is_not_understood_is_an_error() {
    for line in [
        "override SIZE: i32;",
        "override SIZE: u32 = 3;",
        "@group(0) @binding(x) var<uniform> step: Step;",
        "@group(0) @binding(0) var<storage> x: array<f32>;",
    ] {
        assert!(Interface::read(line).is_err(), "{line}");
    }
}

#[test]
fn what_all_permutations_declare_is_required_and_the_rest_optional() {
    let source = "#each kind: A B\n#each more: - MORE\noverride SIZE: u32;\n#ifdef A\noverride EPS: f32;\n#endif\n\
                  #ifdef MORE\n@group(0) @binding(0) var<storage, read> x: array<f32>;\n#endif\n";
    let types = types(&[kernel(source)]).unwrap();
    for expected in [
        "enum Kind { A, B }",
        "struct TwoWords<'a>",
        "kind: Kind,",
        "more: bool,",
        " size: usize,",
        " eps: Option<f32>,",
        " x: Option<&'a wgpu::Buffer>,",
        "call.optional(\"eps\", self.eps, matches!((self.kind,), (Kind::A,)))",
        "call.optional(\"x\", self.x, matches!((self.more,), (true,)))",
    ] {
        assert!(types.contains(expected), "{expected} in\n{types}");
    }
}

#[test]
fn a_condition_on_two_axes_names_both() {
    let source = "#each a: - A\n#each b: - B\n#ifdef A\n#ifdef B\noverride SIZE: u32;\n#endif\n#endif\n";
    assert!(types(&[kernel(source)]).unwrap().contains("matches!((self.a, self.b,), (true, true,))"));
}

#[test]
fn a_name_means_one_thing() {
    let declared_twice = "override X: u32;\n@group(0) @binding(0) var<uniform> x: Step;\n";
    assert!(types(&[kernel(declared_twice)]).is_err());
    let at_two_places = "#each a: - A\n#ifdef A\n@group(0) @binding(0) var<uniform> x: Step;\n#else\n\
                         @group(0) @binding(1) var<uniform> x: Step;\n#endif\n";
    assert!(types(&[kernel(at_two_places)]).is_err());
    assert!(types(&[kernel("#each a: A B"), kernel("#each a: A C")]).is_err(), "axes of one name are one");
}
