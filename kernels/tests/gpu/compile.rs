use crate::harness::{Pair, Random, output, tuned};
use gguf::TensorType;
use kernels::gpu::{Access, Compiler, Dispatch, Error, KernelSource, Step, Store, matmul};
use std::any::Any;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A compiler that notes what it is asked for, and refuses one kernel.
fn noting(refused: &'static str) -> (Compiler, Rc<RefCell<Vec<KernelSource>>>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let notes = asked.clone();
    let compiler: Compiler = Box::new(move |kernel| {
        notes.borrow_mut().push(kernel.clone());
        let answer =
            if kernel.name == refused { Err("no".to_owned()) } else { Ok(Box::new(()) as Box<dyn Any>) };
        Box::pin(std::future::ready(answer))
    });
    (compiler, asked)
}

/// Compiles, one by one, what steps of so many tokens of two equal products launch: `matvec` for one token, `matmul_direct`
/// for more. Gives how many there were, and what the compiler was asked for.
fn compile(
    refused: &'static str,
    steps: &[RangeInclusive<u32>],
) -> (Result<usize, Error>, Vec<KernelSource>) {
    let (compiler, asked) = noting(refused);
    let (gpu, mut random) = (tuned(false).with_compiler(compiler), Random::new(1));
    let weight = Pair::new(&gpu, &mut random, TensorType::Q4_0, 8, 64);
    let (x, out, step) = (output(&gpu, &[0.0; 256], 64), output(&gpu, &[0.0; 32], 8), Step::new(&gpu));
    let product = || matmul(&gpu, &weight.gpu, &x, &out, Store::At(0), &step).unwrap();
    let dispatches: [Dispatch; 2] = [product(), product()];
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
    let one_by_one = [1..=1, 1..=1, 2..=4, 1..=512];
    for (steps, expected) in [
        (&one_by_one[..1], &["matvec"][..]),
        (&one_by_one[2..3], &["matmul_direct"]),
        (&one_by_one[3..], &["matvec", "matmul_direct"]),
        (&one_by_one, &["matvec", "matmul_direct"]),
    ] {
        let (compiled, asked) = compile("", steps);
        assert_eq!(names(&asked), expected, "{steps:?}");
        assert_eq!(compiled.unwrap(), expected.len(), "{steps:?}");
    }
}

#[test]
fn a_source_is_all_that_a_kernel_is_compiled_from() {
    let (_, asked) = compile("", &[2..=2]);
    let [kernel] = &asked[..] else { panic!("{:?}", names(&asked)) };
    assert!(kernel.wgsl.contains("fn main("));
    for (name, _) in &kernel.constants {
        assert!(kernel.wgsl.contains(&format!("override {name}:")), "{name}");
    }
    assert!(kernel.constants.contains(&("ROWS", 8.0)), "{:?}", kernel.constants);
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
    let (compiled, _) = compile("matmul_direct", &[1..=512]);
    assert!(matches!(compiled, Err(Error::Compile { kernel: "matmul_direct", .. })), "{compiled:?}");
}
