//! Who asks hears what is asked for, page by page.

use account::{AccessLine, AccessRequest, Account, After, Asked};
use jiff::Timestamp;

use crate::place::{Place, SVB, UTRECHT, access, lines, processing};

on_both_engines!(
    a_page_has_what_was_asked_for_and_the_next_goes_on,
    a_controller_reads_its_own_processing,
    a_request_for_access_is_recorded_once,
);

fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).expect("a moment")
}

fn everything() -> Asked {
    Asked {
        object: None,
        organisation: None,
        person_ref: None,
        from: moment(0),
        until: Timestamp::MAX,
    }
}

async fn ids(account: &Account, asked: &Asked) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), After::nothing());
    loop {
        let page = account.accesses(asked, &after, 2).await.expect("read");
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { return ids };
        after = After {
            at: last.at,
            id: last.id.clone(),
        };
        ids.extend(page.into_iter().map(|line| line.id));
    }
}

async fn a_page_has_what_was_asked_for_and_the_next_goes_on(place: Place) {
    let account = place.account().await;
    let other = |id: &str, at| AccessLine {
        organisation: UTRECHT.to_owned(),
        person_ref: "p-2".to_owned(),
        ..access(id, at, &["case_2"])
    };
    // Several of one millisecond: the id tells them apart.
    let looks = [
        access("a", 1, &["case_1"]),
        access("b", 1, &["case_1", "case_2"]),
        access("c", 1, &[]),
        other("d", 2),
        other("e", 3),
    ];
    account.write(lines(&looks, &[])).await.expect("written");
    let all = everything();
    assert_eq!(ids(&account, &all).await, ["a", "b", "c", "d", "e"]);
    let about = Asked {
        object: Some("case_2".to_owned()),
        ..all.clone()
    };
    assert_eq!(ids(&account, &about).await, ["b", "d", "e"]);
    let of = Asked {
        organisation: Some(UTRECHT.to_owned()),
        ..all.clone()
    };
    assert_eq!(ids(&account, &of).await, ["d", "e"]);
    let by = Asked {
        person_ref: Some("p-1".to_owned()),
        ..all.clone()
    };
    assert_eq!(ids(&account, &by).await, ["a", "b", "c"]);
    let between = Asked {
        from: moment(2),
        until: moment(3),
        ..all
    };
    assert_eq!(ids(&account, &between).await, ["d"]);
}

async fn a_controller_reads_its_own_processing(place: Place) {
    let account = place.account().await;
    let own = [processing("1", 1), processing("2", 2)];
    let mut others = processing("3", 1);
    others.controller = UTRECHT.to_owned();
    let all = [&own[..], &[others]].concat();
    account.write(lines(&[], &all)).await.expect("written");
    let read = account.processings(SVB, moment(0), moment(10)).await;
    assert_eq!(read.expect("read"), own);
    let early = account.processings(SVB, moment(0), moment(2)).await;
    assert_eq!(early.expect("read"), own[..1]);
}

async fn a_request_for_access_is_recorded_once(place: Place) {
    let account = place.account().await;
    let request = |id: &str, at| AccessRequest {
        id: id.to_owned(),
        object: "case_1".to_owned(),
        person_ref: Some("citizen".to_owned()),
        recorded_by: SVB.to_owned(),
        requested_at: at,
        due_at: at + 1,
    };
    let on_paper = AccessRequest {
        person_ref: None,
        ..request("a", 5)
    };
    for each in [&request("b", 1), &on_paper, &request("b", 9)] {
        account.record_request(each).await.expect("recorded");
    }
    let stored = account.requests("case_1").await.expect("read");
    assert_eq!(stored, [request("b", 1), on_paper]);
    assert_eq!(account.requests("case_2").await.expect("read"), []);
}
