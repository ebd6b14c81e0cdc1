//! Values by key, as the type that the caller needs.

use crate::{Array, Error, Gguf, Strings, Value};

impl Gguf {
    /// What `key` holds.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Every key and its value, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// A text.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`], as for every getter here.
    pub fn str(&self, key: &str) -> Result<&str, Error> {
        match self.require(key)? {
            Value::String(text) => Ok(text),
            other => Err(wrong(key, "a string", other)),
        }
    }

    /// An integer of any width and sign that is within `u32`.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn u32(&self, key: &str) -> Result<u32, Error> {
        let value = self.require(key)?;
        let number = value.as_i64().and_then(|n| u32::try_from(n).ok());
        number.ok_or_else(|| wrong(key, "a number from 0 to 4294967295", value))
    }

    /// A 32-bit float.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn f32(&self, key: &str) -> Result<f32, Error> {
        match self.require(key)? {
            Value::F32(number) => Ok(*number),
            other => Err(wrong(key, "a 32-bit float", other)),
        }
    }

    /// A boolean.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn bool(&self, key: &str) -> Result<bool, Error> {
        match self.require(key)? {
            Value::Bool(truth) => Ok(*truth),
            other => Err(wrong(key, "a boolean", other)),
        }
    }

    /// A list of texts.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn strings(&self, key: &str) -> Result<&Strings, Error> {
        match self.require(key)? {
            Value::Array(Array::String(strings)) => Ok(strings),
            other => Err(wrong(key, "a list of strings", other)),
        }
    }

    /// A list of 32-bit floats.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn f32s(&self, key: &str) -> Result<&[f32], Error> {
        match self.require(key)? {
            Value::Array(Array::F32(numbers)) => Ok(numbers),
            other => Err(wrong(key, "a list of 32-bit floats", other)),
        }
    }

    /// A list of 32-bit integers, signed or not, none above `i32::MAX`.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::WrongType`].
    pub fn i32s(&self, key: &str) -> Result<Vec<i32>, Error> {
        let value = self.require(key)?;
        let numbers = match value {
            Value::Array(Array::I32(numbers)) => Some(numbers.clone()),
            Value::Array(Array::U32(numbers)) => numbers.iter().map(|&n| i32::try_from(n).ok()).collect(),
            _ => None,
        };
        numbers.ok_or_else(|| wrong(key, "a list of 32-bit integers", value))
    }

    fn require(&self, key: &str) -> Result<&Value, Error> {
        self.get(key).ok_or_else(|| Error::Missing { key: key.to_owned() })
    }
}

fn wrong(key: &str, expected: &'static str, found: &Value) -> Error {
    Error::WrongType { key: key.to_owned(), expected, found: found.type_name() }
}
