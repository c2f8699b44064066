// A browser, somebody who is logged in, and axe.
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

/** A browser context of its own, in which nothing may come from elsewhere and nothing may be blocked. */
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({
    locale: "nl-NL",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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

/** Logs in as one of the personas, by the page that offers them. */
export async function login(page, persona) {
  await page.goto(`${ORIGIN}/aanmelden`);
  await page.locator(`button[value="${persona}"]`).click();
  await page.waitForURL(`${ORIGIN}/werk`);
}

/** What axe finds on the page as it stands, in words; nothing when all is well. */
export async function findings(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`),
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return wide ? [...found, "the page is wider than the window"] : found;
}
