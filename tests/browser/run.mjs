// The ring `browser`: the jobs, and axe on every screen. Usage: DOORBRAAK_URL=… node run.mjs [plain]
// With our own style alone (plain) one story is lived and every screen is looked at in one look.
import { ORIGIN, findings, launch, login, visitor } from "./browser.mjs";
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
    await page.goto(`${ORIGIN}${await climbable(page)}`);
  }],
  ["a rung higher, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}${await climbable(page)}`);
    await page.locator("form[action$='/hoger'] button[type=submit]").click();
    await page.locator("[role=alert]").waitFor();
  }],
  ["requests for admission", "dirk", "/loket"],
  ["requests for admission, empty", "jelle", "/loket"],
  ["the table", "lena", "/tafel"],
  ["a meeting", "lotte", async (page) => {
    await page.goto(`${ORIGIN}/tafel`);
    const meeting = page.locator("a[href^='/tafel/']").first();
    if ((await meeting.count()) === 0) return;
    await meeting.click();
    await page.waitForURL(/tafel\//);
  }],
  ["who sees what, and why", "noor", async (page) => {
    await page.goto(`${ORIGIN}/werk`);
    await page.locator(".db-row__link[href^='/casussen/case_']").first().click();
    await page.locator("a[href$='/delen']").click();
    await page.waitForURL(/delen/);
  }],
  ["my case, the way in", null, "/mijn-zaak"],
  ["raise a case", "noor", "/casussen/nieuw"],
  ["raise a case, wrong", "noor", async (page) => {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("button[value=inbrengen]").click();
    await page.locator("#verhaal-fout").waitFor();
  }],
  ["asked of us", "sem", "/vragen"],
  ["asked of us, empty", "mina", "/vragen"],
];
let raised;

/** The place where a case that nobody asked anything of yet asks for a rung higher. */
async function climbable(page) {
  if (!raised) {
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await page.locator("#verhaal").fill("Iemand staat straks op straat.");
    await page.locator("#wens").fill("Een kamer.");
    await page.locator("#onderwerp").selectOption("housing");
    await page.locator("input[name=leeftijd]").first().check();
    await page.locator("button[value=inbrengen]").click();
    await page.waitForURL(/case_/);
    raised = `${new URL(page.url()).pathname}/hoger`;
  }
  return raised;
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
const jobs = Object.entries(JOBS).filter(([name]) => !plain || name === PLAIN_JOB);
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
