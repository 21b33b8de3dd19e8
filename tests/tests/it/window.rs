//! What a window draws from: the way of a case, the page of the day, lists with their figures, help
//! while something is typed. Asked through the command table, as a window does.

mod lists;
mod story;
mod typing;
mod way;

use serde_json::{Value as Json, json};
use tests::office::Office;

/// A department, a project, and nothing else.
fn office() -> Office {
    let office = Office::new();
    for (register, values) in [
        ("department", json!({ "name": "工程部", "head": "赵六" })),
        ("project", json!({ "name": "云溪里二期", "code": "XM01" })),
    ] {
        let ask = json!({ "register": register, "values": values });
        office.must("add_record", ask);
    }
    office
}

/// A complaint that was taken at a time, registered at once; answers its identifier.
fn registered(office: &Office, received_at: &str, more: &Json) -> String {
    let mut values = json!({
        "project": "XM01", "received_at": received_at, "channel": "电话", "receiver": "李敏",
        "complainant_name": "何玉珍", "phone": "13800010002", "location": "5-2-1102",
        "content": "厨房顶板渗水，吊顶已鼓包", "class": "渗漏", "grade": "一般性投诉",
        "department": "工程部",
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        values[key] = value.clone();
    }
    office.at(received_at);
    let ask = json!({ "register": "complaint", "values": values });
    let uuid = text(&office.must("add_record", ask), "uuid");
    step(office, &uuid, "register", json!({}), "");
    uuid
}

/// Takes a step now.
fn step(office: &Office, uuid: &str, step: &str, values: Json, text: &str) -> Json {
    office.must(
        "take_step",
        json!({
            "register": "complaint", "record": uuid, "step": step, "values": values,
            "person": "李敏", "text": text,
        }),
    )
}

fn of(uuid: &str) -> Json {
    json!({ "register": "complaint", "record": uuid })
}

fn text(json: &Json, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

fn array(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}
