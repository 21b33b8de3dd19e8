//! Personal data is masked unless it is asked for, and never stands in what the program logs.

mod logged;
mod shown;

use serde_json::{Value as Json, json};
use tests::office::Office;

/// What must not be seen: a name, a telephone number, an address, and the name of a customer's
/// contact. None of them occurs in any other text of these offices.
const SECRETS: [&str; 5] = [
    "欧阳秋白",
    "13912345678",
    "龙眠大道八号",
    "司空见惯",
    "13787654321",
];

fn complaint() -> Json {
    json!({
        "project": "XM01", "received_at": "2026-11-20T10:00", "channel": "电话",
        "receiver": "张三", "complainant_name": SECRETS[0], "phone": SECRETS[1],
        "address": SECRETS[2], "content": "厨房顶棚漏水", "class": "渗漏", "grade": "一般性投诉",
        "original_no": "甲",
    })
}

/// An office that holds all secrets; the complaint is registered, edited, printed.
fn with_secrets() -> Office {
    let office = Office::new();
    let add = |register: &str, values: Json| {
        office.must(
            "add_record",
            json!({ "register": register, "values": values }),
        )
    };
    add("department", json!({ "name": "工程部", "head": "赵六" }));
    add(
        "customer",
        json!({ "name": "某公司", "contact_name": SECRETS[3], "phone": SECRETS[4] }),
    );
    add(
        "person",
        json!({ "name": SECRETS[3], "phone": SECRETS[4], "customer": "某公司" }),
    );
    add(
        "project",
        json!({ "name": "某工程", "code": "XM01", "customer": "某公司" }),
    );
    add("complaint", complaint());
    let record = json!({ "register": "complaint", "record": "甲" });
    let mut step = record.clone();
    step["step"] = json!("register");
    office.must("take_step", step);
    let mut edit = record;
    edit["values"] = json!({ "phone": "13800010002", "demand": "尽快修好" });
    office.must("edit_record", edit.clone());
    edit["values"] = json!({ "phone": SECRETS[1] });
    office.must("edit_record", edit);
    office.must("print_papers", json!({ "form": "F-01", "records": ["甲"] }));
    office
}

/// The secrets that stand in a text.
fn seen(text: &str) -> Vec<&'static str> {
    SECRETS.into_iter().filter(|s| text.contains(s)).collect()
}
