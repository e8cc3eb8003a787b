//! Values of settings as the desk writes them, and as they are kept.

use serde_json::Value;

use super::records::OTHER;

/// 0, 1, "0", "1", true, false; nothing counts as off, as in the desk's own code.
pub(super) fn switch(value: &Value) -> Option<bool> {
    match value {
        Value::Null => Some(false),
        Value::Bool(on) => Some(*on),
        Value::Number(n) => match n.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim() {
            "" | "0" | "false" => Some(false),
            "1" | "true" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn group_names(value: &Value) -> Option<Value> {
    match value {
        Value::Null => Some(Value::Array(Vec::new())),
        Value::Array(names) => names.iter().all(Value::is_string).then(|| value.clone()),
        _ => None,
    }
}

/// The attributes that are switched on, by our words; the desk writes `{Queue: 1, SLA: 0}`.
pub(super) fn attributes(value: &Value, words: &[&str]) -> Option<Value> {
    let on: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::Array(names) => names
            .iter()
            .map(|n| n.as_str().map(str::to_lowercase))
            .collect::<Option<_>>()?,
        Value::Object(map) => {
            let mut on = Vec::new();
            for (name, value) in map {
                if switch(value)? {
                    on.push(name.to_lowercase());
                }
            }
            on
        }
        _ => return None,
    };
    let known = words.iter().filter(|word| on.iter().any(|name| name == *word));
    Some(known.copied().collect())
}

/// Whether the context of other customers' tickets is there; one that names another value is not that context.
pub(super) fn context(value: &Value) -> Option<bool> {
    match value {
        Value::Object(map) => match map.get("Value") {
            None => Some(true),
            Some(Value::String(name)) if name == OTHER => Some(true),
            Some(_) => None,
        },
        other => switch(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{attributes, context, group_names, switch};
    use serde_json::{Value, json};

    #[test]
    fn switches_come_in_many_shapes() {
        for on in [json!(1), json!("1"), json!(true), json!("true")] {
            assert_eq!(switch(&on), Some(true), "{on}");
        }
        for off in [json!(0), json!("0"), json!(false), json!(""), Value::Null] {
            assert_eq!(switch(&off), Some(false), "{off}");
        }
        for neither in [json!(2), json!("yes"), json!([1]), json!({})] {
            assert_eq!(switch(&neither), None, "{neither}");
        }
    }

    #[test]
    fn the_other_context_is_what_it_says_it_is() {
        assert_eq!(
            context(&json!({"Name": "Other", "Value": "Ticket::CustomerID::Other"})),
            Some(true)
        );
        assert_eq!(context(&json!({"Value": "Something::Own"})), None);
        assert_eq!(context(&Value::Null), Some(false));
        assert_eq!(group_names(&json!(["a", 1])), None);
        assert_eq!(group_names(&Value::Null), Some(json!([])));
    }

    #[test]
    fn attributes_are_those_that_are_on_in_the_order_of_the_page() {
        let words = ["queue", "priority", "sla"];
        let read = |value| attributes(&value, &words);
        assert_eq!(
            read(json!({"SLA": "1", "Owner": 1, "Priority": 0, "Queue": 1})),
            Some(json!(["queue", "sla"]))
        );
        assert_eq!(read(json!(["sla", "queue"])), Some(json!(["queue", "sla"])));
        assert_eq!(read(json!({"Queue": "perhaps"})), None);
    }
}
