//! From a value to a typed body, without a detour through bytes.
//!
//! Nothing is read as what it is not: an id is bytes and never their text, a whole number is never
//! a float, and a struct is a map and never a list.

use std::collections::BTreeMap;

use serde::Deserializer;
use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Error, Value};

/// A value, or a key of a map, as serde walks over it.
#[derive(Clone, Copy)]
pub(super) enum Form<'de> {
    Null,
    Bool(bool),
    Int(i64),
    Bytes(&'de [u8]),
    Text(&'de str),
    Array(&'de [Value]),
    Map(&'de BTreeMap<String, Value>),
}

impl<'de> From<&'de Value> for Form<'de> {
    fn from(value: &'de Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Int(number) => Self::Int(*number),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::Text(text) => Self::Text(text),
            Value::Array(items) => Self::Array(items),
            Value::Map(map) => Self::Map(map),
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Form<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn seq<'de, V: Visitor<'de>>(items: &'de [Value], visitor: V) -> Result<V::Value, Error> {
    let mut seq = SeqDeserializer::new(items.iter().map(Form::from));
    let read = visitor.visit_seq(&mut seq)?;
    seq.end()?;
    Ok(read)
}

fn map<'de, V: Visitor<'de>>(
    items: &'de BTreeMap<String, Value>,
    visitor: V,
) -> Result<V::Value, Error> {
    let mut map = MapDeserializer::new(entries(items));
    let read = visitor.visit_map(&mut map)?;
    map.end()?;
    Ok(read)
}

fn entries(items: &BTreeMap<String, Value>) -> impl Iterator<Item = (Form<'_>, Form<'_>)> {
    items
        .iter()
        .map(|(key, item)| (Form::Text(key), Form::from(item)))
}

impl<'de> Deserializer<'de> for Form<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            Self::Bool(yes) => visitor.visit_bool(yes),
            Self::Int(number) => match u64::try_from(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(number),
            },
            Self::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Array(items) => seq(items, visitor),
            Self::Map(items) => map(items, visitor),
        }
    }

    // The visitors of these take nothing but their own form, so that any form may be offered.
    forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char }

    fn deserialize_f32<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::Shape)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::Shape)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    /// Nothing at all is an empty array: null is what an absent option is.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Array([]) => visitor.visit_unit(),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Array(items) => seq(items, visitor),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Array(items) if items.len() == length => seq(items, visitor),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Map(items) => map(items, visitor),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Self::Map(items) if items.len() == 1 => visitor.visit_enum(MapAccessDeserializer::new(
                MapDeserializer::new(entries(items)),
            )),
            _ => Err(Error::Shape),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}
