// The ring `browser`: the jobs, and axe on every screen. Usage: DOORBRAAK_URL=… node run.mjs
import { ORIGIN, findings, launch, login, visitor } from "./browser.mjs";
import { JOBS } from "./jobs.mjs";

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
  ["raise a case", "noor", "/casussen/nieuw"],
  ["raise a case, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("button[value=inbrengen]").click();
    await page.locator("#verhaal-fout").waitFor();
  }],
  ["asked of us", "sem", "/vragen"],
  ["asked of us, empty", "mina", "/vragen"],
];
const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 px", { viewport: { width: 320, height: 640 } }],
  ["200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ["high contrast", { forcedColors: "active" }],
  ["English", { locale: "en-GB" }],
];

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
for (const [name, job] of Object.entries(JOBS)) {
  report(name, await job(browser).then(() => [], (error) => [String(error.message ?? error)]));
}
for (const [look, options] of LOOKS) {
  const people = new Map();
  for (const [name, who, way] of SCREENS) {
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
