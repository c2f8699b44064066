// axe on every sample page: the states that a story does not come to. Usage: node samples.mjs FOLDER
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, extname, join } from "node:path";
import { findings, launch } from "./browser.mjs";

const folder = process.argv[2];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml" };
const server = createServer(async (request, answer) => {
  const name = basename(new URL(request.url, "http://localhost").pathname);
  const place = extname(name) === ".html" ? folder : join(folder, "assets");
  const text = await readFile(join(place, name)).catch(() => null);
  answer.writeHead(text ? 200 : 404, { "Content-Type": TYPES[extname(name)] ?? "text/plain" }).end(text ?? "");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const LOOKS = [
  ["light", {}, ["nl", "en"]],
  ["dark", { colorScheme: "dark" }, ["nl"]],
  ["320 px", { viewport: { width: 320, height: 640 } }, ["nl", "en"]],
  ["200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, ["nl"]],
  ["high contrast", { forcedColors: "active" }, ["nl"]],
];
/** How many samples are looked at at once. */
const AT_ONCE = Math.min(4, availableParallelism());

const names = (await readdir(folder)).filter((name) => name.endsWith(".html")).sort();
const browser = await launch();
let passed = 0;
let failed = 0;
/** Takes sample after sample in one look, as long as there are any. */
async function look(name, options, samples) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (let sample = samples.pop(); sample; sample = samples.pop()) {
    await page.goto(`${origin}/${sample}`);
    const wrong = await findings(page).catch((error) => [String(error.message ?? error)]);
    if (wrong.length === 0) passed += 1;
    else {
      failed += 1;
      console.log(`   FAILED  axe: sample ${sample}, ${name}\n           ${wrong.join("\n           ")}`);
    }
  }
  await context.close();
}

for (const [name, options, languages] of LOOKS) {
  const samples = names.filter((name) => languages.includes(name.split(".").at(-2)));
  await Promise.all(Array.from({ length: AT_ONCE }, () => look(name, options, samples)));
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
