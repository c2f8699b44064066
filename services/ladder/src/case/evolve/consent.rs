use jiff::Timestamp;

use crate::event::{ObjectionExtended, ObjectionRaised, ObjectionSettled};
use crate::{File, Objection, ObjectionId, ObjectionStatus};

pub(super) fn objected(file: &mut File, e: &ObjectionRaised, at: Timestamp) {
    let objection = Objection {
        raised_at: at,
        categories: e.categories.clone(),
        status: ObjectionStatus::Open {
            settle_by: e.settle_by,
            extended: false,
            overdue: false,
        },
    };
    file.objections.insert(e.objection.clone(), objection);
}

pub(super) fn extended(file: &mut File, e: &ObjectionExtended) {
    let status = ObjectionStatus::Open {
        settle_by: e.settle_by,
        extended: true,
        overdue: false,
    };
    put(file, &e.objection, status);
}

pub(super) fn settled(file: &mut File, e: &ObjectionSettled) {
    let status = match e.upheld {
        true => ObjectionStatus::Upheld,
        false => ObjectionStatus::Overruled,
    };
    put(file, &e.objection, status);
}

pub(super) fn overdue(file: &mut File, id: &ObjectionId) {
    if let Some(objection) = file.objections.get_mut(id)
        && let ObjectionStatus::Open { overdue, .. } = &mut objection.status
    {
        *overdue = true;
    }
}

pub(super) fn lifted(file: &mut File, id: &ObjectionId) {
    put(file, id, ObjectionStatus::Lifted);
}

fn put(file: &mut File, id: &ObjectionId, status: ObjectionStatus) {
    if let Some(objection) = file.objections.get_mut(id) {
        objection.status = status;
    }
}
