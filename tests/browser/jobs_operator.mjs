// The operator: what cannot be taken in and why, taking it in again, what waits for whom, the settings.
import assert from "node:assert/strict";
import { findings, inContext, login } from "./browser.mjs";
import { everyWay } from "./hands.mjs";
import { accepted, offerAtLast, sendBroken } from "./systems.mjs";

/** The names of what follows the log. */
const FOLLOWERS = [/brieven aan organisaties/, /antwoorden op wat binnenkwam/, /wat vanzelf volgt/, /bewijs van het logboek/];

const part = (page, name) => page.locator(`section[aria-labelledby=${name}]`);

/** What stands in quarantine for this reason and can be taken in again. */
const entries = (page, reason) =>
  part(page, "quarantaine").locator("li", { hasText: reason }).filter({ has: page.getByRole("button") });

async function standing(page) {
  return Number(await part(page, "quarantaine").locator(".db-count").innerText());
}

/** What is still broken stays, and says so. */
async function brokenStays(page, hand) {
  const many = await standing(page);
  const broken = entries(page, "de gegevens kloppen niet").first();
  assert.match(await broken.innerText(), /De Friesland/);
  assert.match(await broken.innerText(), /\/contact is required/);
  await hand.press(broken.getByRole("button", { name: "Neem opnieuw in" }));
  await page.locator("[role=alert]").waitFor();
  assert.match(await page.locator("[role=alert]").innerText(), /nog steeds niet.*de gegevens kloppen niet/);
  assert.equal(await standing(page), many);
  assert.deepEqual(await findings(page), []);
}

/** What waited in vain is taken in, once the message has come that it waited for. */
async function earlyGoes(page, hand) {
  const many = await standing(page);
  const early = entries(page, "waar het over ging kwam niet op tijd").first();
  assert.equal(await early.count(), 1, "no early answer is left: this demo was used before");
  assert.match(await early.innerText(), /did not become known within 24 hours/);
  const sender = await early.locator("b + span").innerText();
  await offerAtLast(sender);
  assert.equal(await accepted(sender), false);
  await hand.press(early.getByRole("button", { name: "Neem opnieuw in" }));
  await page.waitForURL(/gedaan=opnieuw-innemen/);
  assert.match(await page.locator("[role=status].db-alert").innerText(), /Bij het bericht staat wat ervan kwam/);
  const gone = part(page, "quarantaine").locator("li", { hasText: "alsnog ingenomen" }).filter({ hasText: sender });
  assert.equal(await gone.count(), 1);
  assert.equal(await gone.getByRole("button").count(), 0);
  assert.equal(await standing(page), many - 1);
  assert.equal(await accepted(sender), true);
  assert.deepEqual(await findings(page), []);
}

async function operate(browser, options, hands) {
  await sendBroken();
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "olga");
    assert.equal(new URL(page.url()).pathname, "/beheer");
    await brokenStays(page, hand);
    await earlyGoes(page, hand);
    const text = (name) => part(page, name).innerText();
    assert.match(await text("gezondheid"), /Ja, alles antwoordt/);
    // Whoever fetches its letters has not fetched the answer to what was broken.
    const waits = part(page, "onbezorgd").locator("li", { hasText: "De Friesland" }).first();
    assert.match(await waits.innerText(), /[1-9]\d* wachten/);
    assert.match(await waits.innerText(), /input\.refused [1-9]/);
    assert.match(await text("onbezorgd"), /Sociale Verzekeringsbank/);
    const lag = await text("achterstand");
    assert.match(lag, /telt [1-9][\d.]* gebeurtenissen/);
    for (const follower of FOLLOWERS) assert.match(lag, new RegExp(`${follower.source}\\s+\\d+`));
    await hand.press(page.locator("summary", { hasText: "Termijnen van de ladder" }));
    assert.match(await text("instellingen"), /handoff_answer\s+5wd/);
    await hand.press(page.locator("summary", { hasText: "Wie meedoet" }));
    assert.match(await text("instellingen"), /Woonstichting De Merel/);
    assert.doesNotMatch(await page.locator("main").innerText(), /Fenna|Bella/);
    assert.deepEqual(await findings(page), []);
  });
}

export const OPERATING = everyWay(
  "an operator has messages in quarantine taken in again, and sees what waits and the settings",
  operate,
);
