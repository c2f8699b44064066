use crate::event::{ObjectionRaised, ObjectionSettled};
use crate::{File, ObjectionStatus};

pub(super) fn objected(file: &mut File, e: &ObjectionRaised) {
    let open = ObjectionStatus::Open {
        settle_by: e.settle_by,
    };
    file.objections.insert(e.objection.clone(), open);
}

pub(super) fn settled(file: &mut File, e: &ObjectionSettled) {
    let status = match e.upheld {
        true => ObjectionStatus::Upheld,
        false => ObjectionStatus::Overruled,
    };
    file.objections.insert(e.objection.clone(), status);
}
