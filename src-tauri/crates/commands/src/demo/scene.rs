//! The office, its departments, customers and projects.

use serde_json::{Map, Value as Json, json};

use super::texts::{Texts, texts};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::records::{AddRecord, EditRecord, add_record, edit_record};

/// What the complaints stand in.
pub(super) struct Scene {
    pub(super) texts: &'static Texts,
    /// Project codes with their unit works.
    pub(super) projects: Vec<(String, Vec<String>)>,
}

/// Makes the scene by the commands a clerk uses.
pub(super) fn set(ctx: &Ctx) -> Outcome<Scene> {
    let texts = texts();
    let office = &texts.office;
    let own = ctx.office(&ctx.reader()?)?;
    edit_record(
        ctx,
        &EditRecord {
            register: "office".to_owned(),
            record: own.uuid.to_string(),
            values: object(json!({
                "name": office.name, "short_name": office.short_name, "code": office.code,
                "company": office.company, "address": office.address, "phone": office.phone,
                "hotline": office.hotline, "reception": office.reception,
                "operator": office.operator, "site": office.site,
            }))?,
            seen: None,
            reason: String::new(),
        },
    )?;
    for department in &texts.department {
        add(
            ctx,
            "department",
            json!({
                "name": department.name, "head": department.head,
                "complaint_body": department.complaint_body,
            }),
        )?;
    }
    let mut customers = Vec::new();
    for customer in &texts.customer {
        customers.push(add(
            ctx,
            "customer",
            json!({
                "name": customer.name, "kind": customer.kind,
                "legal_representative": customer.legal_representative,
                "contact_name": customer.contact_name, "phone": customer.phone,
                "address": customer.address,
            }),
        )?);
        add(
            ctx,
            "person",
            json!({
                "name": customer.contact_name, "kind": "customer", "unit": customer.name,
                "phone": customer.phone, "customer": customers.last(),
            }),
        )?;
    }
    let mut projects = Vec::new();
    for project in &texts.project {
        let units: Vec<Json> = project.units.iter().map(|u| json!({ "name": u })).collect();
        add(
            ctx,
            "project",
            json!({
                "name": project.name, "code": project.code, "city": project.city,
                "address": project.address, "area": project.area, "structure": project.structure,
                "phase": project.phase, "customer": customers.get(project.customer),
                "designer": project.designer, "supervisor": project.supervisor,
                "started_on": project.started_on, "accepted_on": project.accepted_on,
                "manager": project.manager, "phone": project.phone, "unit_works": units,
            }),
        )?;
        projects.push((project.code.clone(), project.units.clone()));
    }
    Ok(Scene { texts, projects })
}

fn add(ctx: &Ctx, register: &str, values: Json) -> Outcome<String> {
    let ask = AddRecord {
        register: register.to_owned(),
        values: object(values)?,
    };
    Ok(add_record(ctx, &ask)?.uuid)
}

/// A JSON object as a map.
pub(super) fn object(json: Json) -> Outcome<Map<String, Json>> {
    match json {
        Json::Object(map) => Ok(map),
        other => Err(CommandError::internal(other)),
    }
}
