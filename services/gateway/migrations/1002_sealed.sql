-- From here on a party's database holds personal data sealed only, under keys in its vault.

-- Bodies in quarantine expire (microseconds since 1970).
ALTER TABLE quarantine ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;

-- A shared identity whose key was not here: sealed as it came, until the key is back.
ALTER TABLE identities ADD COLUMN shut TEXT;

-- 'open': the database has content from before it was sealed, and is not used further.
CREATE TABLE at_rest (
    content TEXT NOT NULL
);
INSERT INTO at_rest (content)
SELECT CASE WHEN EXISTS (SELECT 1 FROM journal_event) THEN 'open' ELSE 'sealed' END;
