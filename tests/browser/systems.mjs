// What organisations' own systems tell the platform of the demo: no screen does that.
import assert from "node:assert/strict";
import { ORIGIN } from "./browser.mjs";

const INSURER = "00000099000000012000";
/** The services of the parties listen on the ports after the platform's; the municipality first. */
const MUNICIPALITY = new URL(ORIGIN);
MUNICIPALITY.port = String(Number(MUNICIPALITY.port) + 1);

/** What the municipality calls the case of the story that the demo begins with. */
const OWN_REFERENCE = "ZAAK-2026-0001742";

/** The offers of which the answer came too early, by who answered, as the demo has it. */
const EARLY = {
  "Sociale Verzekeringsbank": { oin: "00000099000000002000", handoff: "019ce28f-c980-7000-8000-000000000005", by: "sem" },
  Belastingdienst: { oin: "00000099000000003000", handoff: "019ce28f-c980-7000-8000-000000000006", by: "tara" },
  Spirit: { oin: "00000099000000004000", handoff: "019ce28f-c980-7000-8000-000000000007", by: "koen" },
};

/** A token for `{persona}` or `{system}`. */
async function token(whose) {
  const answer = await fetch(`${ORIGIN}/dev/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(whose),
  });
  const { access_token } = await answer.json();
  return access_token;
}

async function post(whose, place, type, body) {
  return fetch(place, {
    method: "POST",
    headers: { Authorization: `Bearer ${await token(whose)}`, "Content-Type": type },
    body: JSON.stringify(body),
  });
}

/** The insurer's system sends an event without what belongs in it. */
export async function sendBroken() {
  const answer = await post({ system: "de-friesland" }, `${ORIGIN}/v1/exchange/events`, "application/cloudevents+json", {
    specversion: "1.0",
    id: crypto.randomUUID(),
    source: `urn:nld:oin:${INSURER}:systeem:polis`,
    type: "nl.doorbraak.contact.confirmed.v1",
    time: new Date().toISOString(),
    data: {},
  });
  assert.equal(answer.status, 400);
}

/** The municipality's system tells at last of the offer that an organisation answered already. */
export async function offerAtLast(organisation) {
  const { oin, handoff, by } = EARLY[organisation];
  const answer = await post({ persona: "noor" }, `${MUNICIPALITY.origin}/v1/events`, "application/json", {
    type: "handoff.offered",
    data: {
      actedBy: { role: "case_director", personRef: "noor" },
      ownReference: OWN_REFERENCE,
      handoff,
      to: oin,
      kind: "advice",
      requestedOutcome: "continue_care",
      rules: [],
      urgent: false,
      summary: "Wilt u doorgaan met helpen tot er een besluit is?",
      legalBasis: "municipality_own_task",
    },
  });
  assert.equal(answer.status, 202, await answer.text());
  for (let looks = 0; looks < 50; looks += 1) {
    if (await stands(by, handoff, "offered")) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.fail(`the offer to ${organisation} does not arrive`);
}

/** Whether an organisation has accepted the offer that it had answered too early. */
export function accepted(organisation) {
  const { handoff, by } = EARLY[organisation];
  return stands(by, handoff, "accepted");
}

async function stands(by, handoff, state) {
  const headers = { Authorization: `Bearer ${await token({ persona: by })}` };
  const answer = await fetch(`${ORIGIN}/v1/handoffs?state=${state}&pageSize=200`, { headers });
  const { items } = await answer.json();
  return items.some((one) => one.handoff === handoff);
}
