// The privacy officer; and looking something up.
import assert from "node:assert/strict";
import { ORIGIN, findings, inContext, login, newest } from "./browser.mjs";
import { everyWay } from "./hands.mjs";

/** A privacy officer's day: a request to see data, who looked at the case, and an order that lacks its ground. */
async function oversee(browser, options, hands) {
  let number;
  await inContext(browser, {}, async (page) => {
    await login(page, "noor");
    number = (await newest(page)).split("/").pop();
  });
  await inContext(browser, options, async (page) => {
    await login(page, "fatma");
    const hand = hands(page);
    // A privacy officer comes in there.
    assert.equal(new URL(page.url()).pathname, "/privacy");
    await hand.press(page.locator("summary", { hasText: "Leg een verzoek om inzage vast" }));
    const asked = page.locator("form[action$='/doen/inzage-vastleggen']");
    await hand.write(asked.getByLabel("Nummer van de casus"), number);
    await hand.press(asked.locator("button[type=submit]"));
    await page.waitForURL(/gedaan=inzage-vastleggen/);
    assert.match(await page.locator("[role=status].db-alert").innerText(), /De termijn loopt/);
    await hand.press(page.locator("section[aria-labelledby=inzage] a").first());
    await page.waitForURL(/privacy\/inzage/);
    assert.match(await page.locator("main").innerText(), /Wie keek/);
    await page.goto(`${ORIGIN}/privacy/logboek`);
    const search = page.locator("form[action$='/doen/zoeken']");
    await hand.write(search.getByLabel("Over welke casus?"), number);
    await hand.write(search.getByLabel("Door welke medewerker?"), "noor");
    await hand.press(search.locator("button[type=submit]"));
    await page.locator("#gekeken", { hasText: /^Wie keek \d/ }).waitFor();
    assert.match(await page.locator("section[aria-labelledby=gekeken]").innerText(), /noor/);
    assert.deepEqual(await findings(page), []);
    await page.goto(`${ORIGIN}/privacy/bewaren`);
    await hand.press(page.locator("summary", { hasText: "Geef opdracht om te wissen" }));
    const order = page.locator("form[action$='/doen/wissen']");
    await hand.write(order.getByLabel("Nummer van de casus"), number);
    await hand.press(order.locator("button[type=submit]"));
    await page.locator("[role=alert]").waitFor();
    assert.equal(await order.getByLabel("Nummer van de casus").inputValue(), number);
    assert.deepEqual(await findings(page), []);
  });
}

/** Noor finds a case by a word of its story. */
function search(browser, options, hands) {
  return inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "noor");
    await hand.press(page.getByRole("navigation").getByRole("link", { name: "Zoeken" }));
    await page.waitForURL(/zoeken/);
    await hand.write(page.locator("#q"), "wonen");
    await hand.press(page.locator("form[role=search] button[type=submit]"));
    await page.locator("#gevonden").waitFor();
    // What is looked for stands in no address.
    assert.equal(page.url(), `${ORIGIN}/zoeken`);
    await hand.press(page.locator(".db-queue .db-row__link").first());
    await page.waitForURL(/\/casussen\//);
    assert.equal(await page.locator("[aria-current=step]").count(), 1);
  });
}

export const OFFICES = {
  ...everyWay("a privacy officer records a request, finds who looked, and hears what an order lacks", oversee),
  ...everyWay("find a case by a word of its story", search),
};
