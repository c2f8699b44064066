// The desk and the table: a request that is returned, and a meeting from opening to minutes.
import assert from "node:assert/strict";
import { ORIGIN, findings } from "./browser.mjs";
import { Keyboard, Mouse } from "./hands.mjs";
import { ask, raise, toTable, together } from "./story.mjs";

const WHO = ["Landelijke Escalatietafel", "Belastingdienst", "Gemeente Utrecht"];

/** What axe finds on a page of somebody with script: it is a script itself. */
async function looked({ page, scripted }) {
  if (scripted) assert.deepEqual(await findings(page), []);
}

/** The desk returns a request with what is missing; the mistake on the way is said on the desk. */
async function returned({ noor, dirk }, mark) {
  await raise(noor, mark);
  await ask(noor, mark);
  const { page, hand } = dirk;
  await page.goto(`${ORIGIN}/loket`);
  const request = page.locator("section", { hasText: mark });
  let form = await dirk.unfold("Geef terug met wat mist", request);
  await hand.press(form.getByRole("button", { name: "Leg vast" }));
  await page.locator("[role=alert]").first().waitFor();
  assert.equal(await page.locator("h1").innerText(), "Aanvragen voor toelating");
  await looked(dirk);
  form = page.locator("section", { hasText: mark }).locator("form[action$='/doen/teruggeven']");
  await hand.tick(form.locator("input[type=checkbox]").first());
  await hand.write(form.locator("textarea"), `Wie steunt dit? (${mark})`);
  await hand.press(form.getByRole("button", { name: "Leg vast" }));
  await page.waitForURL(/\/loket\?gedaan=teruggeven/);
  assert.equal(await page.locator("section", { hasText: mark }).count(), 0);
  await noor.page.reload();
  const answer = noor.page.locator("section[aria-labelledby=antwoord]");
  assert.match(await answer.innerText(), new RegExp(`Wie steunt dit\\? \\(${mark}\\)`));
}

/** Does a deed of the meeting, or of a case on its agenda. */
async function does(person, title, fill = async () => {}) {
  const form = await person.unfold(title);
  await fill(form);
  return person.send(form);
}

/** A meeting about one case, from opening to minutes, after which the case knows. */
async function held({ noor, dirk, lotte, lena, bas }, mark) {
  await raise(noor, mark);
  await ask(noor, mark);
  const waiting = await toTable({ noor, dirk, lotte }, mark);
  const { page, hand } = lena;
  await page.goto(`${ORIGIN}/tafel`);
  const year = new Date().getFullYear() + 1;
  await does(lena, "Plan een vergadering", async (form) => {
    await hand.tick(form.getByLabel("Landelijke tafel"));
    await hand.moment(form.locator("[name=wanneer]"), `${year}-02-01T10:00`);
  });
  // Who has waited least stands last.
  await hand.press(page.locator("section[aria-labelledby=wachten] button").last());
  await page.waitForURL(/gedaan=agenderen/);
  for (const who of WHO) {
    await does(lena, "Nodig een organisatie uit", (form) => hand.pick(form.locator("[name=wie]"), who));
  }
  await hand.press(page.getByRole("link", { name: "Stukken voor deze bijeenkomst" }));
  await page.waitForURL(/stukken/);
  assert.match(await page.locator("main").innerText(), new RegExp(mark));
  await looked(lena);
  await page.goto(page.url().replace("/stukken", ""));
  await does(lena, "Open de vergadering", async (form) => {
    for (const who of WHO) await hand.tick(form.getByLabel(who));
  });
  await does(lena, "Leg vast wat botst", (form) => hand.write(form.locator("textarea"), `Twee wetten. (${mark})`));
  await does(lena, "Vraag een organisatie om een toezegging", async (form) => {
    await hand.pick(form.locator("[name=aan]"), "Belastingdienst");
    await hand.pick(form.locator("[name=onderwerp]"), "Gezinsinkomen");
    await hand.write(form.locator("textarea"), "Volgt het budget?");
  });
  await bas.page.goto(page.url().split("?")[0]);
  await does(bas, "Zeg dit niet toe", (form) => bas.hand.write(form.locator("textarea"), "Dat kan de wet niet."));
  await page.reload();
  await does(lena, "Leg het besluit vast", async (form) => {
    await hand.write(form.locator("textarea"), `De gemeente betaalt vooruit. (${mark})`);
    await hand.tick(form.getByLabel("Afwijken van een beleidsregel"));
    await hand.tick(form.getByLabel("Rechtvaardigheid"));
  });
  await hand.press(page.getByRole("button", { name: "Er is geen obstakel" }));
  await page.waitForURL(/gedaan=geen-obstakel/);
  await looked(lena);
  await does(lena, "Stel de notulen vast");
  assert.match(await page.locator("main").innerText(), /Notulen vastgesteld/);
  // The case hears of it by itself.
  await noor.page.goto(`${ORIGIN}/casussen/${waiting}`);
  const said = noor.page.locator("section[aria-labelledby=besloten]", { hasText: mark });
  for (let looks = 0; looks < 20 && (await said.count()) === 0; looks += 1) {
    await noor.page.waitForTimeout(500);
    await noor.page.reload();
  }
  assert.match(await said.innerText(), /De gemeente betaalt vooruit/);
}

const mouse = (page) => new Mouse(page);
const keyboard = (page) => new Keyboard(page);
const silent = { javaScriptEnabled: false };

export const AT_TABLE = {
  "the desk returns a request with what is missing, by mouse": (browser) =>
    together(browser, { hand: mouse, options: {} }, (people) => returned(people, "TERUG-MUIS")),
  "the same return by keyboard alone": (browser) =>
    together(browser, { hand: keyboard, options: {} }, (people) => returned(people, "TERUG-TOETS")),
  "the same return without script": (browser) =>
    together(browser, { hand: mouse, options: silent }, (people) => returned(people, "TERUG-STIL")),
  "a meeting is held from opening to minutes, by mouse": (browser) =>
    together(browser, { hand: mouse, options: {} }, (people) => held(people, "TAFEL-MUIS")),
  "the same meeting by keyboard alone": (browser) =>
    together(browser, { hand: keyboard, options: {} }, (people) => held(people, "TAFEL-TOETS")),
  "the same meeting without script": (browser) =>
    together(browser, { hand: mouse, options: silent }, (people) => held(people, "TAFEL-STIL")),
};
