//! What is written stays, all of it or nothing.

use account::{
    AccessLine, Account, AccountError, After, Asked, Outcome, ProcessingLine, Status, statements,
};
use jiff::Timestamp;

use crate::place::{Place, SVB, access, lines, processing};

on_both_engines!(
    every_statement_prepares,
    every_field_is_kept_in_both_logs,
    what_is_written_twice_is_kept_once,
    many_who_wait_all_find_their_line,
    a_log_that_cannot_be_written_says_so_and_keeps_neither_line,
    what_is_past_its_term_goes_and_nothing_else,
    logs_that_are_closed_take_nothing,
);

async fn all(account: &Account) -> (Vec<AccessLine>, Vec<ProcessingLine>) {
    let asked = Asked {
        object: None,
        organisation: None,
        person_ref: None,
        from: Timestamp::UNIX_EPOCH,
        until: Timestamp::MAX,
    };
    let looks = account.accesses(&asked, &After::nothing(), 5_000).await;
    let done = account.processings(SVB, Timestamp::UNIX_EPOCH, Timestamp::MAX);
    (looks.expect("read"), done.await.expect("read"))
}

async fn every_statement_prepares(place: Place) {
    let account = place.account().await;
    assert_eq!(account.prepare_all(&statements()).await, Ok(()));
}

async fn every_field_is_kept_in_both_logs(place: Place) {
    let account = place.account().await;
    let emergency = AccessLine {
        emergency: true,
        ground: Some("request_1".to_owned()),
        purpose: None,
        result: Outcome::Denied,
        shown: Default::default(),
        ..access("b", 2, &[])
    };
    let root = ProcessingLine {
        parent_span_id: None,
        data_subject_id: None,
        data_subject_id_type: None,
        foreign_operation_processor: None,
        status: Status::Unset,
        ..processing("1", 1)
    };
    let failed = ProcessingLine {
        status: Status::Error,
        ..processing("2", 1)
    };
    let looks = [access("a", 1, &["case_1", "case_2"]), emergency];
    let done = [root, failed, processing("3", 1)];
    account.write(lines(&looks, &done)).await.expect("written");
    assert_eq!(all(&account).await, (looks.to_vec(), done.to_vec()));

    account.close().await;
    let again = place.account().await;
    assert_eq!(all(&again).await, (looks.to_vec(), done.to_vec()));
}

async fn what_is_written_twice_is_kept_once(place: Place) {
    let account = place.account().await;
    let first = lines(&[access("a", 1, &["case_1"])], &[processing("1", 1)]);
    account.write(first.clone()).await.expect("written");
    let later = lines(&[access("a", 9, &["case_1"])], &[processing("1", 9)]);
    account.write(later).await.expect("written");
    assert_eq!(all(&account).await, (first.access, first.processing));
}

async fn many_who_wait_all_find_their_line(place: Place) {
    let account = place.account().await;
    let writers: Vec<_> = (0..500)
        .map(|number| {
            let account = account.clone();
            tokio::spawn(async move {
                let look = access(&format!("{number:03}"), number, &["case_1"]);
                let done = processing(&format!("{number:03}"), number);
                account.write(lines(&[look], &[done])).await
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("it runs").expect("written");
    }
    let (looks, done) = all(&account).await;
    assert_eq!((looks.len(), done.len()), (500, 500));
}

async fn a_log_that_cannot_be_written_says_so_and_keeps_neither_line(place: Place) {
    let account = place.account().await;
    place
        .run("alter table access_object rename to elsewhere")
        .await;
    let both = || lines(&[access("a", 1, &["case_1"])], &[processing("1", 1)]);
    let failed = account.write(both()).await;
    assert!(matches!(failed, Err(AccountError::Unwritten)), "{failed:?}");
    place
        .run("alter table elsewhere rename to access_object")
        .await;
    assert_eq!(all(&account).await, (Vec::new(), Vec::new()));
    account.write(both()).await.expect("written");
    assert_eq!(all(&account).await.0.len(), 1);
}

async fn what_is_past_its_term_goes_and_nothing_else(place: Place) {
    let account = place.account().await;
    let looks = [
        access("a", 999, &["case_1"]),
        access("b", 1_000, &["case_1"]),
    ];
    let done = [processing("1", 999), processing("2", 1_000)];
    account.write(lines(&looks, &done)).await.expect("written");
    let before = Timestamp::from_millisecond(1_000).expect("a moment");
    account.expire(before).await.expect("expired");
    let kept = (vec![looks[1].clone()], vec![done[1].clone()]);
    assert_eq!(all(&account).await, kept);
}

async fn logs_that_are_closed_take_nothing(place: Place) {
    let account = place.account().await;
    account.close().await;
    let refused = account.write(lines(&[access("a", 1, &[])], &[])).await;
    assert!(refused.is_err());
}
