-- Mails that are to be sent or were, one for each organisation per cause. They name the entry of the
-- register and no address: that stands sealed there, and is looked up when the mail leaves. Moments are
-- microseconds since 1970.
CREATE TABLE mail (
    cause        TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    contact      TEXT   NOT NULL,
    occasion     TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    tried        BIGINT NOT NULL,
    again_at     BIGINT NOT NULL,
    PRIMARY KEY (cause, organisation)
);
CREATE INDEX mail_waiting ON mail (again_at) WHERE state = 'waiting';
