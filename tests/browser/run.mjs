// The ring `browser`: the jobs, and axe on every screen. Usage: DOORBRAAK_URL=… node run.mjs [npm|plain] [WORDS]
// With words only what has them in its name is done. The demo is begun as ring.sh begins it, anew each time:
// `demo --fresh --cases 40 --door de-friesland=feed`.
// With our own style alone (plain) one story is lived and every screen is looked at in one look.
import assert from "node:assert/strict";
import { ORIGIN, findings, launch, login, raise, visitor } from "./browser.mjs";
import { JOBS, PLAIN_JOB } from "./jobs.mjs";

/** Every screen, who sees it, and how it comes into the state that is looked at. */
export const SCREENS = [
  ["front page", null, "/"],
  ["glossary", null, "/woorden"],
  ["accessibility", null, "/toegankelijkheid"],
  ["page not found", null, "/bestaat-niet"],
  ["personas", null, "/aanmelden"],
  ["my work", "noor", "/werk"],
  ["my work, empty", "jelle", "/werk"],
  ["case", "noor", async (page) => {
    await page.goto(`${ORIGIN}/werk`);
    await page.locator(".db-row__link[href^='/casussen/case_']").first().click();
    await page.waitForURL(/case_/);
  }],
  ["case at the national desk", "dirk", async (page) => {
    await page.goto(`${ORIGIN}/werk`);
    await page.locator(".db-row__link").first().click();
    await page.waitForURL(/\/casussen\//);
  }],
  ["case, what can be done unfolded", "noor", async (page) => {
    await page.goto(`${ORIGIN}/werk`);
    await page.locator(".db-row__link[href^='/casussen/case_']").last().click();
    await page.waitForURL(/case_/);
    for (const summary of await page.locator(".db-deeds summary").all()) await summary.press("Enter");
  }],
  ["a rung higher", "noor", async (page) => {
    await page.goto(`${ORIGIN}${await fresh(page)}/hoger`);
  }],
  ["a rung higher, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}${await fresh(page)}/hoger`);
    await page.locator("form[action$='/hoger'] button[type=submit]").click();
    await page.locator("[role=alert]").waitFor();
  }],
  ["requests for admission", "dirk", "/loket"],
  ["requests for admission, empty", "jelle", "/loket"],
  ["the table", "lena", "/tafel"],
  ["a meeting", "lotte", async (page) => {
    await page.goto(`${ORIGIN}${await meeting(page)}`);
  }],
  ["papers for a meeting", "lotte", async (page) => {
    await page.goto(`${ORIGIN}${await meeting(page)}/stukken`);
    assert.equal(await page.locator("h1").innerText().then((text) => text.includes("Stukken") || text.includes("Papers")), true);
  }],
  ["who sees what, and why", "noor", async (page) => {
    await page.goto(`${ORIGIN}/werk`);
    await page.locator(".db-row__link[href^='/casussen/case_']").first().click();
    await page.locator("a[href$='/delen']").click();
    await page.waitForURL(/delen/);
  }],
  ["privacy, what waits", "fatma", "/privacy"],
  ["privacy, a form unfolded", "fatma", async (page) => {
    await page.goto(`${ORIGIN}/privacy`);
    for (const summary of await page.locator("main summary").all()) await summary.press("Enter");
  }],
  ["privacy, a form that is wrong", "fatma", async (page) => {
    await page.goto(`${ORIGIN}/privacy`);
    await page.locator("summary", { hasText: /Leg een verzoek om inzage vast|Record a request to see data/ }).press("Enter");
    await page.locator("form[action$='/doen/inzage-vastleggen'] button[type=submit]").click();
    await page.locator("[role=alert]").waitFor();
  }],
  ["privacy, what was shared", "fatma", "/privacy/gedeeld"],
  ["privacy, keeping and erasing", "fatma", "/privacy/bewaren"],
  ["privacy, the logs", "fatma", "/privacy/logboek"],
  ["running the platform", "olga", "/beheer"],
  ["running the platform, all unfolded", "olga", async (page) => {
    await page.goto(`${ORIGIN}/beheer`);
    for (const summary of await page.locator("main summary").all()) await summary.press("Enter");
  }],
  ["my case, the way in", null, "/mijn-zaak"],
  ["search", "noor", "/zoeken"],
  ["search, found", "noor", async (page) => {
    await page.goto(`${ORIGIN}/zoeken`);
    await page.locator("#q").fill("toeslagen uitkering");
    await page.locator("form[role=search] button[type=submit]").click();
    await page.locator("#gevonden").waitFor();
  }],
  ["search, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}/zoeken`);
    await page.locator("form[role=search] button[type=submit]").click();
    await page.locator("#q-fout").waitFor();
  }],
  ["raise a case", "noor", "/casussen/nieuw"],
  ["raise a case, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("button[value=inbrengen]").click();
    await page.locator("#verhaal-fout").waitFor();
  }],
  ["raise a case, what there is already", "noor", async (page) => {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("#verhaal").fill("Haar huurtoeslag stopt en zij heeft schulden.");
    await page.locator("button[value=kijken]").click();
    await page.locator("#vergelijkbaar").waitFor();
  }],
  ["raise a case, a draft", "noor", async (page) => {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("#verhaal").fill("Zij staat straks op straat.");
    await page.locator("button[value=bewaren]").click();
    await page.waitForURL(/concept=/);
    await page.locator("#weggooien summary").press("Enter");
  }],
  ["raise a case, by somebody who cannot", "lena", "/casussen/nieuw"],
  ["raise a signal, by somebody who cannot", "hanna", "/signalen/nieuw"],
  ["what was not sent, for nobody is logged in", null, async (page) => {
    await page.goto(`${ORIGIN}/woorden`);
    await page.evaluate(() => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: "/casussen/nieuw" });
      form.append(Object.assign(document.createElement("textarea"), { name: "verhaal", value: "Zij staat straks op straat." }));
      document.body.append(form);
      form.submit();
    });
    await page.locator("#tekst-1").waitFor();
  }],
  ["asked of us", "sem", "/vragen"],
  ["asked of us, all unfolded", "sem", async (page) => {
    await page.goto(`${ORIGIN}/vragen`);
    for (const summary of await page.locator("main summary").all()) await summary.press("Enter");
  }],
  ["asked of us, empty", "mina", "/vragen"],
  ["away", "sem", "/afwezig"],
  ["signals", "anna", "/signalen"],
  ["a signal", "anna", async (page) => {
    await page.goto(`${ORIGIN}/signalen`);
    const signal = page.locator(".db-row__link[href^='/signalen/']").first();
    if ((await signal.count()) === 0) await raiseSignal(page);
    await page.goto(`${ORIGIN}/signalen`);
    assert.notEqual(await signal.count(), 0, "there is no signal to look at");
    await signal.click();
    await page.waitForURL(/signalen\/./);
  }],
  ["raise a signal", "noor", "/signalen/nieuw"],
  ["raise a signal, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}/signalen/nieuw`);
    await page.locator("form[action='/signalen/nieuw'] button[type=submit]").click();
    await page.locator("#signaleren-tekst-fout").waitFor();
  }],
  ["board", "bas", "/bestuur"],
  ["board, empty", "wiebe", "/bestuur"],
  ["weighing", "noor", async (page) => {
    await page.goto(`${ORIGIN}${await fresh(page)}/wegen?methode=perspective_circle`);
  }],
  ["insight", "hanna", "/inzicht"],
];
let raised;

/** The place of a case of which nothing is asked yet. */
async function fresh(page) {
  raised ??= await raise(page);
  return raised;
}

/** The place of a meeting that is planned; plans one when there is none. */
async function meeting(page) {
  const found = page.locator("a[href^='/tafel/']").first();
  await page.goto(`${ORIGIN}/tafel`);
  if ((await found.count()) === 0) {
    await page.locator("details:has(form[action$='/doen/plannen']) summary").click();
    await page.locator("input[name=trede]").last().check();
    await page.locator("[name=wanneer]").fill(`${new Date().getFullYear() + 1}-05-01T10:00`);
    await page.locator("form[action$='/doen/plannen'] button[type=submit]").click();
    await page.waitForURL(/gedaan=plannen/);
    await page.goto(`${ORIGIN}/tafel`);
  }
  assert.notEqual(await found.count(), 0, "there is no meeting to look at");
  return found.getAttribute("href");
}

/** A signal, when nobody raised one yet. */
async function raiseSignal(page) {
  await page.goto(`${ORIGIN}/signalen/nieuw`);
  await page.locator("[name=tekst]").fill("Aanvragen voor jongeren liggen te lang.");
  await page.locator("form[action='/signalen/nieuw'] button[type=submit]").click();
  await page.waitForURL(/gedaan=signaleren/);
}

const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 px", { viewport: { width: 320, height: 640 } }],
  ["200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ["high contrast", { forcedColors: "active" }],
  ["English", { locale: "en-GB" }],
];

const plain = process.argv[2] === "plain";
const words = process.argv[3] ?? "";
const jobs = Object.entries(JOBS).filter(([name]) => (!plain || name === PLAIN_JOB) && name.includes(words));
const looks = LOOKS.filter(([look]) => !plain || look === "320 px");

let passed = 0;
let failed = 0;
function report(name, wrong) {
  if (wrong.length === 0) {
    passed += 1;
    console.log(`   ok      ${name}`);
  } else {
    failed += 1;
    console.log(`   FAILED  ${name}\n           ${wrong.join("\n           ")}`);
  }
}

const browser = await launch();
for (const [name, job] of jobs) {
  report(name, await job(browser).then(() => [], (error) => [String(error.message ?? error)]));
}
for (const [look, options] of looks) {
  const people = new Map();
  for (const [name, who, way] of SCREENS.filter(([name]) => name.includes(words))) {
    if (!people.has(who)) {
      const one = await visitor(browser, options);
      if (who) await login(one.page, who);
      people.set(who, one);
    }
    const { page } = people.get(who);
    const looked = (async () => {
      await (typeof way === "string" ? page.goto(`${ORIGIN}${way}`) : way(page));
      return findings(page);
    })();
    report(`axe: ${name}, ${look}`, await looked.catch((error) => [String(error.message ?? error)]));
  }
  for (const { context } of people.values()) await context.close();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
