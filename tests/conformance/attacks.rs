//! What somebody with full rights on the database can do to the log.

/// One kind of edit, in SQL that both engines run.
pub(crate) struct Attack {
    pub(crate) what: &'static str,
    /// `{p}` is the position of an event, `{last}` that of the last.
    pub(crate) sql: &'static str,
}

/// Makes room in the positions, or closes a gap: by way of numbers that nobody uses, for a position
/// is unique.
macro_rules! shift {
    ($from:literal, $by:literal) => {
        concat!(
            "update journal_event set position = -position where position > ",
            $from,
            "; update journal_event set position = -position + ",
            $by,
            " where position < 0;"
        )
    };
}

/// Every kind of edit of an event.
pub(crate) const ATTACKS: &[Attack] = &[
    Attack {
        what: "edit a payload",
        sql: "update journal_event set data = '{}' where position = {p};",
    },
    Attack {
        what: "edit a time",
        sql: "update journal_event set at = '2020-01-01T00:00:00Z' where position = {p};",
    },
    Attack {
        what: "edit an actor",
        sql: "update journal_event set actor = '{}' where position = {p};",
    },
    Attack {
        what: "edit a kind",
        sql: "update journal_event set kind = 'case-closed' where position = {p};",
    },
    Attack {
        what: "edit who caused it",
        sql: "update journal_event set sender = '00000099000000003000' where position = {p};",
    },
    Attack {
        what: "move it to another stream",
        sql: "update journal_event set stream = 'case/other' where position = {p};",
    },
    Attack {
        what: "delete an event",
        sql: "delete from journal_event where position = {p};",
    },
    Attack {
        what: "delete an event and renumber",
        sql: concat!(
            "delete from journal_event where position = {p};",
            shift!("{p}", "-1"),
            "update journal_head set position = position - 1;"
        ),
    },
    Attack {
        what: "change the order of two events",
        sql: "update journal_event set position = -1 where position = {p};
            update journal_event set position = {p} where position = {p} + 1;
            update journal_event set position = {p} + 1 where position = -1;",
    },
    Attack {
        what: "put one in",
        sql: concat!(
            shift!("{p}", "1"),
            "insert into journal_event
                select shard, {p} + 1, 'case/forged', 1, 'forged', kind, kind_version, at, actor,
                    sender, message, data
                from journal_event where position = {p};
            update journal_head set position = position + 1;"
        ),
    },
    Attack {
        what: "cut the tail off",
        sql: "delete from journal_event where position = {last};
            update journal_head set position = position - 1;",
    },
    Attack {
        what: "cut the tail off, with the tree and the checkpoints over it",
        sql: "delete from journal_event where position = {last};
            delete from journal_merkle_node where (place + 1) * (1 << cast(level as integer)) >= {last};
            delete from signed_checkpoint where size >= {last};
            update journal_head set position = position - 1;",
    },
    Attack {
        what: "edit the digest of a message",
        sql: "update journal_inbox set digest = 'AAAA' where exists (
                select 1 from journal_event e where e.position = {p}
                and e.sender = journal_inbox.sender and e.message = journal_inbox.message);",
    },
];
