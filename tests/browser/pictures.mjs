// Pictures of the main screens, for docs/screens. Usage: DOORBRAAK_URL=… node pictures.mjs FOLDER
import { mkdirSync } from "node:fs";
import { ORIGIN, launch, login, raise, visitor } from "./browser.mjs";

const folder = process.argv[2] ?? "docs/screens";
mkdirSync(folder, { recursive: true });
const browser = await launch();

async function picture(name, who, options, way) {
  const { page, context } = await visitor(browser, { viewport: { width: 1120, height: 760 }, ...options });
  if (who) await login(page, who);
  await way(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: options.whole ?? false });
  await context.close();
  console.log(`${folder}/${name}.png`);
}

const goTo = (path) => (page) => page.goto(`${ORIGIN}${path}`);
const openCase = async (page) => {
  await page.goto(`${ORIGIN}/werk`);
  await page.locator(".db-row__link[href^='/casussen/']").first().click();
  await page.waitForURL(/\/casussen\//);
};
await picture("front", null, {}, goTo("/"));
await picture("personas", null, {}, goTo("/aanmelden"));
await picture("case", "noor", { viewport: { width: 1120, height: 1400 } }, openCase);
await picture("case-dark", "dirk", { colorScheme: "dark" }, openCase);
await picture("desk", "dirk", {}, goTo("/loket"));
await picture("higher", "noor", { whole: true }, async (page) => {
  await raise(page);
  await page.goto(`${page.url().split("?")[0]}/hoger`);
});
await picture("sharing", "noor", { viewport: { width: 1120, height: 1000 } }, async (page) => {
  await openCase(page);
  await page.locator("a[href$='/delen']").click();
});
await picture("asked", "sem", {}, goTo("/vragen"));
await picture("table", "lotte", { whole: true }, async (page) => {
  await page.goto(`${ORIGIN}/tafel`);
  await page.locator("summary", { hasText: "Plan een vergadering" }).click();
  await page.getByRole("radio", { name: "Landelijke tafel" }).check();
  await page.getByLabel("Wanneer?").fill(`${new Date().getFullYear() + 1}-02-01T10:00`);
  await page.locator("form[action$='/doen/plannen'] button[type=submit]").click();
  await page.waitForURL(/gedaan=plannen/);
});
await picture("signal", "noor", { whole: true }, async (page) => {
  await page.goto(`${ORIGIN}/signalen/nieuw`);
  await page.locator("textarea").first().fill("Twee regels sluiten elkaar uit, en niemand mag de uitzondering maken.");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/signalen\/[^n]/);
});
await picture("board", "ine", {}, goTo("/bestuur"));
await picture("insight", "hanna", {}, goTo("/inzicht"));
await picture("privacy", "fatma", {}, goTo("/privacy"));
await picture("operation", "olga", {}, goTo("/beheer"));
let code;
await picture("citizen-code", "noor", {}, async (page) => {
  await openCase(page);
  await page.locator("summary", { hasText: "Geef de inwoner toegang" }).click();
  await page.locator("form[action$='/doen/toegang'] button[type=submit]").click();
  [code] = (await page.locator("[role=status].db-alert").innerText()).match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/);
});
await picture("citizen", null, { whole: true }, async (page) => {
  await page.goto(`${ORIGIN}/mijn-zaak`);
  await page.getByLabel("Uw code").fill(code);
  await page.getByRole("button", { name: "Bekijk mijn zaak" }).click();
  await page.locator("#waar").waitFor();
});
await picture("citizen-door", null, {}, goTo("/mijn-zaak"));
await picture("raise", "noor", { whole: true }, goTo("/casussen/nieuw"));
await picture("work", "noor", {}, goTo("/werk"));
await browser.close();
