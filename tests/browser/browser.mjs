// A browser, somebody who is logged in, and axe.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

/** Where the demo listens. */
export const ORIGIN = process.env.DOORBRAAK_URL ?? "http://127.0.0.1:8080";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Debian's Chromium, which looks for nothing outside. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Pages on which no script runs: axe, which is one, looks at them elsewhere. */
const still = new WeakSet();

/** A browser context of its own, in which nothing may come from elsewhere and nothing may be blocked. */
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({
    locale: "nl-NL",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (options.javaScriptEnabled === false) still.add(page);
  const complaints = [];
  page.on("console", (message) => {
    const text = message.text();
    // Chromium reports every answer of 400 and more; those are looked at where they are expected.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) complaints.push(text);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(ORIGIN)) complaints.push(`asks elsewhere: ${request.url()}`);
  });
  return { page, context, complaints };
}

/** Does a job in a browser context of its own, about which nothing was to complain. */
export async function inContext(browser, options, job) {
  const { page, context, complaints } = await visitor(browser, options);
  try {
    await job(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Logs in as one of the personas, by the page that offers them. */
export async function login(page, persona) {
  await page.goto(`${ORIGIN}/aanmelden`);
  await page.locator(`button[value="${persona}"]`).click();
  // Everybody comes in on the page of the own role, by way of the front page.
  await page.waitForURL((url) => !["/", "/aanmelden", "/aanmelden/terug"].includes(url.pathname) && !url.pathname.startsWith("/dev/"));
}

/** Raises a case of which nothing is asked yet, as whoever is logged in; its page is open then. */
export async function raise(page) {
  await page.goto(`${ORIGIN}/casussen/nieuw`);
  await page.locator("#verhaal").fill("Iemand staat straks op straat.");
  await page.locator("#wens").fill("Een kamer.");
  await page.locator("#onderwerp").selectOption("housing");
  await page.locator("input[name=leeftijd]").first().check();
  await page.locator("button[value=inbrengen]").click();
  await page.waitForURL(/case_/);
  return new URL(page.url()).pathname;
}

/** The place of the case on Mijn werk that has waited least. */
export async function newest(page) {
  const place = await page.locator(".db-row__link[href^='/casussen/case_']").last().getAttribute("href");
  return place;
}

/** What axe finds on the page as it stands, in words; nothing when all is well. */
export async function findings(page) {
  if (still.has(page)) return [];
  // Our pages have no frames, so that axe needs no second page to put together what it found.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(RULES).analyze();
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`),
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return wide ? [...found, "the page is wider than the window"] : found;
}
