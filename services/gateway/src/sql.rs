//! Every SQL text of the gateway: one text for both engines.

use journal::Statement;

/// Writes the statements as constants, and the list of them for the test on both engines.
macro_rules! statements {
    ($( $(#[$doc:meta])* $name:ident = $sql:literal; )+) => {
        $( $(#[$doc])* pub(crate) const $name: &str = $sql; )+

        /// Every statement of the gateway, for the test that prepares them on both engines.
        #[must_use]
        pub(crate) fn statements() -> Vec<Statement> {
            vec![$( Statement::same(stringify!($name), $sql) ),+]
        }
    };
}

statements! {
    // Cases
    CASE_MEET = "INSERT INTO cases (pseudonym, state, access, placed_at, since) \
                 VALUES ($1, 'open', 1, 0, $2) ON CONFLICT (pseudonym) DO NOTHING";
    CASE_NAME = "UPDATE cases SET own_reference = $2 WHERE pseudonym = $1";
    CASE_OF_REFERENCE = "SELECT pseudonym FROM cases WHERE own_reference = $1";
    CASE_REFERENCE = "SELECT own_reference FROM cases WHERE pseudonym = $1";
    CASE_PLACE = "UPDATE cases SET rung = $2, tier = $3, state = $4, outcome = $5, placed_at = $6 \
                  WHERE pseudonym = $1 AND placed_at <= $6";
    CASE_ACCESS = "UPDATE cases SET access = $2 WHERE pseudonym = $1";
    CASES_PAGE = "SELECT pseudonym, own_reference, rung, tier, state, outcome, access, since \
                  FROM cases WHERE pseudonym > $1 ORDER BY pseudonym LIMIT $2";
    REPORTED_ADD = "INSERT INTO reported (own_reference, event_id) VALUES ($1, $2) \
                    ON CONFLICT (own_reference) DO NOTHING";
    REPORTED_DROP = "DELETE FROM reported WHERE event_id = $1";

    // Waiting for a pseudonym
    WAITING_ADD = "INSERT INTO waiting (event_id, own_reference, number, event, version, at, data) \
                   VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM waiting), \
                   $3, $4, $5, $6)";
    WAITING_OF = "SELECT event_id, event, version, at, data FROM waiting \
                  WHERE own_reference = $1 ORDER BY number";
    WAITING_DROP = "DELETE FROM waiting WHERE own_reference = $1";

    // Outbox
    OUTBOX_LAST = "SELECT COALESCE(MAX(sequence), 0) AS last FROM outbox";
    OUTBOX_ADD = "INSERT INTO outbox (sequence, event_id, event, envelope, digest) \
                  VALUES ($1, $2, $3, $4, $5)";
    OUTBOX_ANSWER = "UPDATE outbox SET answer = $2, code = $3, text = $4, envelope = '' \
                     WHERE event_id = $1 AND answer IS NULL";
    OUTBOX_STORED = "UPDATE outbox SET position = $2, events = $3 \
                     WHERE event_id = $1 AND position IS NULL";
    OUTBOX_STORED_LIST = "SELECT event_id, digest, position, events FROM outbox \
                          WHERE answer = 'stored' AND (events IS NULL OR events > 0) \
                          ORDER BY sequence";
    OUTBOX_WAITS = "SELECT sequence FROM outbox WHERE event_id = $1 AND answer IS NULL";
    OUTBOX_AGAIN = "UPDATE outbox SET answer = NULL, code = NULL, text = NULL, position = NULL, \
                    events = NULL, envelope = $2, digest = $3 \
                    WHERE sequence = $1 AND answer IS NOT NULL";
    OUTBOX_UNANSWERED = "SELECT COUNT(*) AS unanswered FROM outbox \
                         WHERE answer IS NULL AND event = $1";
    OUTBOX_OPEN = "SELECT sequence, envelope FROM outbox WHERE answer IS NULL \
                   ORDER BY sequence LIMIT $1";
    OUTBOX_REFUSED = "SELECT event_id, event, code, text FROM outbox WHERE answer = 'refused' \
                      ORDER BY sequence";

    // Inbound
    RECEIVED_ADD = "INSERT INTO received (message, event, at) VALUES ($1, $2, $3) \
                    ON CONFLICT (message) DO NOTHING";
    QUARANTINE_ADD = "INSERT INTO quarantine (id, at, subject, reason, payload, expires_at) \
                      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    QUARANTINE_EXPIRED = "SELECT id FROM quarantine WHERE expires_at <= $1 ORDER BY expires_at";
    QUARANTINE_DROP = "DELETE FROM quarantine WHERE id = $1";
    QUARANTINE_NEXT = "SELECT MIN(expires_at) AS next FROM quarantine";
    QUARANTINE_LIST = "SELECT id, at, subject, reason FROM quarantine ORDER BY at, id";
    COUNTS = "SELECT (SELECT COUNT(*) FROM waiting) AS waiting, \
              (SELECT COUNT(*) FROM outbox WHERE answer IS NULL) AS unanswered, \
              (SELECT COUNT(*) FROM outbox) AS sent, \
              (SELECT COUNT(*) FROM received) AS received";

    NUMBERS = "SELECT (SELECT COUNT(*) FROM waiting) AS waiting, \
               (SELECT COUNT(*) FROM outbox WHERE answer IS NULL) AS unanswered, \
               (SELECT COALESCE(MIN(sequence), 0) FROM outbox WHERE answer IS NULL) AS first, \
               (SELECT COUNT(*) FROM outbox WHERE answer = 'refused') AS refused, \
               (SELECT COUNT(*) FROM quarantine) AS quarantine, \
               (SELECT COUNT(*) FROM quarantine WHERE expires_at > $1) AS lately";

    AT_REST = "SELECT content FROM at_rest";

    // Idempotency keys
    KEY_ADD = "INSERT INTO keys (message, digest) VALUES ($1, $2)";
    KEY_DIGEST = "SELECT digest FROM keys WHERE message = $1";

    // Handoffs
    HANDOFF_OURS = "INSERT INTO handoffs (handoff, ours, pseudonym, own_reference, state, acted_by) \
                    VALUES ($1, 1, $2, $3, 'offered', $4) ON CONFLICT (handoff) DO NOTHING";
    HANDOFF_CARD = "INSERT INTO handoffs (handoff, ours, pseudonym, card, answer_by, state) \
                    VALUES ($1, 0, $2, $3, $4, 'offered') ON CONFLICT (handoff) DO UPDATE \
                    SET pseudonym = excluded.pseudonym, card = excluded.card, \
                    answer_by = excluded.answer_by";
    HANDOFF_GET = "SELECT ours, pseudonym, own_reference, state, acted_by, answer_event, \
                   answered_by, answered_at FROM handoffs WHERE handoff = $1";
    HANDOFF_MEET = "INSERT INTO handoffs (handoff, ours, pseudonym, state) \
                    VALUES ($1, 0, $2, 'offered') ON CONFLICT (handoff) DO NOTHING";
    HANDOFF_ANSWER = "UPDATE handoffs SET state = $2, acted_by = $3, answer_event = $4, \
                      answered_by = $5, answered_at = $6 WHERE handoff = $1";
    HANDOFF_DECIDED = "UPDATE handoffs SET decided = 1, state = $2, \
                       answered_by = COALESCE(answered_by, $3), \
                       answered_at = COALESCE(answered_at, $4) WHERE handoff = $1";
    HANDOFF_STATE = "UPDATE handoffs SET state = $2 WHERE handoff = $1";
    HANDOFF_TERM = "UPDATE handoffs SET answer_by = $2 WHERE handoff = $1";
    HANDOFF_OPENED = "UPDATE handoffs SET opened = $2 WHERE handoff = $1";
    HANDOFF_UNANSWER = "UPDATE handoffs SET acted_by = NULL, answer_event = NULL, \
                        state = CASE WHEN decided = 1 THEN state ELSE 'offered' END, \
                        answered_by = CASE WHEN decided = 1 THEN 'a colleague on the platform' \
                        ELSE NULL END, \
                        answered_at = CASE WHEN decided = 1 THEN answered_at ELSE NULL END \
                        WHERE answer_event = $1 AND ours = 0";
    HANDOFF_SHARE = "UPDATE handoffs SET pseudonym = $2, share_with = $3 WHERE handoff = $1";
    HANDOFFS_TO_SHARE = "SELECT handoff, pseudonym, acted_by, share_with FROM handoffs \
                         WHERE share_with IS NOT NULL AND pseudonym IN \
                         (SELECT pseudonym FROM cases WHERE own_reference = $1) ORDER BY handoff";
    HANDOFFS_OF = "SELECT handoff, ours, state, answer_by, card, opened FROM handoffs \
                   WHERE pseudonym = $1 ORDER BY handoff";
    HANDOFFS_OPEN = "SELECT handoff, pseudonym, card, answer_by FROM handoffs \
                     WHERE ours = 0 AND state = 'offered' AND card IS NOT NULL \
                     ORDER BY answer_by, handoff";
    HANDOFFS_FORGET = "UPDATE handoffs SET opened = NULL WHERE pseudonym = $1";

    // Letters
    LETTER_ADD = "INSERT INTO letters (message, number, pseudonym, event, version, at, data, known) \
                  VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM letters), \
                  $2, $3, $4, $5, $6, $7) ON CONFLICT (message) DO NOTHING";
    LETTERS_LATEST = "SELECT message, pseudonym, event, version, at, data, known FROM letters \
                      ORDER BY number DESC LIMIT 200";
    LETTERS_FORGET = "DELETE FROM letters WHERE pseudonym = $1";

    // Checkpoints of the platform's log
    CHECKPOINT_ADD = "INSERT INTO checkpoints \
                      (message, number, size, root, note, previous, proof, state, at) \
                      VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM checkpoints), \
                      $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (message) DO NOTHING";
    CHECKPOINT_STATE = "UPDATE checkpoints SET state = $2 WHERE message = $1";
    CHECKPOINTS_LINKED = "SELECT message, size, root, previous, proof, state FROM checkpoints \
                          WHERE state IN ('consistent', 'unlinked') ORDER BY size, number";
    CHECKPOINTS_ALL = "SELECT message, note, state FROM checkpoints ORDER BY number";
    CHECKPOINTS_LATEST = "SELECT message, size, root, note, state, at FROM checkpoints \
                          ORDER BY number DESC LIMIT 200";
    CHECKPOINTS_FOUND = "SELECT message, size, root, note, state, at FROM checkpoints \
                         WHERE state NOT IN ('consistent', 'unlinked', 'earlier') ORDER BY number";

    // Commitments
    COMMITMENT_ADD = "INSERT INTO commitments (request, pseudonym, text, asked_by, state) \
                      VALUES ($1, $2, $3, $4, 'requested') ON CONFLICT (request) DO NOTHING";
    COMMITMENT_CASE = "SELECT pseudonym FROM commitments WHERE request = $1";
    COMMITMENT_STATE = "UPDATE commitments SET earlier = state, state = $2, answer_event = $3 \
                        WHERE request = $1";
    COMMITMENT_UNANSWER = "UPDATE commitments SET state = earlier, answer_event = NULL \
                           WHERE answer_event = $1";
    COMMITMENTS_OPEN = "SELECT request, pseudonym, text, asked_by FROM commitments \
                        WHERE state = 'requested' ORDER BY request";

    // The people in own cases
    REGISTER_PUT = "INSERT INTO register (own_reference, person_key, person) VALUES ($1, $2, $3) \
                    ON CONFLICT (own_reference, person_key) DO UPDATE SET person = excluded.person";
    REGISTER_OF = "SELECT person FROM register WHERE own_reference = $1 ORDER BY person_key";

    // Own clients, and what is known about them
    CLIENT_BY_BSN = "SELECT client FROM clients WHERE bsn = $1";
    CLIENT_BY_NAME = "SELECT client FROM clients WHERE name = $1 AND birth_date = $2 LIMIT 2";
    CLIENT_ADD = "INSERT INTO clients (client, bsn, name, birth_date) VALUES ($1, $2, $3, $4)";
    CLIENT_COMPLETE = "UPDATE clients SET name = COALESCE($2, name), \
                       birth_date = COALESCE($3, birth_date) WHERE client = $1";
    KNOWN_ADD = "INSERT INTO known (id, number, event_type, data, general) \
                 VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM known), $2, $3, $4)";
    KNOWN_ABOUT = "INSERT INTO known_clients (known, client) VALUES ($1, $2) \
                   ON CONFLICT (known, client) DO NOTHING";
    KNOWN_OF_CASE = "SELECT id, event_type, data FROM known WHERE general = 1 OR id IN \
                     (SELECT known FROM known_clients JOIN matches \
                     ON matches.client = known_clients.client WHERE matches.pseudonym = $1) \
                     ORDER BY number";

    // Matches and releases
    MATCH_ADD = "INSERT INTO matches (pseudonym, client) VALUES ($1, $2) \
                 ON CONFLICT (pseudonym, client) DO NOTHING";
    MATCHES_FORGET = "DELETE FROM matches WHERE pseudonym = $1";
    MATCHED_CASES = "SELECT DISTINCT matches.pseudonym FROM matches \
                     JOIN known_clients ON known_clients.client = matches.client \
                     WHERE known_clients.known = $1 ORDER BY matches.pseudonym";
    MATCHED_CASES_ALL = "SELECT DISTINCT pseudonym FROM matches ORDER BY pseudonym";
    IDENTITY_ADD = "INSERT INTO identities (handoff, number, pseudonym, acted_by, result, at, shut) \
                    VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM identities), \
                    $2, $3, $4, $5, $6) ON CONFLICT (handoff) DO UPDATE \
                    SET acted_by = excluded.acted_by, result = excluded.result, \
                    shut = excluded.shut";
    IDENTITIES_SHUT = "SELECT handoff, pseudonym, shut FROM identities WHERE shut IS NOT NULL \
                       ORDER BY number";
    IDENTITIES_FORGET = "UPDATE identities SET shut = NULL WHERE pseudonym = $1";
    IDENTITY_ACTOR = "SELECT identities.acted_by FROM identities \
                      JOIN cases ON cases.pseudonym = identities.pseudonym \
                      WHERE identities.pseudonym = $1 AND identities.result = 'matched' \
                      AND cases.access = 1 AND cases.state = 'open' \
                      ORDER BY identities.number DESC LIMIT 1";
    IDENTITIES_UNMATCHED = "SELECT handoff, pseudonym, result, at FROM identities \
                            WHERE result <> 'matched' ORDER BY number";
    RELEASED_ADD = "INSERT INTO released (pseudonym, known, category) VALUES ($1, $2, $3) \
                    ON CONFLICT (pseudonym, known, category) DO NOTHING";
}
