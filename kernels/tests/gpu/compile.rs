use crate::harness::{output, tuned};
use kernels::gpu::{Access, Compiler, Dispatch, Error, KernelSource, KvCache, Partials, Step, attention};
use kernels::ops::{Attention, KvFormat};
use std::any::Any;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A compiler that notes what it is asked for, and refuses one kernel.
fn noting(refused: &'static str) -> (Compiler, Rc<RefCell<Vec<KernelSource>>>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let notes = asked.clone();
    let compiler: Compiler = Rc::new(move |kernel| {
        notes.borrow_mut().push(kernel.clone());
        let answer =
            if kernel.name == refused { Err("no".to_owned()) } else { Ok(Box::new(()) as Box<dyn Any>) };
        Box::pin(std::future::ready(answer))
    });
    (compiler, asked)
}

/// Compiles, one by one, what steps of so many tokens launch to attend twice in the same way: two
/// kernels for up to four tokens, another for more. Gives how many there were, and what the
/// compiler was asked for.
fn compile(
    refused: &'static str,
    steps: &[RangeInclusive<u32>],
) -> (Result<usize, Error>, Vec<KernelSource>) {
    let (compiler, asked) = noting(refused);
    let gpu = tuned(true).with_compiler(compiler);
    let shape = Attention { heads: 2, kv_heads: 1, head_dim: 64, scale: 1.0, window: None };
    let cache = KvCache::new(&gpu, 32, 1, 64, KvFormat::F32).unwrap();
    let partials = Partials::new(&gpu, 4, 2, 64).unwrap();
    let (q, out) = (output(&gpu, &[0.0; 1024], 128), output(&gpu, &[0.0; 1024], 128));
    let step = Step::new(&gpu);
    let attend = || attention(&gpu, &shape, &q, &cache, &partials, &out, &step).unwrap();
    let dispatches: [Dispatch; 2] = [attend(), attend()];
    let compile = async || {
        let mut count = 0;
        for tokens in steps {
            let mut compiling = gpu.compile(dispatches.iter().map(|dispatch| (dispatch, tokens.clone())));
            while compiling.next().await? {
                count += 1;
            }
        }
        Ok(count)
    };
    let compiled = pollster::block_on(compile());
    (compiled, asked.take())
}

fn names(kernels: &[KernelSource]) -> Vec<&str> {
    kernels.iter().map(|kernel| kernel.name).collect()
}

#[test]
fn each_kernel_of_the_steps_asked_for_is_compiled_once() {
    let one_by_one = [1..=1, 2..=4, 5..=64, 1..=512];
    let (few, all) = (
        &["attention_split", "attention_combine"],
        &["attention_split", "attention_combine", "attention_tiled"],
    );
    for (steps, expected) in [
        (&one_by_one[..1], &few[..]),
        (&one_by_one[2..3], &["attention_tiled"]),
        (&one_by_one[3..], all),
        (&one_by_one, all),
    ] {
        let (compiled, asked) = compile("", steps);
        assert_eq!(names(&asked), expected, "{steps:?}");
        assert_eq!(compiled.unwrap(), expected.len(), "{steps:?}");
    }
}

#[test]
fn a_source_is_all_that_a_kernel_is_compiled_from() {
    let (_, asked) = compile("", &[5..=5]);
    let [kernel] = &asked[..] else { panic!("{:?}", names(&asked)) };
    assert!(kernel.wgsl.contains("fn main("));
    for (name, _) in &kernel.constants {
        assert!(kernel.wgsl.contains(&format!("override {name}:")), "{name}");
    }
    assert!(kernel.constants.contains(&("HEADS", 2.0)), "{:?}", kernel.constants);
    assert!(kernel.bindings.contains(&(0, Access::Read)), "{:?}", kernel.bindings);
    for access in [Access::Write, Access::Uniform] {
        assert_eq!(
            kernel.bindings.iter().filter(|&&(_, of)| of == access).count(),
            1,
            "{:?}",
            kernel.bindings
        );
    }
}

#[test]
fn what_the_compiler_refuses_is_an_error() {
    let (compiled, _) = compile("attention_tiled", &[1..=512]);
    assert!(matches!(compiled, Err(Error::Compile { kernel: "attention_tiled", .. })), "{compiled:?}");
}
