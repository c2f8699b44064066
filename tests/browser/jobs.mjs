// Each role's main job, from end to end.
import assert from "node:assert/strict";
import { ORIGIN, findings, inContext, login, newest } from "./browser.mjs";
import { Keyboard, Mouse } from "./hands.mjs";
import { LEARNING } from "./jobs_analyst.mjs";
import { CASE } from "./jobs_case.mjs";
import { CITIZENS } from "./jobs_citizen.mjs";
import { OFFICES } from "./jobs_offices.mjs";
import { OPERATING } from "./jobs_operator.mjs";
import { SIGNALLING } from "./jobs_signals.mjs";
import { AT_TABLE } from "./jobs_table.mjs";
import { live } from "./story.mjs";

const STORY = "Fenna is net achttien. Haar huur loopt door, maar haar inkomen is gestopt.";
const WISH = "Fenna kan in haar kamer blijven tot zij werk heeft.";

/** Presses Tab until the focus is where it should be; a person gives up after a while, too. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by the keyboard`);
}

async function raised(page) {
  await page.waitForURL(/\/casussen\/case_/);
  assert.match(await page.locator("[role=status].db-alert").innerText(), /ingebracht/);
  assert.match(await page.locator("main").innerText(), /Fenna is net achttien/);
}

/** Elsewhere a case is raised. */
function meanwhile(browser) {
  return inContext(browser, {}, async (page) => {
    await login(page, "noor");
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("#verhaal").fill(STORY);
    await page.locator("#wens").fill(WISH);
    await page.locator("#onderwerp").selectOption("housing");
    await page.getByLabel("18 tot en met 20 jaar").check();
    await page.getByRole("button", { name: "Breng de casus in" }).click();
    await raised(page);
  });
}

/** Waits until the reader's open list counts otherwise than before this happened. */
async function appears(reader, happens) {
  const counts = () => [...document.querySelectorAll("h2 .db-count")].map((one) => one.innerText).join();
  const before = await reader.evaluate(counts);
  await happens();
  await reader.waitForFunction(
    (before) => [...document.querySelectorAll("h2 .db-count")].map((one) => one.innerText).join() !== before,
    before,
  );
}

/** The job that is done with our own style alone too. */
export const PLAIN_JOB = "the same without script";

export const JOBS = {
  "log in as a persona, see what waits, open a case, log out": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      assert.equal(await page.locator("h1").innerText(), "Mijn werk");
      await page.locator(".db-row__link").first().click();
      await page.waitForURL(/\/casussen\//);
      assert.equal(await page.locator("[aria-current=step]").count(), 1);
      assert.match(await page.locator(".db-line").innerText(), /ingebracht/);
      await page.getByRole("button", { name: "Afmelden" }).click();
      await page.waitForURL(`${ORIGIN}/`);
      await page.goto(`${ORIGIN}/werk`);
      assert.match(page.url(), /\/dev\/authorize/);
    }),

  "raise a case by mouse": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.getByRole("link", { name: "Casus inbrengen" }).first().click();
      await page.locator("#verhaal").fill(STORY);
      await page.locator("#wens").fill(WISH);
      await page.locator("#onderwerp").selectOption("housing");
      await page.getByLabel("18 tot en met 20 jaar").check();
      await page.getByRole("button", { name: "Breng de casus in" }).click();
      await raised(page);
    }),

  "raise a case by keyboard alone": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#inhoud");
      await tabTo(page, "nav a[href='/casussen/nieuw']");
      await page.keyboard.press("Enter");
      await page.waitForURL(/nieuw/);
      await tabTo(page, "#verhaal");
      await page.keyboard.type(STORY);
      await tabTo(page, "#wens");
      await page.keyboard.type(WISH);
      await tabTo(page, "#onderwerp");
      await page.keyboard.type("Wonen");
      await tabTo(page, "input[name=leeftijd]");
      await page.keyboard.press("ArrowDown");
      await tabTo(page, "button[value=inbrengen]");
      await page.keyboard.press("Enter");
      await raised(page);
    }),

  "see what there is already while writing, without script": (browser) =>
    inContext(browser, { javaScriptEnabled: false }, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.locator("#verhaal").fill("Haar huurtoeslag stopt.");
      await page.getByRole("button", { name: "Kijk wat er al is" }).click();
      assert.match(await page.locator("main").innerText(), /Huurtoeslag/);
      // What was written still stands there, and nothing was kept.
      assert.equal(await page.locator("#verhaal").inputValue(), "Haar huurtoeslag stopt.");
      assert.equal(page.url(), `${ORIGIN}/casussen/nieuw`);
    }),

  "what somebody else does appears on an open page": (browser) =>
    inContext(browser, {}, async (reader) => {
      await login(reader, "noor");
      await reader.goto(`${ORIGIN}/werk`);
      await appears(reader, () => meanwhile(browser));
      // Whoever stands in the page is not interrupted: a line says that something changed.
      await reader.locator("main a").first().focus();
      await inContext(browser, {}, async (page) => {
        await login(page, "noor");
        await page.goto(`${ORIGIN}/casussen/nieuw`);
        await page.locator("#verhaal").fill(STORY);
        await page.getByRole("button", { name: "Bewaar als concept" }).click();
        await page.waitForURL(/concept=/);
      });
      await reader.locator("#veranderd a").waitFor();
    }),

  "what the reader did stays said when something else changes": (browser) =>
    inContext(browser, {}, async (reader) => {
      await login(reader, "noor");
      await reader.goto(`${ORIGIN}/werk?gedaan=concept-weg`);
      await appears(reader, () => meanwhile(browser));
      assert.deepEqual(await reader.locator("main > .db-alert[role=status]").allInnerTexts(), ["Het concept is weggegooid."]);
    }),

  "raise a case without script, with a draft that survives the browser": async (browser) => {
    await inContext(browser, { javaScriptEnabled: false }, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.locator("#verhaal").fill(STORY);
      await page.getByRole("button", { name: "Bewaar als concept" }).click();
      await page.waitForURL(/concept=/);
    });
    await inContext(browser, { javaScriptEnabled: false }, async (page) => {
      await login(page, "noor");
      await page.getByRole("link", { name: "Ga verder met uw concept" }).first().click();
      assert.match(await page.locator("#verhaal").inputValue(), /Fenna is net achttien/);
      await page.locator("#wens").fill(WISH);
      await page.locator("#onderwerp").selectOption("housing");
      await page.getByLabel("18 tot en met 20 jaar").check();
      await page.getByRole("button", { name: "Breng de casus in" }).click();
      await raised(page);
    });
  },

  "a case from raising to feedback by six people in six browsers, by mouse": (browser) =>
    live(browser, { hand: (page) => new Mouse(page), options: {}, mark: "BELLA-MUIS" }),

  "the same by keyboard alone": (browser) =>
    live(browser, { hand: (page) => new Keyboard(page), options: {}, mark: "BELLA-TOETS" }),

  "the same without script": (browser) => {
    const options = { javaScriptEnabled: false };
    return live(browser, { hand: (page) => new Mouse(page), options, mark: "BELLA-STIL" });
  },

  "a meeting of the table is planned and prepared": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "lotte");
      await page.getByRole("link", { name: "De tafel" }).click();
      await page.locator("summary", { hasText: "Plan een vergadering" }).click();
      await page.getByRole("radio", { name: "Landelijke tafel" }).check();
      await page.getByLabel("Wanneer?").fill(`${new Date().getFullYear() + 1}-02-01T10:00`);
      await page.getByRole("button", { name: "Leg vast" }).click();
      await page.waitForURL(/gedaan=plannen/);
      await page.locator("summary", { hasText: "Nodig een organisatie uit" }).click();
      await page.locator("select[name=wie]").selectOption({ label: "Sociale Verzekeringsbank" });
      await page.getByRole("button", { name: "Leg vast" }).first().click();
      await page.waitForURL(/gedaan=uitnodigen/);
      assert.match(await page.locator("section[aria-labelledby=genodigd]").innerText(), /gevraagd te komen/);
      assert.deepEqual(await findings(page), []);
    }),

  "whether something may be shared is looked up, and why": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}${await newest(page)}/delen`);
      const form = page.locator("form[action$='/doen/delen']");
      await form.locator("select[name=met]").selectOption({ label: "Sociale Verzekeringsbank" });
      await form.getByLabel("Het huishouden helpen").check();
      await form.getByLabel("Belastinggegevens").check();
      await form.locator("button[type=submit]").click();
      assert.match(await page.locator("#uitkomst").innerText(), /Nee/);
      assert.deepEqual(await findings(page), []);
    }),

  ...CASE,
  ...SIGNALLING,
  ...AT_TABLE,
  ...CITIZENS,
  ...OFFICES,
  ...OPERATING,
  ...LEARNING,

  "what is missing is said at its field, and nothing is lost": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.locator("#verhaal").fill(STORY);
      await page.getByRole("button", { name: "Breng de casus in" }).click();
      await page.locator("#wens-fout").waitFor();
      assert.equal(await page.locator("#verhaal").inputValue(), STORY);
      assert.equal(await page.locator("#verhaal-fout").count(), 0);
      await page.locator("a[href='#onderwerp']").click();
      assert.equal(await page.evaluate(() => document.activeElement.id), "onderwerp");
    }),

  "sending a form twice raises one case": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      const token = await page.locator("form[action='/casussen/nieuw'] [name=token]").inputValue();
      const form = { token, verhaal: STORY, wens: WISH, onderwerp: "housing", leeftijd: "18-20", kenmerk: "TWEEMAAL", doe: "inbrengen" };
      const once = await page.request.post(`${ORIGIN}/casussen/nieuw`, { form, maxRedirects: 0 });
      const twice = await page.request.post(`${ORIGIN}/casussen/nieuw`, { form, maxRedirects: 0 });
      assert.equal(once.status(), 303);
      assert.equal(once.headers().location, twice.headers().location);
      const forged = await page.request.post(`${ORIGIN}/casussen/nieuw`, {
        form: { ...form, token: `A${token}` },
        maxRedirects: 0,
      });
      assert.equal(forged.status(), 403);
    }),

  "a liaison reads what is asked, in English": (browser) =>
    inContext(browser, { locale: "en-GB" }, async (page) => {
      await login(page, "sem");
      await page.getByRole("link", { name: "Asked of us" }).first().click();
      assert.equal(await page.locator("h1").innerText(), "Asked of us");
      await page.getByRole("link", { name: "Nederlands" }).click();
      await page.waitForURL(/\/vragen/);
      assert.equal(await page.locator("h1").innerText(), "Vragen aan ons");
      assert.equal(await page.locator("html").getAttribute("lang"), "nl");
    }),

  "a page that is not there says what to do": (browser) =>
    inContext(browser, {}, async (page) => {
      const response = await page.goto(`${ORIGIN}/bestaat-niet`);
      assert.equal(response.status(), 404);
      assert.equal(await page.locator("h1").innerText(), "Deze pagina is er niet");
      assert.match(response.headers()["content-security-policy"], /^default-src 'none'/);
    }),
};
