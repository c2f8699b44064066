// The citizen: in by a code, once, to the own case; by mouse, by keyboard alone and without script.
import assert from "node:assert/strict";
import { ORIGIN, findings, inContext, login } from "./browser.mjs";
import { everyWay } from "./hands.mjs";

/** A code, as it is shown to whoever hands it over. */
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/;

/** The code for the citizen of a case on Mijn werk. */
async function code(browser, options, hands) {
  let given;
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "noor");
    const place = await page.locator(".db-row__link[href^='/casussen/case_']").last().getAttribute("href");
    await page.goto(`${ORIGIN}${place}`);
    await hand.press(page.locator("summary", { hasText: "Geef de inwoner toegang" }));
    await hand.press(page.locator("form[action$='/doen/toegang'] button[type=submit]"));
    const done = await page.locator("[role=status].db-alert").innerText();
    [given] = done.match(CODE);
    // It is shown once: no link leads away from it in silence.
    assert.equal(await page.locator(".db-language").count(), 0);
  });
  return given;
}

async function enter(page, hand, given) {
  await page.goto(`${ORIGIN}/mijn-zaak`);
  await hand.write(page.getByLabel("Uw code"), given);
  await hand.press(page.getByRole("button", { name: "Bekijk mijn zaak" }));
}

async function citizen(browser, options, hands) {
  const given = await code(browser, options, hands);
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await enter(page, hand, given);
    await page.locator("#waar").waitFor();
    const main = page.locator("main");
    assert.match(await main.innerText(), /Gemeente Utrecht/);
    // Who looked is told per visit; behind it stands each look by itself.
    const looked = page.locator("section[aria-labelledby=gekeken]");
    await hand.press(looked.locator("summary", { hasText: "Elke keer apart" }).first());
    assert.match(await looked.locator("ol").first().innerText(), /uur, /);
    assert.deepEqual(await findings(page), []);
    await hand.press(page.locator("summary", { hasText: "Ik wil niet dat mijn gegevens worden gedeeld" }));
    const form = page.locator("form[action$='/doen/bezwaar']");
    await hand.write(form.locator("textarea"), "Ik wil eerst weten wie dit leest.");
    await hand.press(form.locator("button[type=submit]"));
    await page.waitForURL(/gedaan=bezwaar/);
    assert.match(await main.innerText(), /Uw bezwaar is ontvangen/);
    // Where nothing is for a citizen, the way leads back.
    await page.goto(`${ORIGIN}/mijn-zaak/case_onbekend`);
    await hand.press(page.getByRole("link", { name: "Naar mijn zaak" }));
    await page.waitForURL(/\/mijn-zaak$/);
  });
  await inContext(browser, options, async (page) => {
    await enter(page, hands(page), given);
    await page.locator("[role=alert]").waitFor();
  });
}

export const CITIZENS = everyWay("a citizen comes in by a code, once, and sees the own case", citizen);
