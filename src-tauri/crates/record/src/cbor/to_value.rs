//! From a typed body to a value, without a detour through bytes.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

use super::{Error, Value};

/// Takes a body apart.
pub(super) struct ToValue;

fn whole(number: impl TryInto<i64>) -> Result<Value, Error> {
    number.try_into().map(Value::Int).map_err(|_| Error::Shape)
}

/// What a variant carries stands in a map under the variant's name.
fn under(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(name) => Value::Map(BTreeMap::from([(name.to_owned(), value)])),
        None => value,
    }
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Named;
    type SerializeStruct = Named;
    type SerializeStructVariant = Named;

    fn serialize_bool(self, yes: bool) -> Result<Value, Error> {
        Ok(Value::Bool(yes))
    }

    fn serialize_i8(self, number: i8) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_i16(self, number: i16) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_i32(self, number: i32) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_i64(self, number: i64) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_i128(self, number: i128) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_u8(self, number: u8) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_u16(self, number: u16) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_u32(self, number: u32) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_u64(self, number: u64) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_u128(self, number: u128) -> Result<Value, Error> {
        whole(number)
    }

    fn serialize_f32(self, _: f32) -> Result<Value, Error> {
        Err(Error::Shape)
    }

    fn serialize_f64(self, _: f64) -> Result<Value, Error> {
        Err(Error::Shape)
    }

    fn serialize_char(self, letter: char) -> Result<Value, Error> {
        Ok(Value::Text(letter.into()))
    }

    fn serialize_str(self, text: &str) -> Result<Value, Error> {
        Ok(Value::Text(text.to_owned()))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, Error> {
        Ok(Value::Bytes(bytes.to_vec()))
    }

    fn serialize_none(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Error> {
        Ok(Value::Array(Vec::new()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        Ok(under(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Error> {
        Ok(List::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Error> {
        Ok(List::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Error> {
        Ok(List::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List, Error> {
        Ok(List {
            variant: Some(variant),
            ..List::default()
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Named, Error> {
        Ok(Named::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Named, Error> {
        Ok(Named::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Named, Error> {
        Ok(Named {
            variant: Some(variant),
            ..Named::default()
        })
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, text: &T) -> Result<Value, Error> {
        Ok(Value::Text(text.to_string()))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// Values in order, as they come.
#[derive(Default)]
pub(super) struct List {
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.items.push(item.serialize(ToValue)?);
        Ok(())
    }

    fn end(self) -> Value {
        under(self.variant, Value::Array(self.items))
    }
}

/// Named values, as they come. A name is text and stands once.
#[derive(Default)]
pub(super) struct Named {
    variant: Option<&'static str>,
    key: Option<String>,
    items: BTreeMap<String, Value>,
}

impl Named {
    fn insert<T: Serialize + ?Sized>(&mut self, key: String, item: &T) -> Result<(), Error> {
        match self.items.insert(key, item.serialize(ToValue)?) {
            None => Ok(()),
            Some(_) => Err(Error::Shape),
        }
    }

    fn end(self) -> Value {
        under(self.variant, Value::Map(self.items))
    }
}

/// The four kinds of list and the two kinds of struct differ in nothing but serde's names.
macro_rules! same {
    ($($what:ident: $kind:ident :: $add:ident($($key:ident)?) = $own:ident;)*) => {$(
        impl $kind for $what {
            type Ok = Value;
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                item: &T,
            ) -> Result<(), Error> {
                self.$own($($key.to_owned(),)? item)
            }

            fn end(self) -> Result<Value, Error> {
                Ok($what::end(self))
            }
        }
    )*};
}

same! {
    List: SerializeSeq::serialize_element() = push;
    List: SerializeTuple::serialize_element() = push;
    List: SerializeTupleStruct::serialize_field() = push;
    List: SerializeTupleVariant::serialize_field() = push;
    Named: SerializeStruct::serialize_field(key) = insert;
    Named: SerializeStructVariant::serialize_field(key) = insert;
}

impl SerializeMap for Named {
    type Ok = Value;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        match key.serialize(ToValue)? {
            Value::Text(key) => {
                self.key = Some(key);
                Ok(())
            }
            _ => Err(Error::Shape),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        let key = self.key.take().ok_or(Error::Shape)?;
        self.insert(key, item)
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Named::end(self))
    }
}
