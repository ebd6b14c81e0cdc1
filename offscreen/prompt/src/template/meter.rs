//! What a template may make, in bytes.
//!
//! The interpreter counts instructions, but one of them can make a text twice as long, or a list
//! that holds itself twice: thirty make a gigabyte. So every instruction that makes a larger value
//! of others, or looks through all of one, becomes a call of a function of ours, which first pays for
//! what it makes and then lets the interpreter do it. Filters and methods are called through the
//! meter too, and so is what is written.

use minijinja::machinery::{Instruction, Instructions};
use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, Value, context, filters, functions, tests};
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that one render may make, all in all: a hundred times the longest prompt.
pub(super) const BUDGET: usize = 16 << 20;

/// The longest value: a text, or all texts in a list.
const LONGEST: usize = 2 << 20;

/// Values in values in values: also what holds itself.
const DEEPEST: usize = 24;

/// Namespaces, each of which can be an attribute of the next.
const MOST_KEPT: usize = 200;

/// Operators by the names of the functions that they become, as the interpreter knows them. No
/// template can have a function of such a name.
const OPERATORS: [(&str, &str); 11] = [
    ("+", "a + b"),
    ("~", "a ~ b"),
    ("*", "a * b"),
    ("==", "a == b"),
    ("!=", "a != b"),
    (">", "a > b"),
    (">=", "a >= b"),
    ("<", "a < b"),
    ("<=", "a <= b"),
    ("in", "a in b"),
    ("[i]", "a[b]"),
];
const LIST: &str = "[]";
const MAP: &str = "{}";

/// Has these instructions paid for.
///
/// # Errors
/// For the one kind of instruction that cannot be.
pub(super) fn meter(instructions: &mut Instructions<'_>) -> Result<(), Error> {
    let mut at = 0;
    while let Some(instruction) = instructions.get_mut(at) {
        at += 1;
        let (name, arguments) = match instruction {
            Instruction::Add => ("+", 2),
            Instruction::StringConcat => ("~", 2),
            Instruction::Mul => ("*", 2),
            Instruction::Eq => ("==", 2),
            Instruction::Ne => ("!=", 2),
            Instruction::Gt => (">", 2),
            Instruction::Gte => (">=", 2),
            Instruction::Lt => ("<", 2),
            Instruction::Lte => ("<=", 2),
            Instruction::In => ("in", 2),
            Instruction::GetItem => ("[i]", 2),
            Instruction::BuildList(Some(n)) | Instruction::BuildTuple(Some(n)) => (LIST, *n),
            Instruction::BuildMap(n) => (MAP, *n * 2),
            Instruction::CompareAndPreserve(_) => return Err(refused("it compares three values at once")),
            _ => continue,
        };
        let arguments = u16::try_from(arguments).map_err(|_| refused("one of its lists is too long"))?;
        *instruction = Instruction::CallFunction(name, Some(arguments));
    }
    Ok(())
}

pub(super) fn refused(why: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

/// What is left of the budget.
#[derive(Clone, Default)]
pub(super) struct Meter(Arc<AtomicUsize>);

/// How long what a filter or a method makes can be.
#[derive(Clone, Copy)]
enum Growth {
    /// About as long as what it is given.
    Linear,
    /// As long as a text that it is given, for each part of the first thing that it is given.
    Product,
    /// As long as a number says that it is given.
    Number,
    /// Kept for good, and what else is kept may be hung on it: few of them can be made.
    Keeps,
}

impl Meter {
    /// Begins a render.
    pub(super) fn reset(&self) {
        self.0.store(BUDGET, Ordering::Relaxed);
    }

    fn pay(&self, bytes: usize) -> Result<(), Error> {
        let left = self.0.load(Ordering::Relaxed).checked_sub(bytes);
        let left = left.filter(|_| bytes <= LONGEST).ok_or_else(|| refused("it makes too much text"))?;
        self.0.store(left, Ordering::Relaxed);
        Ok(())
    }

    /// Pays for looking through values, and gives their length.
    fn weigh(&self, values: &[Value]) -> Result<usize, Error> {
        let mut bytes = 0;
        for value in values {
            weigh(value, DEEPEST, &mut bytes)?;
        }
        self.pay(bytes)?;
        Ok(bytes)
    }

    /// Pays for what comes of these arguments, before it is made.
    fn pay_for(&self, growth: Growth, args: &[Value]) -> Result<(), Error> {
        let bytes = self.weigh(args)?;
        match growth {
            Growth::Linear => Ok(()),
            Growth::Keeps => self.pay(BUDGET / MOST_KEPT),
            Growth::Product => {
                let text = |value: &Value| value.as_str().map(str::len);
                let parts = args.first().and_then(|first| text(first).or_else(|| first.len())).unwrap_or(0);
                let longest = args.iter().skip(1).filter_map(text).max().unwrap_or(0);
                self.pay(longest.saturating_mul(parts + 1))
            }
            Growth::Number => {
                // The interpreter takes the largest numbers as they are, and overflows.
                let numbers = args.iter().filter(|value| value.is_number());
                let numbers = numbers.map(|value| value.as_usize().unwrap_or(usize::MAX));
                self.pay(bytes.saturating_mul(numbers.max().unwrap_or(1).max(1)))
            }
        }
    }

    /// Gives an environment without anything the operators, functions, filters, tests and methods
    /// that templates of models use.
    pub(super) fn furnish(&self, environment: &mut Environment<'_>) {
        for (name, source) in OPERATORS {
            let meter = self.clone();
            environment.add_function(name, move |args: Rest<Value>| {
                match name {
                    "*" => meter.pay_for(Growth::Number, &args)?,
                    // Of what an item is taken from nothing is looked at.
                    "[i]" => drop(meter.weigh(args.get(1..).unwrap_or_default())?),
                    _ => drop(meter.weigh(&args)?),
                }
                operate(source, &args)
            });
        }
        let meter = self.clone();
        environment.add_function(LIST, move |args: Rest<Value>| {
            meter.weigh(&args)?;
            Ok::<_, Error>(Value::from(args.0))
        });
        let meter = self.clone();
        environment.add_function(MAP, move |args: Rest<Value>| {
            meter.weigh(&args)?;
            let pairs = args.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
            Ok::<_, Error>(Value::from_pairs(pairs))
        });
        for (name, function, growth) in [
            ("range", Value::from_function(functions::range), Growth::Linear),
            ("dict", Value::from_function(functions::dict), Growth::Linear),
            ("namespace", Value::from_function(functions::namespace), Growth::Keeps),
        ] {
            environment.add_function(name, self.metered(function, growth));
        }
        for (name, filter, growth) in filters_of_models() {
            environment.add_filter(name, self.metered(filter, growth));
        }
        for (name, test) in tests_of_models() {
            environment.add_test(name, self.metered(test, Growth::Linear));
        }
        let meter = self.clone();
        environment.set_unknown_method_callback(move |state, value, method, args| {
            let mut all: Vec<Value> = std::iter::once(value).chain(args).cloned().collect();
            let growth = match method {
                "replace" | "join" => Growth::Product,
                "format" => return Err(refused("it formats a text")),
                _ => Growth::Linear,
            };
            if method == "join" {
                // What is joined is its argument.
                all.reverse();
            }
            meter.pay_for(growth, &all)?;
            minijinja_contrib::pycompat::unknown_method_callback(state, value, method, args)
        });
        let meter = self.clone();
        environment.set_formatter(move |out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value| {
            meter.weigh(std::slice::from_ref(value))?;
            minijinja::escape_formatter(out, state, value)
        });
    }

    /// A function that is paid for before it is called.
    fn metered(
        &self,
        function: Value,
        growth: Growth,
    ) -> impl Fn(&mut State<'_, '_>, Rest<Value>, Kwargs) -> Result<Value, Error> + Send + Sync + 'static
    {
        let meter = self.clone();
        move |state: &mut State<'_, '_>, mut args: Rest<Value>, named: Kwargs| {
            if named.args().next().is_some() {
                args.push(named.into());
            }
            meter.pay_for(growth, &args)?;
            function.call(state, &args)
        }
    }
}

/// Adds the bytes of a value and all in it.
fn weigh(value: &Value, depth: usize, bytes: &mut usize) -> Result<(), Error> {
    // What a value is kept in.
    *bytes += size_of::<Value>() + value.as_str().map_or(0, str::len);
    if *bytes > LONGEST {
        return Err(refused("it makes too much text"));
    }
    if !matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable) {
        return Ok(());
    }
    let depth = depth.checked_sub(1).ok_or_else(|| refused("its lists are nested too deep"))?;
    let is_map = value.kind() == ValueKind::Map;
    for item in value.try_iter()? {
        if is_map {
            weigh(&value.get_item(&item)?, depth, bytes)?;
        }
        weigh(&item, depth, bytes)?;
    }
    Ok(())
}

/// Does with two values what the interpreter does.
fn operate(source: &'static str, args: &[Value]) -> Result<Value, Error> {
    static PLAIN: LazyLock<Environment<'static>> = LazyLock::new(Environment::empty);
    let [a, b] = args else { return Err(refused("an operator has two sides")) };
    PLAIN.compile_expression(source)?.eval(context! { a, b })
}

fn filters_of_models() -> impl Iterator<Item = (&'static str, Value, Growth)> {
    use Growth::{Linear, Number, Product};
    [
        ("abs", Value::from_function(filters::abs), Linear),
        ("attr", Value::from_function(filters::attr), Linear),
        ("bool", Value::from_function(filters::bool), Linear),
        ("capitalize", Value::from_function(filters::capitalize), Linear),
        ("count", Value::from_function(filters::length), Linear),
        ("d", Value::from_function(filters::default), Linear),
        ("default", Value::from_function(filters::default), Linear),
        ("dictsort", Value::from_function(filters::dictsort), Linear),
        ("e", Value::from_function(filters::escape), Linear),
        ("escape", Value::from_function(filters::escape), Linear),
        ("first", Value::from_function(filters::first), Linear),
        ("float", Value::from_function(filters::float), Linear),
        ("indent", Value::from_function(filters::indent), Number),
        ("int", Value::from_function(filters::int), Linear),
        ("items", Value::from_function(filters::items), Linear),
        ("join", Value::from_function(filters::join), Product),
        ("last", Value::from_function(filters::last), Linear),
        ("length", Value::from_function(filters::length), Linear),
        ("list", Value::from_function(filters::list), Linear),
        ("lower", Value::from_function(filters::lower), Linear),
        ("map", Value::from_function(filters::map), Linear),
        ("max", Value::from_function(filters::max), Linear),
        ("min", Value::from_function(filters::min), Linear),
        ("reject", Value::from_function(filters::reject), Linear),
        ("rejectattr", Value::from_function(filters::rejectattr), Linear),
        ("replace", Value::from_function(filters::replace), Product),
        ("reverse", Value::from_function(filters::reverse), Linear),
        ("round", Value::from_function(filters::round), Linear),
        ("safe", Value::from_function(filters::safe), Linear),
        ("select", Value::from_function(filters::select), Linear),
        ("selectattr", Value::from_function(filters::selectattr), Linear),
        ("sort", Value::from_function(filters::sort), Linear),
        ("split", Value::from_function(filters::split), Linear),
        ("string", Value::from_function(filters::string), Linear),
        ("title", Value::from_function(filters::title), Linear),
        ("trim", Value::from_function(filters::trim), Linear),
        ("unique", Value::from_function(filters::unique), Linear),
        ("upper", Value::from_function(filters::upper), Linear),
    ]
    .into_iter()
}

fn tests_of_models() -> impl Iterator<Item = (&'static str, Value)> {
    [
        ("boolean", Value::from_function(tests::is_boolean)),
        ("defined", Value::from_function(tests::is_defined)),
        ("divisibleby", Value::from_function(tests::is_divisibleby)),
        ("endingwith", Value::from_function(tests::is_endingwith)),
        ("eq", Value::from_function(tests::is_eq)),
        ("equalto", Value::from_function(tests::is_eq)),
        ("even", Value::from_function(tests::is_even)),
        ("false", Value::from_function(tests::is_false)),
        ("float", Value::from_function(tests::is_float)),
        ("in", Value::from_function(tests::is_in)),
        ("integer", Value::from_function(tests::is_integer)),
        ("iterable", Value::from_function(tests::is_iterable)),
        ("mapping", Value::from_function(tests::is_mapping)),
        ("ne", Value::from_function(tests::is_ne)),
        ("none", Value::from_function(tests::is_none)),
        ("number", Value::from_function(tests::is_number)),
        ("odd", Value::from_function(tests::is_odd)),
        ("sequence", Value::from_function(tests::is_sequence)),
        ("startingwith", Value::from_function(tests::is_startingwith)),
        ("string", Value::from_function(tests::is_string)),
        ("true", Value::from_function(tests::is_true)),
        ("undefined", Value::from_function(tests::is_undefined)),
    ]
    .into_iter()
}
