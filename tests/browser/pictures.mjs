// Pictures of the main screens, for docs/screens. Usage: DOORBRAAK_URL=… node pictures.mjs FOLDER
import { mkdirSync } from "node:fs";
import { ORIGIN, launch, login, visitor } from "./browser.mjs";

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
  await page.locator(".db-row__link[href^='/casussen/']").first().click();
  await page.waitForURL(/\/casussen\//);
};
await picture("front", null, {}, goTo("/"));
await picture("personas", null, {}, goTo("/aanmelden"));
await picture("case", "noor", { viewport: { width: 1120, height: 1400 } }, openCase);
await picture("case-dark", "dirk", { colorScheme: "dark" }, openCase);
await picture("desk", "dirk", {}, goTo("/loket"));
await picture("higher", "noor", { whole: true }, async (page) => {
  await page.goto(`${ORIGIN}/casussen/nieuw`);
  await page.locator("#verhaal").fill("Iemand staat straks op straat.");
  await page.locator("#wens").fill("Een kamer.");
  await page.locator("#onderwerp").selectOption("housing");
  await page.locator("input[name=leeftijd]").first().check();
  await page.locator("button[value=inbrengen]").click();
  await page.waitForURL(/case_/);
  await page.goto(`${page.url().split("?")[0]}/hoger`);
});
await picture("sharing", "noor", { viewport: { width: 1120, height: 1000 } }, async (page) => {
  await openCase(page);
  await page.locator("a[href$='/delen']").click();
});
await picture("citizen-door", null, {}, goTo("/mijn-zaak"));
await picture("raise", "noor", { whole: true }, goTo("/casussen/nieuw"));
await picture("work", "noor", {}, goTo("/werk"));
await browser.close();
