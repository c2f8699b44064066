// The door over HTTP and the CloudEvents SDK for JavaScript, in both directions and both modes.
// Usage: sdk.mjs PLATFORM PORT-STRUCTURED PORT-BINARY
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { CloudEvent, HTTP } from "cloudevents";

const [platform, ...ports] = process.argv.slice(2);
const EVENTS = `${platform}/v1/exchange/events`;
// Who they are, and by which door letters reach them: see ring_interop.
const FEED = { name: "leeuwarden", oin: "00000099000000011000" };
const STRUCTURED = { name: "woonstichting", oin: "00000099000000013000" };
const BINARY = { name: "de-friesland", oin: "00000099000000012000" };

async function token(system) {
  const answer = await fetch(`${platform}/dev/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ system }),
  });
  return (await answer.json()).access_token;
}

function event(from, id, type = "heartbeat.sent", data = {}) {
  return new CloudEvent({
    id,
    source: `urn:nld:oin:${from.oin}:systeem:sdk`,
    type: `nl.doorbraak.${type}.v1`,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
  });
}

async function send(from, { headers, body }) {
  const answer = await fetch(EVENTS, {
    method: "POST",
    headers: { ...headers, authorization: `Bearer ${await token(from.name)}` },
    body,
  });
  return [answer.status, await answer.text()];
}

// What an address took, as the SDK reads it.
function address(port, kind) {
  const taken = [];
  const server = createServer((request, response) => {
    if (request.method === "OPTIONS") {
      response.setHeader("webhook-allowed-origin", request.headers["webhook-request-origin"]);
      return response.end();
    }
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      assert.match(request.headers["content-type"], kind);
      const body = Buffer.concat(parts).toString();
      taken.push(HTTP.toEvent({ headers: request.headers, body }));
      response.writeHead(204).end();
    });
  });
  return new Promise((ready) => server.listen(port, "127.0.0.1", () => ready({ server, taken })));
}

async function until(what, look) {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`it never came to this: ${what}`);
}

const answersTo = (letters, id) =>
  letters.filter((letter) => letter.type === "nl.doorbraak.input.stored.v1" && letter.data.input === id);

async function fetched() {
  const headers = { authorization: `Bearer ${await token(FEED.name)}` };
  const answer = await fetch(`${EVENTS}?wait=1`, { headers });
  assert.equal(answer.status, 200);
  const body = await answer.text();
  const kind = answer.headers.get("content-type");
  return [HTTP.toEvent({ headers: { "content-type": kind }, body }), answer.headers.get("next-cursor")];
}

const structured = await address(ports[0], /^application\/cloudevents\+json/);
const binary = await address(ports[1], /^application\/json/);
try {
  for (const [mode, write] of [["structured", HTTP.structured], ["binary", HTTP.binary]]) {
    const report = {
      actedBy: { role: "raiser", personRef: "sietske" },
      ownReference: `js-${mode}`,
      story: "Een één-op-één verhaal.",
      desiredOutcome: "Rust.",
      theme: "care",
      region: "friesland",
    };
    const reported = write(event(FEED, `js-report-${mode}`, "case.reported", report));
    assert.deepEqual(await send(FEED, reported), [202, ""]);
    assert.deepEqual(await send(FEED, reported), [202, ""], "sent again");
    console.log(`ok the SDK for JavaScript sends, ${mode}`);
    for (const from of [STRUCTURED, BINARY]) {
      assert.deepEqual(await send(from, write(event(from, `js-beat-${mode}`))), [202, ""]);
    }
  }
  for (const mode of ["structured", "binary"]) {
    const [letters, next] = await until("the feed answers", async () => {
      const found = await fetched();
      return answersTo(found[0], `js-report-${mode}`).length > 0 && found;
    });
    assert.equal(answersTo(letters, `js-report-${mode}`).length, 1, "it counts once");
    const registered = letters.filter((letter) => letter.data.ownReference === `js-${mode}`);
    assert.deepEqual(registered.map((letter) => letter.type), ["nl.doorbraak.case.registered.v1"]);
    assert.match(registered[0].data.pseudonym, /^ps_/);
    assert.ok(Number(next) >= letters.length);
  }
  console.log("ok the SDK for JavaScript reads the feed");
  for (const [name, { taken }] of [["structured", structured], ["binary", binary]]) {
    for (const mode of ["structured", "binary"]) {
      await until(`${name} letters are posted`, () => answersTo(taken, `js-beat-${mode}`).length > 0);
    }
    const [letter] = answersTo(taken, "js-beat-binary");
    assert.equal(letter.source, "urn:nld:oin:00000099000000009000:systeem:escalation");
    assert.equal(letter.specversion, "1.0");
    assert.ok(letter.validate());
    console.log(`ok the SDK for JavaScript takes what is posted, ${name}`);
  }
} finally {
  structured.server.close();
  binary.server.close();
}
process.exit(0);
